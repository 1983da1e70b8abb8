// Step 11: the office is put back from yesterday's backup, and the tablets are ahead of it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeChange } from '../../src/lib/data/author';
import { declarePhotos, keepOriginal, keepProcessed } from '../../src/lib/data/photos';
import { listPhotosToUpload, markPhotoStored, notePhotoFailure } from '../../src/lib/data/photo-queue';
import { loadCursor, loadPlaces, noteAhead } from '../../src/lib/data/pulled';
import { loadPending } from '../../src/lib/data/reads';
import { recordAct } from '../../src/lib/data/record';
import { saveSetting } from '../../src/lib/data/settings';
import { listThumbnailsLeft } from '../../src/lib/data/thumbnails-left';
import type { Case } from '../../src/lib/domain/case';
import type { ChangeKindName, FactsOf } from '../../src/lib/domain/changes';
import type { Grant } from '../../src/lib/domain/grant';
import { msToInstant } from '../../src/lib/domain/instant';
import type { DeviceId, PhotoId, RecordId } from '../../src/lib/domain/ids';
import { placeOf } from '../../src/lib/server/photo-store';
import { makeChanges, type DeskAct } from '../../src/lib/server/desk-change';
import { rowToRecord } from '../../src/lib/server/records/records';
import { eraseRecord } from '../../src/lib/server/erase';
import { receive } from '../../src/lib/server/receive';
import { beginNewLife, loadHead, markOf, noticeRestore } from '../../src/lib/server/restored';
import { pull } from '../../src/lib/server/serve';
import { closeStore, openStore, type Store } from '../../src/lib/server/store';
import { protocolVersion } from '../../src/lib/protocol/version';
import { firstWindow } from '../../src/lib/sync/plan';
import { push } from '../../src/lib/sync/push';
import { synchronize } from '../../src/lib/sync/synchronize';
import { newId } from '../support/changes';
import { sessionOf } from '../support/desk';
import { community, gridOne, hire, openOffice } from '../support/office';
import { onePlaceEach } from '../support/places';
import { openTablet } from '../support/tablet';
import { officeViewFor, tabletView } from '../support/views';

let office: Awaited<ReturnType<typeof openOffice>>;
let wang: Awaited<ReturnType<typeof hire>>;
let nowMs: number;
const folders: string[] = [];
const minute = 60_000;

beforeEach(async () => {
  nowMs = Date.parse('2026-11-20T01:00:00.000Z');
  office = await openOffice();
  wang = await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]);
});
afterEach(async () => {
  await office.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const now = () => msToInstant((nowMs += minute));

async function employ(name: string, role: Grant['role'] = 'gridWorker', area = gridOne) {
  const person = await hire(office.store, name, [{ role, area }]);
  const tablet = await openTablet(office.store, person, () => nowMs);
  tablet.link.pageSize = 3;
  return { ...tablet, person };
}
type Employee = Awaited<ReturnType<typeof employ>>;

/** A copy of the database as it is now. */
async function backUp(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'xunge-backup-'));
  folders.push(folder);
  await sql`VACUUM INTO ${sql.lit(join(folder, 'xunge.sqlite'))}`.execute(office.store.connection);
  return folder;
}

/** The office goes on with the backup, as a server would that was started anew on it. */
async function putBack(folder: string): Promise<void> {
  const restored = await openStore(folder);
  await closeStore(office.store);
  Object.assign(office.store, restored satisfies Store);
}

async function save(tablet: Employee, text: string): Promise<RecordId> {
  nowMs += minute;
  await tablet.save({ text }, gridOne);
  return (await tablet.database.records.orderBy('id').last())!.id;
}

/** Two tablets with one issue of 李平's, and the office as it was then. */
async function backedUp(text = '昨天') {
  const li = await employ('李平');
  const chen = await employ('陈兰');
  const issue = await save(li, text);
  await sync(li, chen);
  return { li, chen, issue, backup: await backUp() };
}

/** A processed picture of this record, or of one still to be saved. */
async function takePicture({ database }: Employee, recordId: RecordId): Promise<PhotoId> {
  const id = newId<PhotoId>();
  const photo = { id, recordId, stage: 'before', source: 'camera', mime: 'image/jpeg' } as const;
  await keepOriginal(database, photo, new ArrayBuffer(8));
  const facts = { mime: 'image/jpeg', sha256: 'a'.repeat(64), previewable: true };
  await keepProcessed(database, id, { bytes: new ArrayBuffer(4), ...facts });
  return id;
}

