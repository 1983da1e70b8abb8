// Work that leaves a tablet as a sealed file, and comes to the office by another tablet or by an officer's hands.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { v7 as uuidV7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addDraft, newDraft } from '../../src/lib/data/drafts';
import {
  declarePhotos,
  keepOriginal,
  keepProcessed,
  keepVoice,
  loadOriginal,
  removePhoto
} from '../../src/lib/data/photos';
import { loadUnsentSummary } from '../../src/lib/data/reads';
import { loadReport } from '../../src/lib/data/report-view';
import { recordAct } from '../../src/lib/data/record';
import { sweep } from '../../src/lib/data/sweep';
import { takeInPhoto } from '../../src/lib/data/take-in';
import { withdrawTrouble } from '../../src/lib/data/give-up';
import type { Grant } from '../../src/lib/domain/grant';
import type { AccountId, PhotoId, RecordId } from '../../src/lib/domain/ids';
import { openLifeline, readMedia, type OpenLifeline } from '../../src/lib/protocol/open-lifeline';
import { deskDevice } from '../../src/lib/server/desk-change';
import { senderOf } from '../../src/lib/server/carry';
import { placeOf, storeThumbnails } from '../../src/lib/server/photo-store';
import { handleUpload } from '../../src/lib/server/photo-upload';
import { receive } from '../../src/lib/server/receive';
import { listPhotosById } from '../../src/lib/server/records/photos';
import { rebase } from '../../src/lib/sync/rebase';
import { takeInLifeline } from '../../src/lib/sync/take-in-lifeline';
import { uploadPhotos, uploadThumbnails } from '../../src/lib/sync/upload-photos';
import { writeLifeline } from '../../src/lib/sync/write-lifeline';
import {
  handInChanges,
  handInPicture,
  handInThumbnails,
  type Desk,
  type Said
} from '../../src/routes/(office)/office/hand-in/hand-in';
import { sessionOf } from '../support/desk';
import { community, gridOne, gridTwo, hire, openOffice } from '../support/office';
import { openTablet } from '../support/tablet';

type Tablet = Awaited<ReturnType<typeof openTablet>>;
type Person = Awaited<ReturnType<typeof hire>>;

const passphrase = '4821-0937-5512-8846-2093';
let office: Awaited<ReturnType<typeof openOffice>>;
let person: Person;
let wang: Person;
let li: Tablet;
let nowMs = Date.parse('2026-11-20T01:00:00.000Z');
const now = () => (nowMs += 10);
const opened: Tablet[] = [];

beforeEach(async () => {
  office = await openOffice();
  person = await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]);
  wang = await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]);
  li = await tabletOf(person, person.account);
});
afterEach(async () => {
  for (const tablet of opened.splice(0)) await tablet.database.delete();
  await office.close();
});

/** A tablet whose pictures travel to the real upload as well. */
async function tabletOf(whose: Person, name: AccountId = uuidV7() as AccountId): Promise<Tablet> {
  const tablet = await openTablet(office.store, whose, now, name);
  const { transport } = tablet.context;
  tablet.context.transport = {
    ...transport,
    postForm: async (_path, form, schema) => ({
      status: 'answered',
      value: schema.parse(await storeThumbnails(office.store, whose, form))
    }),
    raw: (method, path, headers, body) => upload(whose, method, path, headers, body)
  };
  opened.push(tablet);
  return tablet;
}

function upload(
  whose: Person,
  method: string,
  path: string,
  headers: HeadersInit,
  body?: BodyInit | null
): Promise<Response> {
  const request = new Request(`http://office${path}`, { method, headers, body });
  return handleUpload(office.store, sessionOf(whose), request);
}

/** The interface as the desk's page speaks to it. */
function deskOf(whose: Person): Desk {
  const session = sessionOf(whose);
  return {
    account: whose.account,
    device: deskDevice,
    send: async (path, init) => {
      if (path === '/api/photos/thumbnails')
        return Response.json(await storeThumbnails(office.store, session, init.body as FormData));
      if (path !== '/api/sync/push') return upload(whose, init.method!, path, init.headers!, init.body);
      const [head, ...bodies] = (init.body as string).split('\n');
      const sender = await senderOf(office.store, session, JSON.parse(head!) as never);
      if ('refusal' in sender) return Response.json({ code: sender.refusal.code }, { status: 400 });
      const receivedAt = li.at();
      const receipts = await receive(office.store, sender, bodies, receivedAt);
      return Response.json({ protocol: 1, receivedAt, receipts });
    }
  };
}

