import { afterEach, beforeEach, expect, test } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import { keepOriginal, keepProcessed } from '../../src/lib/data/photos';
import { listPhotosToUpload, listUnsentPhotos } from '../../src/lib/data/photo-queue';
import { offerPhotoAgain } from '../../src/lib/data/send-again';
import type { PhotoId, RecordId } from '../../src/lib/domain/ids';
import { uploadPhotos } from '../../src/lib/sync/upload-photos';
import { gridOne, hire, openOffice } from '../support/office';
import { openTablet } from '../support/tablet';

const length = 12;

let office: Awaited<ReturnType<typeof openOffice>>;
let li: Awaited<ReturnType<typeof openTablet>>;
let nowMs = Date.parse('2026-11-20T01:00:00.000Z');

beforeEach(async () => {
  office = await openOffice();
  const person = await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]);
  li = await openTablet(office.store, person, () => nowMs);
});
afterEach(() => office.close());

/** So many processed pictures of a form, and how to save it. */
async function takePictures(count: number): Promise<{ ids: PhotoId[]; save: () => Promise<unknown> }> {
  const recordId = uuidV7() as RecordId;
  const ids = Array.from({ length: count }, () => uuidV7() as PhotoId);
  for (const id of ids) {
    const photo = { id, recordId, stage: 'before', source: 'camera', mime: 'image/jpeg' } as const;
    await keepOriginal(li.database, photo, new ArrayBuffer(length));
    const facts = { mime: 'image/jpeg', sha256: 'a'.repeat(64), previewable: true };
    await keepProcessed(li.database, id, { bytes: new ArrayBuffer(length), ...facts });
  }
  return { ids, save: () => li.save({ id: recordId, photoIds: ids }, gridOne) };
}

/** So many processed pictures of one record, whose declarations the office has. */
async function declarePictures(count: number): Promise<PhotoId[]> {
  const { ids, save } = await takePictures(count);
  await save();
  await li.sync();
  return ids;
}

interface Asked {
  method: string;
  id: PhotoId;
  sent: number;
  closes: boolean;
  /** Other bytes are on their way. */
  isSecond: boolean;
}

/** An office that keeps what arrives; `cutAfter` says how many bytes of a body come through, undefined for all. */
function openDoor(tookMs: number, cutAfter: (asked: Asked) => number | undefined = () => undefined) {
  const reached = new Map<PhotoId, number>();
  const log: Asked[] = [];
  let sending = 0;
  li.context.transport.raw = async (method, path, headers, body) => {
    const named = headers['upload-metadata'];
    const id = (named ? atob(named.slice(3)) : path.split('/').at(-1)!) as PhotoId;
    const closes = headers['x-xunge-connection'] === 'close';
    const asked = { method, id, sent: body?.size ?? 0, closes, isSecond: sending > 0 };
    log.push(asked);
    const through = cutAfter(asked);
    if (body) sending++;
    await new Promise((resolve) => setTimeout(resolve));
    if (body) sending--;
    nowMs += tookMs;
    const offset = Math.min(length, (reached.get(id) ?? 0) + (through ?? asked.sent));
    reached.set(id, offset);
    if (through !== undefined) return null;
    const status = method === 'POST' ? 201 : method === 'PATCH' ? 204 : 200;
    return new Response(null, { status, headers: { 'upload-offset': String(offset) } });
  };
  return { log, reached };
}

const unsentIds = async () => (await listUnsentPhotos(li.database)).map(({ id }) => id);

test('where the link has carried one at once, the others travel with their creation', async () => {
  await declarePictures(6);
  const { log } = openDoor(1);
  expect(await uploadPhotos(li.context)).toBe('done');
  expect(await unsentIds()).toEqual([]);
  const whole = log.filter(({ method, sent }) => method === 'POST' && sent === length);
  expect(whole.length).toBeGreaterThanOrEqual(2);
  expect(whole.every(({ closes }) => !closes)).toBe(true);
  expect(log.filter(({ id }) => id === whole.at(-1)!.id)).toHaveLength(1);
});

test('on a slow link every request asks for a connection of its own, and creations carry nothing', async () => {
  await declarePictures(3);
  const { log } = openDoor(20_000);
  expect(await uploadPhotos(li.context)).toBe('done');
  expect(log.every(({ closes }) => closes)).toBe(true);
  expect(log.filter(({ method }) => method === 'POST').every(({ sent }) => sent === 0)).toBe(true);
});

test('what was saved meanwhile does not wait for every picture: those under way end, and each run brings some', async () => {
  const ids = await declarePictures(8);
  openDoor(1);
  const lefts: number[] = [];
  for (let left = ids.length; left; left = (await unsentIds()).length) {
    lefts.push(left);
    expect(await uploadPhotos({ ...li.context, isWoken: () => true })).toBe('done');
  }
  expect(lefts.length).toBeGreaterThan(2);
  expect(lefts.every((left, index) => index === 0 || left < lefts[index - 1]!)).toBe(true);
});