async function act<Kind extends ChangeKindName>(
  tablet: Employee,
  kind: Kind,
  facts: FactsOf<Kind> & { recordId: RecordId }
): Promise<void> {
  nowMs += minute;
  expect(await recordAct(tablet.author, kind, facts, tablet.at())).toEqual({ verdict: 'allowed' });
}

async function atDesk(...acts: DeskAct[]): Promise<void> {
  for (const one of acts)
    expect(await makeChanges(office.store, sessionOf(wang), community, [one], now())).toEqual({ ok: true });
}

async function sync(...tablets: Employee[]): Promise<void> {
  for (const tablet of tablets) {
    nowMs += minute;
    expect((await tablet.sync()).outcome).toBe('done');
  }
}

/** It learns of the restored store; then the link is gone. */
async function pullAlone({ link, sync }: Employee): Promise<void> {
  let requests = 0;
  link.weather = () => (requests++ ? 'lost' : 'fair');
  await sync();
  link.weather = () => 'fair';
}

const records = async () =>
  (await office.store.connection.selectFrom('record').select('body').orderBy('id').execute()).map(
    rowToRecord
  );
const log = () => office.store.connection.selectFrom('change').selectAll().orderBy('sequence').execute();

/** Everything about the records but when, which a rebuilt one keeps as well. */
const byId = (list: Awaited<ReturnType<typeof records>>) =>
  Object.fromEntries(list.map((record) => [record.id, record]));

async function showsTheOffice(...tablets: Employee[]) {
  for (const { database, person, at } of tablets)
    expect(await tabletView(database)).toEqual(await officeViewFor(office.store, person, at()));
}

test('a link that breaks under a long request gets the lost day back in shorter ones', async () => {
  const { li, backup } = await backedUp();
  for (let count = 1; count <= 12; count++) await save(li, `今天第 ${count} 条`);
  await sync(li);
  const before = await records();
  await putBack(backup);
  const { postLines } = li.context.transport;
  li.context.transport.postLines = (path, text, schema) =>
    path.endsWith('/hand-back') && text.split('\n').length > 4
      ? Promise.resolve({ status: 'away' })
      : postLines(path, text, schema);
  let window = firstWindow;
  for (let run = 0; run < 12; run++) ({ window } = await synchronize(li.context, window));
  expect(byId(await records())).toEqual(byId(before));
});

test('what the tablets had handed in comes back as it was, at the same time and in the same order', async () => {
  const li = await employ('李平');
  const first = await save(li, '昨天');
  await sync(li);
  const backup = await backUp();
  await act(li, 'comment-added', { recordId: first, text: '今天早上' });
  const second = await save(li, '今天');
  await act(li, 'follow-up-noted', { recordId: second, whom: '物业', channel: 'call', promise: '明天来' });
  await sync(li);
  const before = byId(await records());
  const logged = await log();
  await putBack(backup);
  await sync(li);
  expect(byId(await records())).toEqual(before);
  const again = await log();
  expect(again.map(({ id, body, received_at }) => [id, body, received_at])).toEqual(
    logged.map(({ id, body, received_at }) => [id, body, received_at])
  );
  expect(new Set(await onePlaceEach(li.database))).toEqual(new Set(['accepted']));
  expect(await li.database.toHandBack.count()).toBe(0);
  await showsTheOffice(li);
  // And once is enough.
  await sync(li);
  expect(await log()).toHaveLength(again.length);
});

test('what is new on the tablet is sent after what it builds on has come back', async () => {
  const li = await employ('李平');
  await save(li, '昨天');
  await sync(li);
  const backup = await backUp();
  const lost = await save(li, '今天');
  await sync(li);
  await putBack(backup);
  await act(li, 'comment-added', { recordId: lost, text: '还没上报的一句' });
  await sync(li);
  expect((await onePlaceEach(li.database)).every((place) => place === 'accepted')).toBe(true);
  expect(byId(await records())[lost]).toMatchObject({ text: '今天', comments: [{ text: '还没上报的一句' }] });
  await showsTheOffice(li);
});