const jpeg = (seed: number, length = 90_000) =>
  Uint8Array.from({ length }, (_, index) => (index < 3 ? [0xff, 0xd8, 0xff][index]! : (index * seed) & 255));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A picture taken and processed; it is declared when its record is saved. */
async function shoot(tablet: Tablet, recordId: RecordId, seed: number) {
  const id = uuidV7() as PhotoId;
  const photo = { id, recordId, stage: 'before', source: 'camera', mime: 'image/jpeg' } as const;
  const bytes = jpeg(seed);
  await keepOriginal(tablet.database, photo, bytes.buffer);
  await keepProcessed(tablet.database, id, {
    bytes: bytes.buffer,
    mime: 'image/jpeg',
    sha256: sha256(bytes),
    thumbnail: jpeg(seed, 2_000).buffer,
    previewable: true
  });
  return { id, bytes };
}

/** An issue with one picture, saved and not sent. */
async function found(tablet: Tablet, text: string, seed: number) {
  const recordId = uuidV7() as RecordId;
  const photo = await shoot(tablet, recordId, seed);
  await tablet.save({ id: recordId, text, photoIds: [photo.id] }, gridOne);
  return { recordId, photo };
}

async function write(tablet: Tablet): Promise<OpenLifeline> {
  const { file } = await writeLifeline(tablet.author, passphrase, tablet.at());
  const lifeline = await openLifeline(file, passphrase);
  if ('refusal' in lifeline) throw new Error(lifeline.refusal.code);
  return lifeline;
}

/** One word for each change: what the office said, or the code of its no. */
async function handIn(lifeline: OpenLifeline, by: Person) {
  const said: string[] = [];
  const word = (one: Said) => (one.outcome === 'refused' ? one.refusal.code : one.outcome);
  const desk = deskOf(by);
  const stopped = await handInChanges(lifeline, desk, (_, one) => said.push(word(one)));
  const small = await handInThumbnails(lifeline, desk);
  const pictures: string[] = [];
  await readMedia(lifeline, async ({ facts }, bytes) => {
    const stored = await handInPicture(desk, facts.id, bytes);
    pictures.push(typeof stored === 'string' ? stored : stored.refusal.code);
    return null;
  });
  return { said, pictures, stopped, small };
}

const everything = async () => {
  const tables = ['record', 'change', 'touch', 'outcome', 'photo', 'case_counter', 'community'] as const;
  const rows = tables.map((table) => office.store.connection.selectFrom(table).selectAll().execute());
  return JSON.stringify(await Promise.all(rows));
};
const onTablet = async ({ database }: Tablet) =>
  JSON.stringify(
    await Promise.all(
      database.tables
        .filter(({ name }) => name !== 'settings')
        .map((table) => table.toArray() as Promise<unknown[]>)
    )
  );
const storedBytes = async (id: string) =>
  readFile(placeOf(office.store, (await listPhotosById(office.store, id))[0]!));
const said = async () =>
  (await office.store.connection.selectFrom('change').select(['body']).execute()).map(
    ({ body }) => (JSON.parse(body) as { facts: { text?: string } }).facts.text
  );
const issuesAtOffice = async () => (await said()).filter((text) => text !== undefined);

test('another tablet of the same person takes everything in, shows it at once, and sends it as it was written', async () => {
  const { recordId, photo } = await found(li, '水管冻裂', 7);
  await recordAct(
    li.author,
    'follow-up-noted',
    { recordId, whom: '物业', channel: 'call', promise: '明天来' },
    li.at()
  );
  const written = (await li.database.outbox.toArray()).map(({ id, sha256, body }) => ({ id, sha256, body }));
  const lifeline = await write(li);

  const second = await tabletOf(person);
  expect(await takeInLifeline(second.author, lifeline)).toMatchObject({ records: 1, changes: 3, photos: 1 });
  expect(await loadReport(second.database, recordId)).toMatchObject({
    report: { text: '水管冻裂', followUps: [{ promise: '明天来' }], photos: [{ id: photo.id }] },
    marks: { arrived: false, photosWaiting: 1 }
  });
  const there = (await second.database.outbox.toArray()).map(({ id, sha256, body }) => ({
    id,
    sha256,
    body
  }));
  expect(there).toEqual(written);

  await second.sync();
  expect(await uploadPhotos(second.context)).toBe('done');
  const log = await office.store.connection.selectFrom('change').selectAll().orderBy('sequence').execute();
  expect(log.slice(0, 3).map(({ id, sha256, body }) => ({ id, sha256, body }))).toEqual(written);
  expect(log.every(({ carried_by }) => carried_by === null)).toBe(true);
  expect(sha256(await storedBytes(photo.id))).toBe(sha256(photo.bytes));
});

