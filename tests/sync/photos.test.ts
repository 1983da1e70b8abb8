import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import { withdrawTrouble } from '../../src/lib/data/give-up';
import {
  declarePhotos,
  keepOriginal,
  keepProcessed,
  noteTries,
  removePhoto
} from '../../src/lib/data/photos';
import { storePage } from '../../src/lib/data/pulled';
import { loadUnsentSummary } from '../../src/lib/data/reads';
import { loadThumbnail } from '../../src/lib/data/report-view';
import { recordAct } from '../../src/lib/data/record';
import { listUnsentPhotos, markPhotoRefused, withdrawPhoto } from '../../src/lib/data/photo-queue';
import { addDraft, discardDraft, discardIfUntouched, newDraft, saveDraft } from '../../src/lib/data/drafts';
import { undoReport } from '../../src/lib/data/undo';
import type { PhotoId, RecordId } from '../../src/lib/domain/ids';
import { uploadPhotos, uploadThumbnails } from '../../src/lib/sync/upload-photos';
import { rebase } from '../../src/lib/sync/rebase';
import { PhotoProcessor } from '../../src/routes/(field)/photo-processor';
import { photoFacts } from '../support/changes';
import { community, gridOne, gridTwo, hire, openOffice } from '../support/office';
import { openTablet } from '../support/tablet';

let office: Awaited<ReturnType<typeof openOffice>>;
let li: Awaited<ReturnType<typeof openTablet>>;
let nowMs = Date.parse('2026-11-20T01:00:00.000Z');

beforeEach(async () => {
  office = await openOffice();
  const person = await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]);
  li = await openTablet(office.store, person, () => (nowMs += 10));
});
afterEach(() => office.close());

/** The shutter, before anything was made of what the camera gave. */
async function shoot(recordId: RecordId): Promise<PhotoId> {
  const id = uuidV7() as PhotoId;
  const photo = { id, recordId, stage: 'before', source: 'camera', mime: 'image/jpeg' } as const;
  await keepOriginal(li.database, photo, new ArrayBuffer(8));
  return id;
}
const process = (id: PhotoId) =>
  keepProcessed(li.database, id, {
    bytes: new ArrayBuffer(4),
    mime: 'image/jpeg',
    sha256: 'a'.repeat(64),
    originalSha256: 'b'.repeat(64),
    width: 4,
    height: 3,
    previewable: true
  });
const unsentIds = async () => (await listUnsentPhotos(li.database)).map(({ id }) => id);

test('a photo that is still being processed keeps its saved record from looking safe', async () => {
  const id = uuidV7() as RecordId;
  await addDraft(li.database, { ...newDraft('issue', li.at()), id });
  const photoId = await shoot(id);
  expect(await unsentIds()).toEqual([]);
  await li.save({ id, photoIds: [photoId] }, gridOne);
  await li.sync();
  expect(await unsentIds()).toEqual([photoId]);
  expect(await loadUnsentSummary(li.database)).toMatchObject({ records: 0, photos: 1 });
});

test('how long something waits counts from the oldest photo too', async () => {
  const id = uuidV7() as RecordId;
  const photoId = await shoot(id);
  await process(photoId);
  await li.save({ id, photoIds: [photoId] }, gridOne);
  await li.sync();
  const { oldestAt } = await loadUnsentSummary(li.database);
  expect(Math.abs(Date.parse(oldestAt!) - Date.now())).toBeLessThan(60_000);
});

test('a photo that is finished after its record was given up stays given up', async () => {
  const id = uuidV7() as RecordId;
  const photoId = await shoot(id);
  await li.save({ id, photoIds: [photoId] }, gridTwo);
  await li.sync();
  const [row] = await li.database.outbox.toArray();
  await withdrawTrouble(li.database, row!.id, (bases, unsent) => rebase(bases, unsent, li.author.rulesOf));
  await process(photoId);
  await declarePhotos(li.author, li.at());
  expect(await unsentIds()).toEqual([]);
  expect(await li.database.photos.get(photoId)).toMatchObject({ state: 'withdrawn' });
  expect(await loadUnsentSummary(li.database)).toMatchObject({ records: 0, photos: 0, troubled: 0 });
});

test('a photo that the office refused is a trouble until the person gives it up', async () => {
  const id = uuidV7() as RecordId;
  const photoId = await shoot(id);
  await li.save({ id, photoIds: [photoId] }, gridOne);
  await li.sync();
  await markPhotoRefused(li.database, photoId, { code: 'too-large' });
  expect(await loadUnsentSummary(li.database)).toMatchObject({ photos: 0, troubled: 1 });
  await withdrawPhoto(li.database, photoId);
  expect(await loadUnsentSummary(li.database)).toMatchObject({ photos: 0, troubled: 0 });
});