test('acts of the desk come back where a tablet had been told of them, case number and limit included', async () => {
  const li = await employ('李平');
  const issue = await save(li, '路灯不亮');
  await sync(li);
  const backup = await backUp();
  const caseId = newId<RecordId>();
  await atDesk(
    { kind: 'record-opened', facts: { recordId: issue } },
    { kind: 'case-opened', facts: { recordId: caseId, subjectId: issue, afterPhoto: 'no' } },
    { kind: 'case-dispatched', facts: { recordId: caseId, unit: office.unit, instruction: '今天处理' } }
  );
  await sync(li);
  const told = byId(await records());
  expect(told[caseId]).toMatchObject({ number: '长天路-2026-0001', dueAt: expect.any(String) as string });
  // This one no tablet has heard of.
  await atDesk({ kind: 'comment-added', facts: { recordId: issue, text: '没有人看到' } });
  await putBack(backup);
  await sync(li);
  expect(byId(await records())).toEqual(told);
  await showsTheOffice(li);
  // No number is given twice.
  const next = await save(li, '又一条');
  await sync(li);
  const other = newId<RecordId>();
  await atDesk({ kind: 'case-opened', facts: { recordId: other, subjectId: next, afterPhoto: 'no' } });
  expect((byId(await records())[other] as Case).number).not.toBe('长天路-2026-0001');
});

test('a case of an older store, which did not write down what it gave, keeps number and limit when it is built anew', async () => {
  const { li, chen, issue } = await backedUp();
  const caseId = newId<RecordId>();
  await atDesk(
    { kind: 'case-opened', facts: { recordId: caseId, subjectId: issue, afterPhoto: 'no' } },
    { kind: 'case-dispatched', facts: { recordId: caseId, unit: office.unit, instruction: '今天处理' } }
  );
  await office.store.connection.updateTable('change').set({ settled: null }).execute();
  await sync(li, chen);
  const backup = await backUp();
  await act(chen, 'comment-added', { recordId: issue, text: '一' });
  await sync(chen);
  const { number, dueAt } = byId(await records())[caseId] as Case;
  await putBack(backup);
  await noticeRestore(office.store, community, await loadCursor(chen.database, community), now());
  await atDesk({ kind: 'comment-added', facts: { recordId: issue, text: '二' } });
  await sync(chen);
  const rebuilt = byId(await records());
  expect(rebuilt[issue]).toMatchObject({ comments: [{ text: '一' }, { text: '二' }] });
  expect(rebuilt[caseId]).toMatchObject({ number, dueAt });
});

test('whoever comes first, what depends on another tablet waits for it, and the records end in their old order', async () => {
  const { li, chen, backup } = await backedUp();
  const issue = await save(li, '原文');
  await sync(li, chen);
  await act(chen, 'comment-added', { recordId: issue, text: '一' });
  await sync(chen);
  await atDesk({ kind: 'detail-requested', facts: { recordId: issue, reason: '哪一栋？' } });
  await sync(li);
  await act(li, 'report-amended', { recordId: issue, edits: { text: { from: '原文', to: '五栋' } } });
  await sync(li, chen);
  const before = byId(await records());
  await putBack(backup);
  // 陈兰 holds her comment and was told of all that was done, but not the report itself.
  await sync(chen);
  expect(byId(await records())[issue]).toBeUndefined();
  expect((await chen.database.records.get(issue))?.record).toBeDefined();
  await sync(li);
  nowMs += 15 * minute;
  await sync(chen, li);
  expect(await chen.database.toHandBack.count()).toBe(0);
  expect(byId(await records())).toEqual(before);
  await showsTheOffice(li, chen);
});

test('two tablets that knew nothing of each other bring a record’s changes back in their old order', async () => {
  const { li, chen, issue, backup } = await backedUp();
  await act(chen, 'comment-added', { recordId: issue, text: '一' });
  await sync(chen);
  await act(li, 'comment-added', { recordId: issue, text: '二' });
  await push(li.context, firstWindow);
  const before = byId(await records());
  expect(before[issue]).toMatchObject({ comments: [{ text: '一' }, { text: '二' }] });
  await putBack(backup);
  await sync(li, chen, li);
  expect(byId(await records())).toEqual(before);
  await showsTheOffice(li, chen);
});