test('a reading that is broken off is kept in mind until the file was read to its end', async () => {
  await found(li, '井盖松动', 11);
  await found(li, '水管冻裂', 7);
  const lifeline = await write(li);
  const second = await tabletOf(person);
  const breakOff = (done: number) => {
    if (done === 1) throw new Error('the tablet is full');
  };
  await expect(takeInLifeline(second.author, lifeline, breakOff)).rejects.toThrow('full');
  expect(await loadUnsentSummary(second.database)).toMatchObject({ photos: 1, halfRead: true });
  expect(await takeInLifeline(second.author, lifeline)).toMatchObject({ changes: 0, photos: 1 });
  expect(await loadUnsentSummary(second.database)).toMatchObject({ photos: 2, halfRead: false });
});

test('reading a file twice changes nothing, on a tablet and at the office', async () => {
  await found(li, '井盖松动', 11);
  await addDraft(li.database, { ...newDraft('need', li.at()), text: '没写完' });
  const lifeline = await write(li);

  const second = await tabletOf(person);
  await takeInLifeline(second.author, lifeline);
  const before = await onTablet(second);
  expect(await takeInLifeline(second.author, lifeline)).toEqual({
    records: 0,
    changes: 0,
    drafts: 0,
    photos: 0
  });
  expect(await onTablet(second)).toBe(before);
  expect((await second.database.drafts.toArray())[0]).toMatchObject({ kind: 'need', text: '没写完' });

  expect(await handIn(lifeline, wang)).toEqual({
    said: ['accepted', 'accepted'],
    pictures: ['stored'],
    stopped: null,
    small: null
  });
  const stored = await everything();
  expect((await handIn(lifeline, wang)).said).toEqual(['known', 'known']);
  expect(await everything()).toBe(stored);
});

test('the first tablet comes back and sends the same: nothing is doubled, and both show one record', async () => {
  const { recordId, photo } = await found(li, '路灯不亮', 13);
  const second = await tabletOf(person);
  await takeInLifeline(second.author, await write(li));
  await second.sync();
  await uploadPhotos(second.context);
  await li.sync();
  expect(await uploadPhotos(li.context)).toBe('done');
  await second.sync();
  expect(await issuesAtOffice()).toEqual(['路灯不亮']);
  for (const tablet of [li, second]) {
    expect(await loadUnsentSummary(tablet.database)).toMatchObject({ records: 0, photos: 0, troubled: 0 });
    expect(await tablet.database.records.count()).toBe(1);
    expect((await loadReport(tablet.database, recordId))!.report.photos.map(({ id }) => id)).toEqual([
      photo.id
    ]);
  }
});

test('an officer carries it: it is the worker’s, with its pictures and voices, and its first tablet learns who', async () => {
  const { recordId, photo } = await found(li, '楼道堆物', 17);
  const voiceId = uuidV7() as PhotoId;
  const voice = jpeg(19, 5_000);
  await keepVoice(
    li.database,
    { id: voiceId, recordId, mime: 'audio/webm', seconds: 4, sha256: sha256(voice) },
    voice.buffer
  );
  await declarePhotos(li.author, li.at());
  const result = await handIn(await write(li), wang);
  expect(result).toEqual({
    said: ['accepted', 'accepted', 'accepted'],
    pictures: ['stored', 'stored'],
    stopped: null,
    small: null
  });
  expect(sha256(await storedBytes(photo.id))).toBe(sha256(photo.bytes));
  expect(sha256(await storedBytes(voiceId))).toBe(sha256(voice));
  expect((await listPhotosById(office.store, photo.id))[0]).toMatchObject({
    author: person.account,
    thumbnail: Buffer.from(jpeg(17, 2_000)).toString('base64')
  });

  await li.sync();
  await uploadThumbnails(li.context);
  expect(await uploadPhotos(li.context)).toBe('done');
  expect(await loadUnsentSummary(li.database)).toMatchObject({ records: 0, photos: 0, troubled: 0 });
  const { report, history } = (await loadReport(li.database, recordId))!;
  expect(report.author).toBe(person.account);
  expect(history.map(({ kind, carriedByName }) => [kind, carriedByName])).toEqual([
    ['issue-recorded', '王丽'],
    ['photo-attached', '王丽'],
    ['voice-attached', '王丽']
  ]);
});

