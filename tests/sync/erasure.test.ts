// Step 12: a record erased at the office, and the tablets that hold it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withdrawTrouble } from '../../src/lib/data/give-up';
import { listUnsent } from '../../src/lib/data/outbox';
import { loadCursor, loadPlaces, startAnew } from '../../src/lib/data/pulled';
import { recordAct } from '../../src/lib/data/record';
import { takeIn } from '../../src/lib/data/take-in';
import { msToInstant } from '../../src/lib/domain/instant';
import type { DeviceId, RecordId } from '../../src/lib/domain/ids';
import { firstProtocolWithScopes } from '../../src/lib/protocol/version';
import { eraseRecord, findRecords } from '../../src/lib/server/erase';
import { receive } from '../../src/lib/server/receive';
import { sweep } from '../../src/lib/server/retention';
import { pull } from '../../src/lib/server/serve';
import { firstWindow } from '../../src/lib/sync/plan';
import { pull as pullPages } from '../../src/lib/sync/pull';
import { push } from '../../src/lib/sync/push';
import { rebase } from '../../src/lib/sync/rebase';
import { newId } from '../support/changes';
import { community, gridOne, hire, openOffice } from '../support/office';
import { openTablet } from '../support/tablet';

let office: Awaited<ReturnType<typeof openOffice>>;
let li: Awaited<ReturnType<typeof openTablet>>;
let chen: Awaited<ReturnType<typeof openTablet>>;
let wang: Awaited<ReturnType<typeof hire>>;
let nowMs = Date.parse('2026-11-20T01:00:00.000Z');
const day = 86_400_000;
const secret = '三楼张婆婆一个人住';

beforeEach(async () => {
  nowMs = Date.parse('2026-11-20T01:00:00.000Z');
  office = await openOffice();
  const { store } = office;
  const employ = async (name: string) =>
    openTablet(store, await hire(store, name, [{ role: 'gridWorker', area: gridOne }]), () => nowMs);
  li = await employ('李平');
  chen = await employ('陈兰');
  wang = await hire(store, '王丽', [{ role: 'communityOfficer', area: community }]);
});
afterEach(() => office.close());

const now = () => msToInstant(nowMs);

async function save(tablet = li): Promise<RecordId> {
  await tablet.save({ text: secret }, gridOne);
  return (await tablet.database.records.orderBy('id').last())!.id;
}

/** At the desk, with a question about it. */
async function openCase(subjectId: RecordId, recordId: RecordId, text = '？'): Promise<void> {
  const head = { shape: 1, community, author: wang.account, device: newId(), at: now(), baseVersion: 1 };
  const opened = { recordId, subjectId, afterPhoto: 'no' };
  await receive(
    office.store,
    { actor: wang, device: newId() },
    [
      JSON.stringify({ ...head, id: newId(), kind: 'case-opened', facts: opened }),
      JSON.stringify({ ...head, id: newId(), kind: 'comment-added', facts: { recordId, text } })
    ],
    now()
  );
}

const comment = (tablet: typeof li, recordId: RecordId, text = secret) =>
  recordAct(tablet.author, 'comment-added', { recordId, text }, tablet.at());

async function dumpOf({ database }: typeof li): Promise<string> {
  return JSON.stringify(await Promise.all(database.tables.map((table) => table.toArray())));
}

/** Every row of every table of the office. */
async function dumpOfOffice(): Promise<string> {
  const tables = ['record', 'change', 'touch', 'outcome', 'photo', 'erased'] as const;
  const rows = tables.map((table) => office.store.connection.selectFrom(table).selectAll().execute());
  return JSON.stringify(await Promise.all(rows));
}

const bodiesOf = async () => (await li.database.outbox.toArray()).map((row) => row.body);
const resend = (bodies: readonly string[]) =>
  receive(
    office.store,
    {
      actor: { account: li.author.account, grants: [{ role: 'gridWorker', area: gridOne }] },
      device: li.author.device
    },
    bodies,
    now()
  );