test('what came back in words only makes way for the bytes its own tablet made', async () => {
  const { li, chen, issue, backup } = await backedUp('原文');
  await act(chen, 'comment-added', { recordId: issue, text: '一' });
  await sync(chen, li);
  const logged = (await log()).at(-1)!;
  await putBack(backup);
  await sync(li);
  expect((await log()).at(-1)).toMatchObject({ id: logged.id, is_retold: 1 });
  await sync(chen);
  expect((await log()).at(-1)).toMatchObject({
    id: logged.id,
    is_retold: 0,
    sha256: logged.sha256,
    body: logged.body
  });
  await showsTheOffice(li, chen);
});

test('a store that has gone on before anybody noticed is found out by what stands in its log', async () => {
  const li = await employ('李平');
  const chen = await employ('陈兰');
  await save(li, '昨天');
  await sync(li);
  const backup = await backUp();
  const lost = await save(li, '今天');
  await sync(li);
  await putBack(backup);
  // A tablet that had never read from the other life hands in as much as was lost, and more.
  for (let count = 0; count < 3; count++) await save(chen, `新的 ${count}`);
  await sync(chen);
  await sync(li, chen);
  expect(byId(await records())).toHaveProperty(lost);
  await showsTheOffice(li, chen);
});

test('a picture that a restored office did not know before anybody knew is offered again at once', async () => {
  const li = await employ('李平');
  const id = await save(li, '有照片');
  const photoId = await takePicture(li, id);
  await sync(li);
  await notePhotoFailure(li.database, (await li.database.photos.get(photoId))!, nowMs);
  expect((await li.database.photos.get(photoId))?.tryAgainAt).toBeDefined();
  await beginNewLife(office.store, now());
  await sync(li);
  expect((await li.database.photos.get(photoId))?.tryAgainAt).toBeUndefined();
});

test('two requests that find it out at once begin one new life', async () => {
  const li = await employ('李平');
  const backup = await backUp();
  await save(li, '备份之后');
  await sync(li);
  const cursor = await loadCursor(li.database, community);
  await putBack(backup);
  const { connection, epoch } = office.store;
  for (let turns = 0; turns < 400; turns++) {
    await connection.updateTable('store').set({ epoch }).execute();
    office.store.epoch = epoch;
    const notice = () => noticeRestore(office.store, community, cursor, now());
    const first = notice().then(() => office.store.epoch);
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    await notice();
    expect(office.store.epoch, `the second after ${turns} turns`).toBe(await first);
    expect(await first).not.toBe(epoch);
  }
});

test('without a true seal a change is judged like any other, and what was only told is not believed', async () => {
  const { li, chen, issue: first, backup } = await backedUp();
  await act(chen, 'comment-added', { recordId: first, text: '一' });
  const lost = await save(li, '今天');
  await sync(chen, li);
  await putBack(backup);
  const run = (await li.database.receipts.orderBy('from').last())!;
  await li.database.receipts.update(run.from, { seals: run.seals.map(() => 'AAAAAAAAAAAAAAAA') });
  await li.database.records.update(first, (shown) => {
    shown.history = shown.history.map((entry) => ({
      ...entry,
      facts: { ...entry.facts, text: '不是她说的' }
    }));
  });
  await sync(li);
  expect(byId(await records())[first]).toMatchObject({ comments: [] });
  expect(byId(await records())[lost]).toMatchObject({ text: '今天' });
  const [entered] = (await log()).slice(-1);
  expect(entered).toMatchObject({ earlier_sequence: null });
  expect(entered!.received_at > run.receivedAt).toBe(true);
  await showsTheOffice(li);
});

test('a store that is restored once more while a tablet hands back is handed back to all the same', async () => {
  const { li, chen, backup } = await backedUp();
  const issue = await save(li, '今天');
  await sync(li, chen);
  await act(chen, 'comment-added', { recordId: issue, text: '一' });
  await sync(chen);
  const before = byId(await records());
  await putBack(backup);
  // Her line waits for his report, and then the wrong backup is replaced.
  await sync(chen);
  expect(await chen.database.toHandBack.count()).toBeGreaterThan(0);
  await beginNewLife(office.store, now());
  nowMs += 15 * minute;
  await sync(chen, li);
  nowMs += 15 * minute;
  await sync(chen, li);
  expect(byId(await records())).toEqual(before);
  await showsTheOffice(li, chen);
});

