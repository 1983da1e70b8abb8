// 没报上去: what the office refused is said again as a change of its own, or nothing happens at all.
import { v7 as uuidV7 } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeChange } from '../../src/lib/data/author';
import { declarePhotos, keepOriginal, keepProcessed } from '../../src/lib/data/photos';
import { loadUnsentSummary } from '../../src/lib/data/reads';
import { recordAct } from '../../src/lib/data/record';
import { sendAgain, type Instead } from '../../src/lib/data/send-again';
import { editsOn } from '../../src/lib/domain/edits-on';
import type { DeviceId, PhotoId, RecordId } from '../../src/lib/domain/ids';
import type { Issue } from '../../src/lib/domain/report';
import { receive } from '../../src/lib/server/receive';
import { loadRecords } from '../../src/lib/server/records/records';
import { rebase } from '../../src/lib/sync/rebase';
import { community, gridOne, gridTwo, hire, openOffice } from '../support/office';
import { onePlaceEach } from '../support/places';
import { openTablet } from '../support/tablet';

let office: Awaited<ReturnType<typeof openOffice>>;
let person: Awaited<ReturnType<typeof hire>>;
let li: Awaited<ReturnType<typeof openTablet>>;
let nowMs = Date.parse('2026-11-20T01:00:00.000Z');
const now = () => (nowMs += 10);

beforeEach(async () => {
  office = await openOffice();
  person = await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]);
  li = await openTablet(office.store, person, now);
});
afterEach(() => office.close());

const places = () => onePlaceEach(li.database);
const shown = async (id: RecordId) => (await li.database.records.get(id))?.record as Issue;
const atOffice = async (id: RecordId) =>
  (await loadRecords(office.store.connection, community, [id])).get(id) as Issue | undefined;
const again = async (index: number, instead?: Instead) => {
  const row = (await li.database.outbox.orderBy('order').toArray())[index]!;
  return sendAgain(li.author, row.id, (bases, unsent) => rebase(bases, unsent, li.author.rulesOf), instead);
};
const amend = (recordId: RecordId, from: string, to: string) =>
  recordAct(li.author, 'report-amended', { recordId, edits: { text: { from, to } } }, li.at());

async function takePhoto(recordId: RecordId): Promise<PhotoId> {
  const id = uuidV7() as PhotoId;
  const photo = { id, recordId, stage: 'before', source: 'camera', mime: 'image/jpeg' } as const;
  await keepOriginal(li.database, photo, new ArrayBuffer(8));
  await keepProcessed(li.database, id, {
    bytes: new ArrayBuffer(4),
    mime: 'image/jpeg',
    sha256: 'a'.repeat(64),
    originalSha256: 'b'.repeat(64),
    previewable: true
  });
  return id;
}

async function savedIssue(text: string, grid = gridOne): Promise<RecordId> {
  const id = uuidV7() as RecordId;
  await li.save({ id, text }, grid);
  return id;
}

/** The same person changed it on another tablet first. */
async function amendedElsewhere(id: RecordId, from: string, to: string): Promise<void> {
  const device = uuidV7() as DeviceId;
  const { version } = (await atOffice(id))!;
  const facts = { recordId: id, edits: { text: { from, to } } };
  const { body } = await makeChange({ ...li.author, device }, 'report-amended', facts, li.at(), version);
  await receive(office.store, { actor: person, device }, [body], li.at());
}

test('a refused record arrives with its comment and photo once the grid is ours, at its own time', async () => {
  const id = uuidV7() as RecordId;
  const photoId = await takePhoto(id);
  await li.save({ id, text: '不在我的网格', photoIds: [photoId] }, gridTwo);
  await recordAct(li.author, 'comment-added', { recordId: id, text: '好' }, li.at());
  await li.sync();
  expect(await places()).toEqual(['refused', 'depends-on', 'depends-on']);
  const { at } = await shown(id);
  person.grants.push({ role: 'gridWorker', area: gridTwo });
  expect(await again(0)).toEqual({ verdict: 'allowed' });
  expect((await shown(id)).comments.map(({ text }) => text)).toEqual(['好']);
  await li.sync();
  expect(await places()).toEqual([
    ...Array<string>(3).fill('withdrawn'),
    ...Array<string>(3).fill('accepted')
  ]);
  const arrived = (await atOffice(id))!;
  expect(arrived).toMatchObject({ text: '不在我的网格', at });
  expect(arrived.photos.map((photo) => photo.id)).toEqual([photoId]);
  expect(await li.database.photos.get(photoId)).toMatchObject({ state: 'ready', declared: true });
  expect(await loadUnsentSummary(li.database)).toMatchObject({ records: 0, photos: 1, troubled: 0 });
});