test('a form that is still writing cannot bring the draft of a saved record back', async () => {
  const id = uuidV7() as RecordId;
  const draft = { ...newDraft('issue', li.at()), id };
  await addDraft(li.database, draft);
  const photoId = await shoot(id);
  await process(photoId);
  await li.save({ id, photoIds: [photoId] }, gridOne);
  await saveDraft(li.database, { ...draft, text: 'a late fix' });
  expect(await li.database.drafts.count()).toBe(0);
  await discardDraft(li.database, id);
  expect(await unsentIds()).toEqual([photoId]);
  expect(await li.database.pictures.count()).toBe(1);
});

test('a form of another window takes no picture from a record that is saved', async () => {
  const id = uuidV7() as RecordId;
  await addDraft(li.database, { ...newDraft('issue', li.at()), id });
  const [ready, raw] = [await shoot(id), await shoot(id)];
  await process(ready);
  await li.save({ id, photoIds: [ready, raw] }, gridOne);
  await removePhoto(li.database, ready);
  await removePhoto(li.database, raw);
  await discardDraft(li.database, id);
  await process(raw);
  await declarePhotos(li.author, li.at());
  expect(await unsentIds()).toEqual([ready, raw]);
  expect(await li.database.pictures.count()).toBe(2);
});

test('a picture that is removed while its form is saved is not declared', async () => {
  const id = uuidV7() as RecordId;
  await addDraft(li.database, { ...newDraft('issue', li.at()), id });
  const photoId = await shoot(id);
  await process(photoId);
  const saving = li.save({ id, photoIds: [photoId] }, gridOne);
  await removePhoto(li.database, photoId);
  await saving;
  const declared = (await li.database.outbox.toArray()).some(({ body }) => body.includes('photo-attached'));
  expect(await li.database.photos.count()).toBe(declared ? 1 : 0);
  expect(await li.database.pictures.count()).toBe(declared ? 1 : 0);
});

test('leaving an untouched form throws away nothing that another window, or a kill, put into the store', async () => {
  const draft = { ...newDraft('issue', li.at()), id: uuidV7() as RecordId };
  await addDraft(li.database, draft);
  const photoId = await shoot(draft.id);
  await discardIfUntouched(li.database, draft.id);
  expect(await li.database.drafts.count()).toBe(1);
  await removePhoto(li.database, photoId);
  await saveDraft(li.database, { ...draft, text: 'written in another window' });
  await discardIfUntouched(li.database, draft.id);
  expect(await li.database.drafts.count()).toBe(1);
  await saveDraft(li.database, draft);
  await discardIfUntouched(li.database, draft.id);
  expect(await li.database.drafts.count()).toBe(0);
});

test('a picture that was removed while it was processed leaves nothing behind', async () => {
  const photoId = await shoot(uuidV7() as RecordId);
  await removePhoto(li.database, photoId);
  await process(photoId);
  expect(await li.database.pictures.count()).toBe(0);
});

test('a declared picture is what was declared: a second tab that processed it too changes nothing', async () => {
  const photoId = await shoot(uuidV7() as RecordId);
  await process(photoId);
  await keepProcessed(li.database, photoId, {
    bytes: new ArrayBuffer(5),
    mime: 'image/jpeg',
    sha256: 'c'.repeat(64),
    previewable: true
  });
  expect(await li.database.photos.get(photoId)).toMatchObject({ sha256: 'a'.repeat(64), bytes: 4 });
});

test('a picture that goes back into its draft while it is declared is declared with the form', async () => {
  const draft = { ...newDraft('issue', li.at()), id: uuidV7() as RecordId, text: '拍到一半' };
  await li.save(draft, gridOne);
  const id = await shoot(draft.id);
  await process(id);
  const digest = crypto.subtle.digest.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'digest').mockImplementationOnce(async (...given) => {
    expect(await undoReport(li.database, draft.id, draft)).toBe(true);
    return digest(...given);
  });
  await declarePhotos(li.author, li.at());
  expect(await li.database.photos.get(id)).toMatchObject({ state: 'ready', declared: false });
});

test('a picture whose record left before it could be declared is said, and can be given up', async () => {
  const photoId = await shoot(uuidV7() as RecordId);
  await process(photoId);
  await declarePhotos(li.author, li.at());
  expect(await loadUnsentSummary(li.database)).toMatchObject({ photos: 0, troubled: 1 });
  await withdrawPhoto(li.database, photoId);
  expect(await unsentIds()).toEqual([]);
});