test('a picture whose texts arrived long ago can still be carried', async () => {
  const { photo } = await found(li, '墙面脱落', 23);
  li.context.transport = { ...li.context.transport, raw: () => Promise.resolve(null) };
  await li.sync();
  // Past the fortnight that receipted changes are kept.
  nowMs += 20 * 86_400_000;
  await sweep(li.database, nowMs, false);
  const lifeline = await write(li);
  expect(lifeline.changes).toHaveLength(1);
  expect(await handIn(lifeline, wang)).toMatchObject({ said: ['known'], pictures: ['stored'] });
  expect(sha256(await storedBytes(photo.id))).toBe(sha256(photo.bytes));
});

test('a third person is refused: on a tablet, at the desk, and with the bytes of pictures', async () => {
  const { photo } = await found(li, '下水道堵', 29);
  const lifeline = await write(li);
  const others: [string, Grant][] = [
    ['小赵', { role: 'gridWorker', area: gridOne }],
    ['网格长', { role: 'gridLead', area: community }],
    ['街道', { role: 'streetOfficer', area: community.slice(0, 9) }]
  ];
  for (const [name, grant] of others) {
    const other = await hire(office.store, name, [grant]);
    const tablet = await tabletOf(other);
    const before = await onTablet(tablet);
    expect(await takeInLifeline(tablet.author, lifeline)).toEqual({
      refusal: { code: 'lifeline-of-another' }
    });
    expect(await onTablet(tablet)).toBe(before);
    expect(await handIn(lifeline, other)).toMatchObject({
      said: ['not-granted', 'not-granted'],
      pictures: ['photo-not-declared']
    });
  }
  expect(await issuesAtOffice()).toEqual([]);
  // Also once the office has the texts: only who carried them brings the bytes.
  await li.sync();
  const chen = await hire(office.store, '陈主任', [{ role: 'communityOfficer', area: community }]);
  expect(await handInPicture(deskOf(chen), photo.id, photo.bytes)).toEqual({
    refusal: { code: 'photo-not-declared', details: undefined }
  });
  expect(await handIn(lifeline, chen)).toMatchObject({ said: ['known', 'known'], pictures: ['stored'] });
});

test('other bytes than the author declared are thrown away', async () => {
  const { photo } = await found(li, '树枝断裂', 31);
  await handInChanges(await write(li), deskOf(wang), () => {});
  expect(await handInPicture(deskOf(wang), photo.id, jpeg(32))).toEqual({
    refusal: { code: 'photo-hash-differs', details: undefined }
  });
  expect(await handInPicture(deskOf(wang), photo.id, photo.bytes)).toBe('stored');
});

test('what was refused leaves in the file, stays refused at the office, and is not lost on the other tablet', async () => {
  await li.save({ text: '别人的网格' }, gridTwo);
  await li.sync();
  const lifeline = await write(li);
  expect(lifeline.changes[0]!.said).toMatchObject({ status: 'refused', refusal: { code: 'not-granted' } });

  const second = await tabletOf(person);
  await takeInLifeline(second.author, lifeline);
  expect(await loadUnsentSummary(second.database)).toMatchObject({ troubled: 1 });
  expect((await second.database.records.toArray())[0]!.record).toMatchObject({ text: '别人的网格' });
  await second.sync();
  expect(await second.database.troubles.toArray()).toMatchObject([{ status: 'refused' }]);
  expect((await handIn(lifeline, wang)).said).toEqual(['not-granted']);
  expect(await issuesAtOffice()).toEqual([]);
});

test('what the person gave up is in no file', async () => {
  await li.save({ text: '不报了' }, gridTwo);
  await li.sync();
  const [row] = await li.database.outbox.toArray();
  await withdrawTrouble(li.database, row!.id, (bases, unsent) => rebase(bases, unsent, li.author.rulesOf));
  expect(await write(li)).toMatchObject({ changes: [], media: [], drafts: [] });
});

test('a second tablet that has the record lays the foreign work over what the office said', async () => {
  const { recordId } = await found(li, '健身器材松动', 37);
  await li.sync();
  const second = await tabletOf(person);
  await second.sync();
  await recordAct(
    li.author,
    'report-amended',
    { recordId, edits: { text: { from: '健身器材松动', to: '健身器材晃得厉害' } } },
    li.at()
  );
  await takeInLifeline(second.author, await write(li));
  expect((await loadReport(second.database, recordId))!.report.text).toBe('健身器材晃得厉害');
  expect((await second.database.bases.get(recordId))!.record).toMatchObject({ text: '健身器材松动' });
  await second.sync();
  expect((await second.database.bases.count()) === 0).toBe(true);
  expect((await loadReport(second.database, recordId))!.marks.arrived).toBe(true);
});