test('what is new on somebody’s lost record waits until that has come back', async () => {
  const { li, chen, backup } = await backedUp();
  const lost = await save(li, '今天');
  await sync(li, chen);
  await act(chen, 'comment-added', { recordId: lost, text: '还没上报的一句' });
  await putBack(backup);
  await chen.sync();
  expect(await onePlaceEach(chen.database)).toEqual(['deferred']);
  await sync(li);
  nowMs += 15 * minute;
  await sync(chen, li);
  expect(byId(await records())[lost]).toMatchObject({ comments: [{ text: '还没上报的一句' }] });
  await showsTheOffice(li, chen);
  // When the fortnight is over, what nobody has is unknown for good.
  const nowhere = newId<RecordId>();
  const { body } = await makeChange(
    chen.author,
    'comment-added',
    { recordId: nowhere, text: '没有的' },
    chen.at(),
    1
  );
  const send = (at: string) =>
    receive(office.store, { actor: chen.person, device: chen.author.device }, [body], at);
  expect(await send(now())).toMatchObject([{ status: 'deferred' }]);
  nowMs += 15 * 24 * 60 * minute;
  expect(await send(now())).toMatchObject([{ status: 'refused', refusal: { code: 'unknown-record' } }]);
});

test('a line that comes back late is told to the tablet that brought it', async () => {
  const { li, chen, backup } = await backedUp();
  const issue = await save(li, '今天');
  await sync(li, chen);
  await act(chen, 'comment-added', { recordId: issue, text: '一' });
  await sync(chen);
  await putBack(backup);
  await sync(chen, li);
  // She reads the report anew before her own line has its turn again.
  await sync(chen);
  nowMs += 15 * minute;
  await sync(chen);
  expect(byId(await records())[issue]).toMatchObject({ comments: [{ text: '一' }] });
  await showsTheOffice(chen);
});

test('what came back in words only makes way for nothing else than what it said', async () => {
  const { li, chen, issue, backup } = await backedUp('原文');
  await act(chen, 'comment-added', { recordId: issue, text: '一' });
  await sync(chen, li);
  await putBack(backup);
  await sync(li);
  const { id, body } = (await log()).at(-1)!;
  const sender = { actor: li.person, device: li.author.device };
  const told = JSON.parse(body) as { facts: object };
  const forgeries = [
    { ...told, author: li.person.account },
    { ...told, author: li.person.account, facts: { recordId: issue, text: '不是她说的' } },
    { ...told, facts: { recordId: issue, text: '不是她说的' } }
  ];
  for (const forged of forgeries) {
    const [receipt] = await receive(office.store, sender, [JSON.stringify(forged)], now());
    expect(receipt).toMatchObject({ status: 'refused' });
  }
  expect((await log()).at(-1)).toMatchObject({ id, body, is_retold: 1 });
});

test('an erased record’s words do not come back with the bytes of what was told of it', async () => {
  const { li, chen, issue, backup } = await backedUp('原文');
  await act(chen, 'comment-added', { recordId: issue, text: '一' });
  await sync(chen, li);
  await putBack(backup);
  await sync(li);
  await eraseRecord(office.store, community, issue, now());
  nowMs += 15 * minute;
  await sync(chen, li);
  expect((await log()).filter(({ body }) => body !== '')).toEqual([]);
  await showsTheOffice(li, chen);
});

test('a picture is offered again though its record left with its grid', async () => {
  const li = await employ('李平');
  await save(li, '昨天');
  await sync(li);
  const backup = await backUp();
  const recordId = newId<RecordId>();
  const id = await takePicture(li, recordId);
  nowMs += minute;
  await li.save({ id: recordId, text: '今天', photoIds: [id] }, gridOne);
  await li.sync();
  await markPhotoStored(li.database, id, now());
  li.person.grants = [{ role: 'gridWorker', area: `${community}002` }];
  await li.sync();
  expect(await li.database.records.get(recordId)).toBeUndefined();
  expect(await li.database.photos.get(id)).toMatchObject({ state: 'stored' });
  await putBack(backup);
  await li.sync();
  expect(await li.database.photos.get(id)).toMatchObject({ state: 'ready' });
});