describe('an erased record', () => {
  test('is gone at the office and, with the next pull, on every tablet', async () => {
    const id = await save();
    const other = await save();
    await comment(li, id);
    await li.sync();
    await chen.sync();
    expect(await dumpOf(chen)).toContain(id);
    expect(await eraseRecord(office.store, community, id, now())).toEqual([id]);
    await li.sync();
    await chen.sync();
    for (const tablet of [li, chen]) {
      expect(await tablet.database.records.toCollection().primaryKeys()).toEqual([other]);
      // Nothing but its id, for the day an old lifeline file brings it here again.
      expect((await tablet.database.settings.get('erased'))?.value).toEqual([id]);
      await tablet.database.settings.delete('erased');
      expect(await dumpOf(tablet)).not.toContain(id);
    }
    const log = await office.store.connection.selectFrom('change').selectAll().execute();
    expect(log.map(({ sequence, body }) => [sequence, body !== ''])).toEqual([
      [1, false],
      [2, true],
      [3, false],
      [4, false]
    ]);
    expect(await eraseRecord(office.store, community, id, now())).toEqual([]);
  });

  test('takes its case along, and what was said of it', async () => {
    const id = await save();
    await li.sync();
    const caseId = newId<RecordId>();
    await openCase(id, caseId, secret);
    expect((await eraseRecord(office.store, community, caseId, now())).sort()).toEqual([id, caseId].sort());
    expect(await dumpOfOffice()).not.toContain(secret);
  });

  test('does not come back with a replay, with a late copy or with new work on it', async () => {
    const id = await save();
    await li.sync();
    const bodies = await bodiesOf();
    await chen.sync();
    await comment(chen, id, '我也看到了');
    await eraseRecord(office.store, community, id, now());
    expect(await resend(bodies)).toMatchObject([{ status: 'accepted', sequence: 1, records: [] }]);
    const again = bodies.map((body) => JSON.stringify({ ...(JSON.parse(body) as object), id: newId() }));
    expect(await resend(again)).toMatchObject([{ status: 'refused', refusal: { code: 'record-erased' } }]);
    await chen.sync();
    const [item] = await listUnsent(chen.database);
    expect(item?.changes).toMatchObject([{ trouble: { refusal: { code: 'record-erased' } } }]);
    expect(await chen.database.records.count()).toBe(0);
    expect(await dumpOfOffice()).not.toContain(secret);
    // The person was told, and may let it go.
    await withdrawTrouble(chen.database, item!.changes[0]!.id, (bases, unsent) =>
      rebase(bases, unsent, chen.author.rulesOf)
    );
    expect(await listUnsent(chen.database)).toEqual([]);
  });

  test('is a tombstone for a tablet of protocol 1 as well', async () => {
    const id = await save();
    await li.sync();
    await chen.sync();
    const cursor = await loadCursor(chen.database, community);
    await eraseRecord(office.store, community, id, now());
    const actor = { account: chen.author.account, grants: [{ role: 'gridWorker' as const, area: gridOne }] };
    const request = { device: chen.author.device, community, cursor };
    const old = await pull(office.store, actor, { ...request, protocol: 1 }, now());
    expect(old).toMatchObject({ leftScope: [id], rows: [] });
    expect(old).not.toHaveProperty('erased');
    const fresh = await pull(office.store, actor, { ...request, protocol: firstProtocolWithScopes }, now());
    expect(fresh).toMatchObject({ leftScope: [], erased: [id], rows: [] });
  });

  test('takes along what the office had taken before, though its receipt comes only now', async () => {
    const id = await save();
    await li.sync();
    await chen.sync();
    await comment(chen, id);
    const [said] = (await chen.database.outbox.toArray()).map((row) => row.body);
    // The answer to this one was lost.
    const actor = { account: chen.author.account, grants: [{ role: 'gridWorker' as const, area: gridOne }] };
    await receive(office.store, { actor, device: chen.author.device }, [said!], now());
    await eraseRecord(office.store, community, id, now());
    expect(await pullPages(chen.context, community)).toBe('done');
    await chen.sync();
    expect(await listUnsent(chen.database)).toEqual([]);
    expect(await chen.database.outbox.toArray()).toEqual([]);
  });

  test('is told to whom it was shown under other grants, and what they said of it goes', async () => {
    const person = await hire(office.store, '小赵', [{ role: 'gridWorker', area: gridOne }]);
    const zhao = await openTablet(office.store, person, () => nowMs);
    const id = await save();
    await li.sync();
    await zhao.sync();
    await comment(zhao, id);
    const own = await save(zhao);
    await zhao.sync();
    for (const one of [id, own]) await eraseRecord(office.store, community, one, now());
    person.grants = [{ role: 'gridWorker', area: `${community}002` }];
    await zhao.sync();
    expect(await dumpOf(zhao)).not.toContain(secret);
  });

  test('is told to whoever wrote on it, though it left their tablet before', async () => {
    const person = await hire(office.store, '小赵', [{ role: 'gridWorker', area: gridOne }]);
    const zhao = await openTablet(office.store, person, () => nowMs);
    const id = await save();
    await li.sync();
    await zhao.sync();
    await comment(zhao, id);
    await zhao.sync();
    person.grants = [{ role: 'gridWorker', area: `${community}002` }];
    await zhao.sync();
    expect(await zhao.database.records.get(id)).toBeUndefined();
    await eraseRecord(office.store, community, id, now());
    await zhao.sync();
    expect(await dumpOf(zhao)).not.toContain(secret);
  });

  test('is told with what was erased in one with it: the words may be on both', async () => {
    const person = await hire(office.store, '小赵', [{ role: 'gridWorker', area: gridOne }]);
    const zhao = await openTablet(office.store, person, () => nowMs);
    await li.save({ text: secret, solvedOnSpot: true }, gridOne);
    const id = (await li.database.records.orderBy('id').last())!.id;
    await li.sync();
    const caseId = newId<RecordId>();
    await openCase(id, caseId);
    await zhao.sync();
    const told = { recordId: id, caseId, words: secret };
    expect(await recordAct(zhao.author, 'resident-told', told, zhao.at())).toEqual({ verdict: 'allowed' });
    await zhao.sync();
    person.grants = [{ role: 'gridWorker', area: `${community}002` }];
    await zhao.sync();
    await eraseRecord(office.store, community, caseId, now());
    await zhao.sync();
    expect(await dumpOf(zhao)).not.toContain(secret);
  });

  test('that left a tablet lies there no more under a refused change, which keeps what it made alone', async () => {
    const person = await hire(office.store, '小赵', [{ role: 'gridWorker', area: gridOne }]);
    const zhao = await openTablet(office.store, person, () => nowMs);
    const id = await save();
    await li.sync();
    await zhao.sync();
    const opened = newId<RecordId>();
    const facts = { recordId: opened, subjectId: id, afterPhoto: 'no' as const };
    await recordAct(zhao.author, 'case-opened', facts, zhao.at());
    await zhao.sync();
    expect((await zhao.database.records.get(id))?.record).toMatchObject({ state: 'reported' });
    expect((await zhao.database.records.get(opened))?.record).toMatchObject({ subjectId: id });
    person.grants = [{ role: 'gridWorker', area: `${community}002` }];
    await zhao.sync();
    await eraseRecord(office.store, community, id, now());
    await zhao.sync();
    expect(await dumpOf(zhao)).not.toContain(secret);
    expect((await zhao.database.records.get(opened))?.record).toMatchObject({ subjectId: id });
  });

  test('is told to nobody who could not see it', async () => {
    const id = await save();
    await li.sync();
    const he = await hire(office.store, '小何', [{ role: 'gridWorker', area: `${community}002` }]);
    const request = { protocol: firstProtocolWithScopes, device: newId<DeviceId>(), community };
    const { cursor } = (await pull(office.store, he, request, now()))!;
    await eraseRecord(office.store, community, id, now());
    expect(await pull(office.store, he, { ...request, cursor }, now())).not.toHaveProperty('erased');
  });
});