test('a picture whose declaration is given up does not travel', async () => {
  const id = uuidV7() as RecordId;
  await li.save({ id }, gridOne);
  await li.sync();
  const photoId = await shoot(id);
  await process(photoId);
  await declarePhotos(li.author, li.at());
  li.link.rewrite = (line) =>
    line.includes('photo-attached') ? line.replace('"bytes":4', '"bytes":0') : line;
  await li.sync();
  const [trouble] = await li.database.troubles.toArray();
  expect(trouble).toMatchObject({ status: 'refused' });
  await withdrawTrouble(li.database, trouble!.changeId, (bases, unsent) =>
    rebase(bases, unsent, li.author.rulesOf)
  );
  expect(await li.database.photos.get(photoId)).toMatchObject({ state: 'withdrawn' });
  expect(await unsentIds()).toEqual([]);
});

/** The office's photo door: fails on these pictures, takes the others whole. */
function photoDoor(failing: readonly PhotoId[], status = 500) {
  const asked: PhotoId[] = [];
  li.context.transport.raw = (method, path, headers, body) => {
    if (method === 'POST') {
      const id = atob(headers['upload-metadata']!.slice(3)) as PhotoId;
      asked.push(id);
      const init = failing.includes(id) ? { status } : { status: 201, headers: { 'upload-offset': '0' } };
      return Promise.resolve(new Response(null, init));
    }
    return Promise.resolve(
      new Response(null, { status: 204, headers: { 'upload-offset': String(body?.size ?? 0) } })
    );
  };
  return asked;
}

test('one photo the office fails on keeps no other from arriving, and is tried again later', async () => {
  const id = uuidV7() as RecordId;
  const photoIds = [await shoot(id), await shoot(id), await shoot(id)];
  for (const photoId of photoIds) await process(photoId);
  await li.save({ id, photoIds }, gridOne);
  await li.sync();
  const asked = photoDoor([photoIds[0]!]);
  expect(await uploadPhotos(li.context)).toBe('done');
  expect(asked).toEqual(photoIds);
  expect(await unsentIds()).toEqual([photoIds[0]]);
  await uploadPhotos(li.context);
  expect(asked).toHaveLength(3);
  photoDoor([]);
  nowMs += 2 * 60_000;
  await uploadPhotos(li.context);
  expect(await unsentIds()).toEqual([]);
});

test.each([
  ['three at the head that the office fails on', 500, 3],
  ['one that something on the way finds too large', 413, 1]
])('%s keep no other from arriving', async (_, status, failing) => {
  const id = uuidV7() as RecordId;
  const photoIds = [await shoot(id), await shoot(id), await shoot(id), await shoot(id)];
  for (const photoId of photoIds) await process(photoId);
  await li.save({ id, photoIds }, gridOne);
  await li.sync();
  photoDoor(photoIds.slice(0, failing), status);
  for (let run = 0; run < 3; run++, nowMs += 60_000) await uploadPhotos(li.context);
  expect(await unsentIds()).toEqual(photoIds.slice(0, failing));
  photoDoor([]);
  nowMs += 10 * 60_000;
  await uploadPhotos(li.context);
  expect(await unsentIds()).toEqual([]);
});

test('a photo whose bytes cannot be read keeps no other from arriving', async () => {
  const id = uuidV7() as RecordId;
  const photoIds = [await shoot(id), await shoot(id)];
  for (const photoId of photoIds) await process(photoId);
  await li.save({ id, photoIds }, gridOne);
  await li.sync();
  photoDoor([]);
  const { pictures } = li.database;
  const read = pictures.get.bind(pictures) as (id: PhotoId) => ReturnType<typeof pictures.get>;
  const broken = new Error('Failed to read large IndexedDB value');
  vi.spyOn(pictures, 'get').mockImplementation(((id: PhotoId) =>
    id === photoIds[0] ? Promise.reject(broken) : read(id)) as typeof pictures.get);
  expect(await uploadPhotos(li.context)).toBe('done');
  expect(await unsentIds()).toEqual([photoIds[0]]);
});

test('a photo whose bytes are gone is said and keeps no other from arriving', async () => {
  const id = uuidV7() as RecordId;
  const photoIds = [await shoot(id), await shoot(id)];
  for (const photoId of photoIds) await process(photoId);
  await li.save({ id, photoIds }, gridOne);
  await li.sync();
  await li.database.pictures.delete(photoIds[0]!);
  photoDoor([]);
  await uploadPhotos(li.context);
  expect(await loadUnsentSummary(li.database)).toMatchObject({ photos: 0, troubled: 1 });
});