test('a picture goes as soon as its own declaration is back, whatever else of its record waits', async () => {
  const { li, chen, issue, backup } = await backedUp();
  await act(chen, 'comment-added', { recordId: issue, text: '陈兰今天记的' });
  const other = await save(chen, '陈兰的另一条');
  await sync(chen, li);
  await act(li, 'reports-linked', { recordId: issue, otherId: other });
  const id = await takePicture(li, issue);
  await declarePhotos(li.author, li.at());
  await li.sync();
  await li.database.records.delete(other);
  await putBack(backup);
  await li.sync();
  expect((await li.database.toHandBack.toArray()).length).toBeGreaterThan(0);
  expect((await listPhotosToUpload(li.database, nowMs + 24 * 60 * minute)).map((one) => one.id)).toEqual([
    id
  ]);
});

test('a picture whose bytes the office still has is there again with its declaration, whoever brings that', async () => {
  const { li, chen, issue, backup } = await backedUp();
  const id = await takePicture(li, issue);
  await declarePhotos(li.author, li.at());
  // Its bytes find no way here.
  await li.sync();
  await chen.sync();
  await putBack(backup);
  const place = placeOf(office.store, { id, community });
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, new Uint8Array(4));
  await chen.sync();
  expect(byId(await records())[issue]).toMatchObject({
    photos: [{ id, storedAt: expect.any(String) as string }]
  });
});

test('a picture that came after its declaration was backed up is there again, though its tablet has it no more', async () => {
  const { li, issue } = await backedUp();
  const id = await takePicture(li, issue);
  await declarePhotos(li.author, li.at());
  await li.sync();
  const backup = await backUp();
  await markPhotoStored(li.database, id, now());
  await li.database.pictures.clear();
  await act(li, 'comment-added', { recordId: issue, text: '备份之后的' });
  await sync(li);
  await putBack(backup);
  const place = placeOf(office.store, { id, community });
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, new Uint8Array(4));
  await sync(li);
  expect(byId(await records())[issue]).toMatchObject({
    photos: [{ id, storedAt: expect.any(String) as string }]
  });
});

test('what the office has lost counts as arrived only once it is back', async () => {
  const { li, backup } = await backedUp();
  const lost = await save(li, '今天');
  await sync(li);
  const isArrived = async () => !(await loadPending(li.database, [lost])).unsent.has(lost);
  expect(await isArrived()).toBe(true);
  await putBack(backup);
  await pullAlone(li);
  expect(await isArrived()).toBe(false);
  await sync(li);
  expect(await isArrived()).toBe(true);
});

test('who takes part no more hands nothing back, keeps nobody’s words, and sends what is theirs', async () => {
  const { li, chen, issue, backup } = await backedUp();
  await act(chen, 'comment-added', { recordId: issue, text: '陈兰今天说的' });
  await sync(chen, li);
  const id = await takePicture(li, issue);
  await declarePhotos(li.author, li.at());
  await li.sync();
  await putBack(backup);
  await pullAlone(li);
  expect(await li.database.toHandBack.count()).toBeGreaterThan(0);
  li.person.grants = [];
  await li.sync();
  expect(await li.database.toHandBack.count()).toBe(0);
  expect((await listPhotosToUpload(li.database, nowMs)).map((one) => one.id)).toEqual([id]);
});

test('a picture that was all the office lost is offered again', async () => {
  const li = await employ('李平');
  const recordId = newId<RecordId>();
  const id = await takePicture(li, recordId);
  await li.save({ id: recordId, text: '昨天', photoIds: [id] }, gridOne);
  await li.sync();
  const backup = await backUp();
  await atDesk({ kind: 'comment-added', facts: { recordId, text: '记下照片到了的那一条' } });
  const head = (await loadHead(office.store, community))!;
  await markPhotoStored(li.database, id, now(), { [community]: head });
  // Its small one had not got through: it waits for the declaration now, and is offered with it.
  await saveSetting(li.database, 'thumbnailsLeft', [id]);
  await putBack(backup);
  await li.sync();
  expect(await li.database.photos.get(id)).toMatchObject({ state: 'ready' });
  expect(await listThumbnailsLeft(li.database)).toEqual([]);
});