test('what its receipts come for one by one is not made again by them', async () => {
  const id = await save();
  await comment(li, id);
  li.link.weather = () => 'answer-lost';
  await push(li.context, firstWindow);
  li.link.weather = () => 'fair';
  await eraseRecord(office.store, community, id, now());
  await pullPages(li.context, community);
  await push(li.context, { ...firstWindow, changes: 1 });
  await li.sync();
  expect(await li.database.records.count()).toBe(0);
  expect(await li.database.bases.count()).toBe(0);
  expect(await li.database.outbox.count()).toBe(0);
});

test('what an old lifeline file brings back goes with its receipt', async () => {
  const id = await save();
  await comment(li, id);
  await li.sync();
  const old = await li.database.outbox.toArray();
  await eraseRecord(office.store, community, id, now());
  await li.sync();
  expect(await dumpOf(li)).not.toContain(secret);
  await takeIn(li.database, { changes: old, drafts: [] }, (bases, unsent) =>
    rebase(bases, unsent, li.author.rulesOf)
  );
  expect(await dumpOf(li)).toContain(secret);
  await li.sync();
  expect(await dumpOf(li)).not.toContain(secret);
});

test('a report takes along every case that was opened on it', async () => {
  const id = await save();
  await li.sync();
  const row = () => office.store.connection.selectFrom('record').selectAll();
  const [report] = await row().execute();
  for (const caseId of [newId<RecordId>(), newId<RecordId>()])
    await office.store.connection
      .insertInto('record')
      .values({
        ...report!,
        id: caseId,
        kind: 'case',
        subject_id: id,
        body: JSON.stringify({
          ...(JSON.parse(report!.body) as object),
          id: caseId,
          kind: 'case',
          subjectId: id
        })
      })
      .execute();
  const [one] = await row().where('kind', '=', 'case').execute();
  expect(await eraseRecord(office.store, community, one!.id as RecordId, now())).toHaveLength(3);
  expect(await row().execute()).toEqual([]);
});