test('a draft comes back as a draft with its pictures, processed or not; one saved since does not', async () => {
  const [first, second] = [newDraft('issue', li.at()), newDraft('need', li.at())];
  await addDraft(li.database, { ...first, text: '写了一半' });
  await addDraft(li.database, { ...second, text: '后来存了' });
  const photo = await shoot(li, first.id, 41);
  const raw = uuidV7() as PhotoId;
  const original = jpeg(43, 9_000_000);
  await keepOriginal(
    li.database,
    { id: raw, recordId: first.id, stage: 'before', source: 'album', mime: 'image/jpeg' },
    original.buffer
  );
  const lifeline = await write(li);
  const other = await tabletOf(person);
  await other.save({ ...second, text: '后来存了' }, gridOne);
  expect(await takeInLifeline(other.author, lifeline)).toMatchObject({ drafts: 1, photos: 2, changes: 0 });
  expect((await other.database.drafts.toArray()).map(({ text }) => text)).toEqual(['写了一半']);
  expect(new Uint8Array((await other.database.pictures.get(photo.id))!.bytes)).toEqual(photo.bytes);
  expect(sha256(new Uint8Array((await loadOriginal(other.database, raw))!))).toBe(sha256(original));
  expect(
    (await other.database.originals.toArray()).every(({ bytes }) => bytes.byteLength <= 4 * 1024 * 1024)
  ).toBe(true);
});

test('a picture that was processed while the file was written is processed once more', async () => {
  const id = uuidV7() as PhotoId;
  const recordId = uuidV7() as RecordId;
  const photo = { id, recordId, stage: 'before', source: 'camera', mime: 'image/jpeg' } as const;
  await keepOriginal(li.database, photo, new ArrayBuffer(8));
  const raw = (await li.database.photos.get(id))!;
  await removePhoto(li.database, id);
  expect(await takeInPhoto(li.database, raw, 'processed', new Uint8Array([1, 2, 3, 4]).buffer)).toBe(true);
  expect(new Uint8Array((await loadOriginal(li.database, id))!)).toEqual(new Uint8Array([1, 2, 3, 4]));
  expect(await li.database.pictures.count()).toBe(0);
});

test('one record alone can leave, without drafts and without the others', async () => {
  const { recordId, photo } = await found(li, '只要这一条', 47);
  await found(li, '不要这一条', 53);
  await addDraft(li.database, newDraft('issue', li.at()));
  const { file } = await writeLifeline(li.author, passphrase, li.at(), { only: recordId });
  const lifeline = (await openLifeline(file, passphrase)) as OpenLifeline;
  expect(lifeline.changes.map(({ body }) => body.includes(recordId))).toEqual([true, true]);
  expect(lifeline.media.map(({ facts }) => facts.id)).toEqual([photo.id]);
  expect(lifeline.drafts).toEqual([]);
});

test('a picture the disk does not give any more is named, and takes no other’s place', async () => {
  const { photo } = await found(li, '两张照片', 59);
  const lost = await found(li, '没了的照片', 61);
  await li.database.pictures.delete(lost.photo.id);
  const written = await writeLifeline(li.author, passphrase, li.at());
  expect(written).toMatchObject({ photos: 2, unreadable: 1 });
  const lifeline = (await openLifeline(written.file, passphrase)) as OpenLifeline;
  const kinds = Object.fromEntries(lifeline.media.map(({ facts, bytes }) => [facts.id, bytes]));
  expect(kinds).toEqual({ [photo.id]: 'processed', [lost.photo.id]: 'unreadable' });
});

test('a cut while handing in loses nothing: the file again goes on there', async () => {
  await found(li, '断网一半', 67);
  const lifeline = await write(li);
  const desk = deskOf(wang);
  const cut: Desk = {
    ...desk,
    send: (path, init) => desk.send(path, init).then(() => Promise.reject(new Error('cut')))
  };
  expect(await handInChanges(lifeline, cut, () => {})).toBe('away');
  expect(await handInThumbnails(lifeline, cut)).toBe('away');
  expect(await handIn(lifeline, wang)).toMatchObject({ said: ['known', 'known'], pictures: ['stored'] });
  expect(await issuesAtOffice()).toEqual(['断网一半']);
});