test('who took part no more, and does again in yesterday’s office, hands back what it had accepted', async () => {
  const { li, issue, backup } = await backedUp();
  await act(li, 'comment-added', { recordId: issue, text: '今天说的' });
  await sync(li);
  const { grants } = li.person;
  li.person.grants = [];
  await sync(li);
  expect(await li.database.records.count()).toBe(0);
  await putBack(backup);
  li.person.grants = grants;
  await sync(li, li);
  expect((await li.database.records.get(issue))?.record).toMatchObject({ comments: [{ text: '今天说的' }] });
});

test('a place that was told is never told back', async () => {
  const li = await employ('李平');
  await save(li, '一条');
  await sync(li);
  const { database } = li;
  const places = () => loadPlaces(database, [community]);
  const note = (place: { epoch: string; sequence: number }) => noteAhead(database, { [community]: place });
  const { epoch, sequence } = (await loadCursor(database, community))!;
  await note({ epoch, sequence: sequence + 5 });
  await note({ epoch, sequence: sequence + 2 });
  await note({ epoch: 'another life', sequence: sequence + 9 });
  expect((await places())[community]).toMatchObject({ epoch, sequence: sequence + 5 });

  const { grants } = li.person;
  for (const present of [[], grants, []]) {
    li.person.grants = present;
    await li.sync();
  }
  expect((await places())[community]).toMatchObject({ epoch, sequence: sequence + 5 });
  expect(await loadPlaces(database, [])).toEqual({});
  // Of a community that was left an older store may say anything.
  await note({ epoch, sequence: sequence + 20 });
  expect((await places())[community]).toMatchObject({ epoch, sequence: sequence + 5 });
});

test('a forged mark begins no new life', async () => {
  const li = await employ('李平');
  await save(li, '一条');
  await sync(li);
  const { epoch } = office.store;
  const key = `cursor-${community}`;
  const cursor = (await li.database.settings.get(key))!.value as { mark: string };
  for (const mark of [cursor.mark, `${newId()}${cursor.mark.slice(36)}`]) {
    await li.database.settings.put({ key, value: { ...cursor, sequence: 99, mark } });
    await li.sync();
  }
  expect(office.store.epoch).toBe(epoch);
});

test('nor does a true one of an earlier life', async () => {
  const li = await employ('李平');
  await save(li, '一条');
  await sync(li);
  const key = `cursor-${community}`;
  const old = (await li.database.settings.get(key))!.value as { mark: string };
  const [changeId = ''] = old.mark.split('.');
  expect(old.mark).toBe(markOf(office.store, community, 1, changeId));
  await beginNewLife(office.store, now());
  const { epoch } = office.store;
  await noticeRestore(office.store, community, { ...old, epoch, sequence: 9 }, now());
  await office.store.connection.updateTable('change').set({ id: newId() }).execute();
  await noticeRestore(office.store, community, { ...old, epoch, sequence: 1 }, now());
  expect(office.store.epoch).toBe(epoch);
});

test('what was handed back and is lost once more before anybody read it is handed back again', async () => {
  const { li, issue, backup } = await backedUp();
  await act(li, 'comment-added', { recordId: issue, text: '今天说的' });
  await sync(li);
  await putBack(backup);
  await beginNewLife(office.store, now());
  const again = await backUp();
  li.link.pageSize = undefined;
  // It is cut off after each hand-back, and has read nothing of the new life.
  const post = li.context.transport.postJson;
  let pulls = 0;
  li.context.transport.postJson = (...request) =>
    pulls++ === 0 ? post(...request) : Promise.resolve({ status: 'away' });
  await li.sync();
  expect(await li.database.toHandBack.count()).toBe(0);
  li.context.transport.postJson = post;
  await putBack(again);
  await sync(li);
  expect(await records()).toMatchObject([{ id: issue, comments: [{ text: '今天说的' }] }]);
});