test('what only built a record anew is no change of it', async () => {
  const [id, other] = [await save(), await save()];
  await comment(li, other, '别的一条');
  await li.sync();
  await office.store.connection
    .insertInto('touch')
    .values({ community, sequence: 3, record_id: id, creates: 0, before_keys: null, is_rebuilt: 1 })
    .execute();
  await eraseRecord(office.store, community, id, now());
  const log = await office.store.connection.selectFrom('change').select('body').orderBy('sequence').execute();
  expect(log.map(({ body }) => body.includes('别的一条'))).toEqual([false, false, true, false]);
});

test('a number that several records have finds all of them', async () => {
  const ids = [await save(), await save()];
  await li.sync();
  await office.store.connection.updateTable('record').set({ number: '李平-1120-01' }).execute();
  expect((await findRecords(office.store, '李平-1120-01')).map(({ record }) => record.id)).toEqual(
    ids.sort()
  );
  expect(await findRecords(office.store, ids[1]!)).toHaveLength(1);
});

test('a new record is shown without its link to an erased one, which the office does not take', async () => {
  const erased = await save();
  await li.sync();
  await eraseRecord(office.store, community, erased, now());
  const id = await save();
  await recordAct(li.author, 'reports-linked', { recordId: id, otherId: erased }, li.at());
  expect((await li.database.records.get(id))?.record).toMatchObject({ linkedIds: [erased] });
  await pullPages(li.context, community);
  await li.sync();
  expect((await li.database.records.get(id))?.record).toMatchObject({ linkedIds: [], version: 1 });
});

test('a change that names two records goes when both are erased, one after the other', async () => {
  const [one, other] = [await save(), await save()];
  const facts = { recordId: one, otherId: other };
  expect(await recordAct(li.author, 'reports-linked', facts, li.at())).toEqual({ verdict: 'allowed' });
  await li.sync();
  for (const id of [one, other]) {
    expect(await li.database.outbox.where('recordIds').equals(other).count()).toBeGreaterThan(0);
    await eraseRecord(office.store, community, id, now());
    await li.sync();
  }
  expect(await li.database.outbox.count()).toBe(0);
});

describe('tombstones', () => {
  test('live a year; a tablet that stayed away longer reads everything anew, after it has handed in its work', async () => {
    const id = await save();
    await save();
    await li.sync();
    await chen.sync();
    const late = await save(chen);
    await eraseRecord(office.store, community, id, now());
    await li.sync();
    nowMs += 366 * day;
    await sweep(office.store, nowMs);
    expect(await office.store.connection.selectFrom('erased').selectAll().execute()).toEqual([]);
    // An older store may take the place of this one before it has read everything.
    const places = await loadPlaces(chen.database, [community]);
    await startAnew(chen.database, community, { epoch: office.store.epoch, sequence: 0 });
    expect(await loadPlaces(chen.database, [community])).toEqual(places);
    await chen.sync();
    const shown = await chen.database.records.toCollection().primaryKeys();
    expect(shown).toHaveLength(2);
    expect(shown).toContain(late);
    expect(shown).not.toContain(id);
    expect(await chen.database.settings.get(`unconfirmed-${community}`)).toBeUndefined();
    // Who was here meanwhile need not.
    const before = await loadCursor(li.database, community);
    await li.sync();
    expect(before!.sequence).toBeGreaterThan(0);
    expect(await li.database.records.count()).toBe(2);
  });

  test('that are younger are not forgotten', async () => {
    const id = await save();
    await li.sync();
    await chen.sync();
    await eraseRecord(office.store, community, id, now());
    nowMs += 364 * day;
    await sweep(office.store, nowMs);
    await chen.sync();
    expect(await chen.database.records.count()).toBe(0);
  });
});