test('after a cut the office is asked, and no byte it has is sent again', async () => {
  const [id] = await declarePictures(1);
  const { log } = openDoor(1, ({ method, sent }) => (method === 'PATCH' && sent > 5 ? 5 : undefined));
  expect(await uploadPhotos(li.context)).toBe('done');
  expect(log.map(({ method, sent }) => `${method} ${sent}`)).toEqual([
    'POST 0',
    `PATCH ${length}`,
    'HEAD 0',
    'PATCH 7',
    'HEAD 0',
    'PATCH 2'
  ]);
  expect(log.at(-1)).toMatchObject({ id, closes: true });
});

test('a byte that comes through in the third try is progress', async () => {
  await declarePictures(1);
  let tries = 0;
  openDoor(1, ({ method }) => {
    if (method !== 'PATCH' || ++tries > 6) return undefined;
    return tries % 3 === 0 ? 1 : 0;
  });
  expect(await uploadPhotos(li.context)).toBe('done');
  expect(await unsentIds()).toEqual([]);
});

test('on a link that breaks one sends at a time, and the other asks meanwhile', async () => {
  await declarePictures(2);
  const { log } = openDoor(1, ({ method, isSecond, sent }) =>
    method !== 'PATCH' || (sent <= 2 && !isSecond) ? undefined : isSecond ? 0 : 2
  );
  expect(await uploadPhotos(li.context)).toBe('done');
  expect(await unsentIds()).toEqual([]);
  const failures = (await li.database.photos.toArray()).map((photo) => photo.failures ?? 0);
  expect(failures).toEqual([0, 0]);
  const sends = log.filter(({ method }) => method === 'PATCH').slice(2);
  expect(sends.some(({ isSecond }) => isSecond)).toBe(false);
  expect(sends.slice(1, 6).every(({ id }, index) => id !== sends[index]!.id)).toBe(true);
});

test('a refusal that a HEAD cannot put into words is asked for as a creation', async () => {
  await declarePictures(1);
  const methods: string[] = [];
  li.context.transport.raw = (method) => {
    methods.push(method);
    if (method === 'PATCH') return Promise.resolve(null);
    if (method === 'POST' && methods.length === 1)
      return Promise.resolve(new Response(null, { status: 201, headers: { 'upload-offset': '0' } }));
    const problem = { type: 'urn:x', title: 'x', status: 401, code: 'not-signed-in' };
    const body = method === 'HEAD' ? null : JSON.stringify(problem);
    return Promise.resolve(new Response(body, { status: 401 }));
  };
  expect(await uploadPhotos(li.context)).toBe('signed-out');
  expect(methods).toEqual(['POST', 'PATCH', 'HEAD', 'POST']);
});

test('a picture of a form that is saved in this very moment waits for its declaration', async () => {
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  for (let turns = 0; turns < 60; turns++) {
    const { save } = await takePictures(1);
    const saving = save();
    for (let count = 0; count < turns; count++) await turn();
    expect(await listPhotosToUpload(li.database, nowMs), `after ${turns} turns`).toEqual([]);
    await saving;
  }
});

/** The office says so of the first; the others it takes. */
function refuseOne(first: PhotoId, code: string): () => void {
  openDoor(1);
  const { transport } = li.context;
  const { raw } = transport;
  const refusal = { type: 'about:blank', title: '—', status: 409, code };
  transport.raw = (method, path, headers, body) =>
    headers['upload-metadata'] === `id ${btoa(first)}`
      ? Promise.resolve(Response.json(refusal, { status: 409 }))
      : raw(method, path, headers, body);
  return () => void (transport.raw = raw);
}

test('a picture the office has no declaration of is tried again later, and keeps no other', async () => {
  const [first, second] = await declarePictures(2);
  const relent = refuseOne(first!, 'photo-not-declared');
  expect(await uploadPhotos(li.context)).toBe('done');
  expect(await li.database.photos.get(first!)).toMatchObject({ state: 'ready', failures: 1 });
  expect(await li.database.photos.get(second!)).toMatchObject({ state: 'stored' });
  relent();
  nowMs += 60_000;
  expect(await uploadPhotos(li.context)).toBe('done');
  expect(await li.database.photos.get(first!)).toMatchObject({ state: 'stored' });
});

test('a refused picture keeps no other, and goes once more on the person’s word', async () => {
  const [first, second] = await declarePictures(2);
  const relent = refuseOne(first!, 'photo-length-differs');
  expect(await uploadPhotos(li.context)).toBe('done');
  expect(await li.database.photos.get(first!)).toMatchObject({
    state: 'refused',
    refusal: { code: 'photo-length-differs' }
  });
  expect(await li.database.photos.get(second!)).toMatchObject({ state: 'stored' });
  relent();
  nowMs += 60_000;
  expect(await uploadPhotos(li.context)).toBe('done');
  expect(await li.database.photos.get(first!)).toMatchObject({ state: 'refused' });
  await offerPhotoAgain(li.database, first!);
  expect(await uploadPhotos(li.context)).toBe('done');
  expect(await li.database.photos.get(first!)).toMatchObject({ state: 'stored' });
});