test('what was never lost keeps its order, though the office’s clock was set back in between', async () => {
  const li = await employ('李平');
  const chen = await employ('陈兰');
  const issue = await save(li, '昨天');
  await sync(li, chen);
  await atDesk({ kind: 'detail-requested', facts: { recordId: issue, reason: '哪一层？' } });
  nowMs -= 10 * minute;
  await sync(li);
  await act(li, 'report-amended', { recordId: issue, edits: { text: { from: '昨天', to: '三层' } } });
  await sync(li);
  const [answered] = await records();
  expect(answered).toMatchObject({ state: 'reported' });
  const backup = await backUp();
  nowMs += 60 * minute;
  await act(chen, 'comment-added', { recordId: issue, text: '我也看到了' });
  await sync(chen);
  await putBack(backup);
  await sync(chen);
  expect(await records()).toMatchObject([
    { state: 'reported', text: '三层', comments: [{ text: '我也看到了' }] }
  ]);
});

test('a case is told anew where its report turns out to have been another when it was opened', async () => {
  const li = await employ('李平');
  const issue = await save(li, '昨天');
  await sync(li);
  const backup = await backUp();
  await act(li, 'report-amended', { recordId: issue, edits: { communityOnly: { from: false, to: true } } });
  await sync(li);
  await putBack(backup);
  await beginNewLife(office.store, now());
  const opened = { recordId: newId<RecordId>(), subjectId: issue, afterPhoto: 'no' as const };
  await atDesk({ kind: 'case-opened', facts: opened });
  const officer = await employ('小王', 'communityOfficer', community);
  const colleague = await employ('小赵');
  await sync(officer, colleague);
  const caseOn = async (tablet: Employee) => (await tablet.database.records.get(opened.recordId))?.record;
  expect(await caseOn(officer)).toMatchObject({ communityOnly: false });
  expect(await caseOn(colleague)).toBeDefined();
  await sync(li, officer, colleague);
  expect(await caseOn(officer)).toMatchObject({ communityOnly: true });
  expect(await caseOn(colleague)).toBeUndefined();
  await showsTheOffice(officer, colleague);
  // It is no word of the case's own history.
  const { history } = (await officer.database.records.get(opened.recordId))!;
  expect(history.map(({ kind }) => kind)).toEqual([]);
});

test('a cursor from before there were marks gets one though nothing is new', async () => {
  const li = await employ('李平');
  await save(li, '昨天');
  await sync(li);
  const { mark, ...unmarked } = (await loadCursor(li.database, community))!;
  const request = { protocol: protocolVersion, device: li.author.device, community, cursor: unmarked };
  expect((await pull(office.store, li.person, request, now()))?.cursor.mark).toBe(mark);
});

test('an app that met the restored office as an older one is asked once it knows of that', async () => {
  const li = await employ('李平');
  const id = await save(li, '昨天');
  await sync(li);
  await beginNewLife(office.store, now());
  const request = { protocol: 2, device: newId<DeviceId>(), community };
  const read = (await pull(office.store, li.person, request, now()))!;
  expect(read.rows.map(({ record }) => record.id)).toEqual([id]);
  const updated = { ...request, protocol: protocolVersion };
  const asked = (await pull(office.store, li.person, { ...updated, cursor: read.cursor }, now()))!;
  expect(asked.anew).toBe('restored');
  const anew = (await pull(office.store, li.person, { ...updated, cursor: asked.cursor }, now()))!;
  expect(anew.rows.map(({ record }) => record.id)).toEqual([id]);
  expect(await pull(office.store, li.person, { ...updated, cursor: anew.cursor }, now())).not.toHaveProperty(
    'anew'
  );
});

test('a tablet of protocol 2 reads everything anew and is asked for nothing', async () => {
  const li = await employ('李平');
  const id = await save(li, '昨天');
  await sync(li);
  const request = { protocol: 2, device: newId<DeviceId>(), community };
  const { cursor } = (await pull(office.store, li.person, request, now()))!;
  expect(cursor).not.toHaveProperty('mark');
  await beginNewLife(office.store, now());
  const reply = (await pull(office.store, li.person, { ...request, cursor }, now()))!;
  expect(reply).not.toHaveProperty('anew');
  expect(reply.rows.map(({ record }) => record.id)).toEqual([id]);
});