test('an amendment in conflict is kept as a change of what the office has', async () => {
  const id = await savedIssue('一');
  await li.sync();
  await amendedElsewhere(id, '一', '社区的');
  await amend(id, '一', '我的');
  await li.sync();
  expect((await places()).at(-1)).toBe('conflict');
  const report = await shown(id);
  expect(report.text).toBe('社区的');
  const edits = editsOn(report, { text: { from: '一', to: '我的' } });
  expect(await again(1, { kind: 'report-amended', facts: { recordId: id, edits } })).toEqual({
    verdict: 'allowed'
  });
  await li.sync();
  expect(await places()).toEqual(['accepted', 'withdrawn', 'accepted']);
  expect((await atOffice(id))!.text).toBe('我的');
});

test('what is not lawful on what the office has by now changes nothing', async () => {
  const id = await savedIssue('一');
  await li.sync();
  const officer = await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]);
  const desk = await openTablet(office.store, officer, now);
  await desk.sync();
  await recordAct(desk.author, 'report-rejected', { recordId: id, reason: '重复' }, desk.at());
  await desk.sync();
  await amend(id, '一', '改');
  await li.sync();
  const before = await places();
  expect(before.at(-1)).toBe('refused');
  expect(await again(1)).toEqual({ verdict: 'refused', refusal: { code: 'wrong-state' } });
  expect(await places()).toEqual(before);
  expect((await shown(id)).state).toBe('rejected');
  const comment = { kind: 'comment-added', facts: { recordId: id, text: '改' } } as const;
  expect(await again(1, comment)).toEqual({ verdict: 'allowed' });
  await li.sync();
  expect((await atOffice(id))!.comments.map(({ text }) => text)).toEqual(['改']);
});

test('a second tap says nothing twice', async () => {
  const id = await savedIssue('不在我的网格', gridTwo);
  await li.sync();
  person.grants.push({ role: 'gridWorker', area: gridTwo });
  const answers = await Promise.all([again(0), again(0)]);
  expect(answers.filter(Boolean)).toHaveLength(1);
  await li.sync();
  expect((await places()).filter((place) => place === 'accepted')).toHaveLength(1);
  expect((await atOffice(id))!.text).toBe('不在我的网格');
});

test('what is written on it while it is said again goes with it', async () => {
  const id = await savedIssue('不在我的网格', gridTwo);
  await li.sync();
  person.grants.push({ role: 'gridWorker', area: gridTwo });
  const saying = again(0);
  await recordAct(li.author, 'comment-added', { recordId: id, text: '等一下' }, li.at());
  expect(await saying).toEqual({ verdict: 'allowed' });
  await li.sync();
  expect((await atOffice(id))?.comments).toMatchObject([{ text: '等一下' }]);
});

test('a refused declaration of a photo is made again, and the photo travels', async () => {
  const id = await savedIssue('一');
  await li.sync();
  const photoId = await takePhoto(id);
  await declarePhotos(li.author, li.at());
  li.link.rewrite = (line) =>
    line.includes('photo-attached') ? line.replace('"bytes":4', '"bytes":0') : line;
  await li.sync();
  expect((await places()).at(-1)).toBe('refused');
  li.link.rewrite = (line) => line;
  expect(await again(1)).toEqual({ verdict: 'allowed' });
  await li.sync();
  expect(await places()).toEqual(['accepted', 'withdrawn', 'accepted']);
  expect(await li.database.photos.get(photoId)).toMatchObject({ state: 'ready' });
});

test('a step on a record that left with its grid goes again once the grid is back, though the record is not', async () => {
  const id = await savedIssue('网格会交出去');
  await li.sync();
  await recordAct(li.author, 'comment-added', { recordId: id, text: '我再去看看' }, li.at());
  person.grants.splice(0, 1, { role: 'gridWorker', area: gridTwo });
  await li.sync();
  expect(await shown(id)).toBeUndefined();
  expect(await places()).toEqual(['accepted', 'refused']);
  person.grants.splice(0, 1, { role: 'gridWorker', area: gridOne });
  expect(await again(1)).toEqual({ verdict: 'allowed' });
  await li.sync();
  expect((await atOffice(id))?.comments).toMatchObject([{ text: '我再去看看' }]);
  expect((await shown(id)).comments).toMatchObject([{ text: '我再去看看' }]);
});