test('a picture whose small one did not get through is not all there, and is as soon as that has come', async () => {
  const id = uuidV7() as RecordId;
  const photoId = await shoot(id);
  await keepProcessed(li.database, photoId, {
    bytes: new ArrayBuffer(4),
    mime: 'image/jpeg',
    sha256: 'a'.repeat(64),
    thumbnail: new ArrayBuffer(2),
    previewable: true
  });
  await li.save({ id, photoIds: [photoId] }, gridOne);
  await li.sync();
  photoDoor([]);
  li.context.transport.postForm = () => Promise.resolve({ status: 'fault' });
  await uploadThumbnails(li.context);
  await uploadPhotos(li.context);
  expect(await unsentIds()).toEqual([]);
  expect(await loadUnsentSummary(li.database)).toMatchObject({ photos: 1, oldestAt: null });
  const sent: string[] = [];
  li.context.transport.postForm = (_path, form, reply) => {
    sent.push(...form.keys());
    return Promise.resolve({ status: 'answered', value: reply.parse({ stored: [...form.keys()] }) });
  };
  await uploadThumbnails(li.context);
  await uploadThumbnails(li.context);
  expect(sent).toEqual([photoId]);
  expect(await loadUnsentSummary(li.database)).toMatchObject({ photos: 0 });
});

test('a long upload is told piece by piece, and after a cut from where the office has it', async () => {
  const id = uuidV7() as RecordId;
  const photoId = await shoot(id);
  await keepProcessed(li.database, photoId, {
    bytes: new ArrayBuffer(1_000_000),
    mime: 'image/jpeg',
    sha256: 'a'.repeat(64),
    previewable: true
  });
  await li.save({ id, photoIds: [photoId] }, gridOne);
  await li.sync();
  let office = 0;
  let patches = 0;
  const answer = (status: number) =>
    Promise.resolve(new Response(null, { status, headers: { 'upload-offset': String(office) } }));
  li.context.transport.raw = (method, _path, _headers, body) => {
    if (method === 'POST') return answer(201);
    if (method === 'HEAD') return answer(200);
    if (patches++ !== 1) {
      office += body!.size;
      return answer(204);
    }
    // Cut in the middle of the second piece.
    office += 1_000;
    return Promise.resolve(null);
  };
  const told: number[] = [];
  li.context.onConfirmed = (photo, bytes) => told.push(photo === photoId ? bytes : -1);
  expect(await uploadPhotos(li.context)).toBe('done');
  const first = 128 * 1024;
  expect(told.slice(0, 3)).toEqual([0, first, first + 1_000]);
  expect(told.at(-1)).toBe(1_000_000);
  expect(told.length).toBeGreaterThan(3);
});

test('an act on a record of another community belongs to that community', async () => {
  const id = uuidV7() as RecordId;
  await li.save({ id }, gridOne);
  const elsewhere = { ...li.author, community: '510108011005' };
  expect(await recordAct(elsewhere, 'comment-added', { recordId: id, text: '好' }, li.at())).toEqual({
    verdict: 'allowed'
  });
  const bodies = (await li.database.outbox.toArray()).map(
    ({ body }) => JSON.parse(body) as { community: string }
  );
  expect(bodies.map(({ community }) => community)).toEqual([li.author.community, li.author.community]);
});

test('the small pictures of open work by others come to the tablet, once, and go when it leaves the scope', async () => {
  const person = await hire(office.store, '陈兰', [{ role: 'gridWorker', area: gridOne }]);
  const chen = await openTablet(office.store, person, () => (nowMs += 10));
  const id = uuidV7() as RecordId;
  await chen.save({ id }, gridOne);
  const photo = photoFacts(uuidV7() as PhotoId);
  await recordAct(chen.author, 'photo-attached', { recordId: id, photo }, chen.at());
  await chen.sync();
  const asked: string[] = [];
  li.context.transport.raw = (method, path) => {
    asked.push(`${method} ${path}`);
    const headers = { 'content-type': 'image/jpeg' };
    return Promise.resolve(new Response(new ArrayBuffer(3), { headers }));
  };
  await li.sync();
  await li.sync();
  expect(asked).toEqual([`GET /api/photos/${photo.id}/thumbnail`]);
  expect((await loadThumbnail(li.database, photo.id))?.byteLength).toBe(3);
  const page = {
    community,
    cursor: { epoch: 'e', sequence: 9 },
    rows: [],
    leftScope: [id],
    erased: [],
    areOther: false,
    isLast: true
  };
  await storePage(li.database, page, (bases, unsent) => rebase(bases, unsent, li.author.rulesOf));
  expect(await loadThumbnail(li.database, photo.id)).toBeNull();
});

test('a picture that found the store full is processed a minute later, though nobody touches the tablet', async () => {
  const photoId = await shoot(uuidV7() as RecordId);
  // From then on it is kept as the camera gave it: that needs no browser.
  await noteTries(li.database, photoId, 3);
  const full = vi.spyOn(li.database.pictures, 'put').mockRejectedValue(new Error('full'));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const processor = new PhotoProcessor(li.database);
  await processor.run();
  full.mockRestore();
  expect(await li.database.photos.get(photoId)).toMatchObject({ state: 'raw', tries: 3 });
  await vi.advanceTimersByTimeAsync(61_000);
  vi.useRealTimers();
  await expect.poll(async () => (await li.database.photos.get(photoId))?.state).toBe('ready');
  processor.stop();
});
