import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { correctRefused } from '../../src/lib/data/correct';
import { withdrawTrouble } from '../../src/lib/data/give-up';
import { listUnreceipted, listUnsent, setApart } from '../../src/lib/data/outbox';
import type { Rebase } from '../../src/lib/data/overlay';
import { keepOriginal } from '../../src/lib/data/photos';
import { recordAct } from '../../src/lib/data/record';
import { reportAmended } from '../../src/lib/domain/changes/report-amended';
import { commentAdded } from '../../src/lib/domain/changes/comment-added';
import type { ChangeId, DeviceId, PhotoId, RecordId } from '../../src/lib/domain/ids';
import type { Issue } from '../../src/lib/domain/report';
import { loadRecords } from '../../src/lib/server/records/records';
import { protocolVersion } from '../../src/lib/protocol/version';
import type { Sender } from '../../src/lib/server/batch';
import { senderOf } from '../../src/lib/server/carry';
import { receive } from '../../src/lib/server/receive';
import { firstWindow } from '../../src/lib/sync/plan';
import { push } from '../../src/lib/sync/push';
import { rebase } from '../../src/lib/sync/rebase';
import { synchronize } from '../../src/lib/sync/synchronize';
import { newId } from '../support/changes';
import { sessionOf } from '../support/desk';
import { community, gridOne, gridTwo, hire, openOffice } from '../support/office';
import { onePlaceEach } from '../support/places';
import { openTablet } from '../support/tablet';

let office: Awaited<ReturnType<typeof openOffice>>;
let li: Awaited<ReturnType<typeof openTablet>>;
let nowMs = Date.parse('2026-11-20T01:00:00.000Z');
const now = () => (nowMs += 10);
const minutes = (count: number) => (nowMs += count * 60_000);

beforeEach(async () => {
  office = await openOffice();
  li = await openTablet(
    office.store,
    await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]),
    now
  );
});
afterEach(() => {
  vi.restoreAllMocks();
  return office.close();
});

async function saveIssue(text: string, grid = gridOne): Promise<RecordId> {
  const known = new Set(await li.database.records.toCollection().primaryKeys());
  await li.save({ text }, grid);
  return (await li.database.records.toCollection().primaryKeys()).find((id) => !known.has(id))!;
}
const comment = (recordId: RecordId, text: string) =>
  recordAct(li.author, 'comment-added', { recordId, text }, li.at());
const shown = async (id: RecordId) => (await li.database.records.get(id))?.record as Issue;
const atOffice = async (id: RecordId) =>
  (await loadRecords(office.store.connection, community, [id])).get(id) as Issue | undefined;
const commentsOf = (issue: Issue | undefined) => issue?.comments.map(({ text }) => text);
const places = () => onePlaceEach(li.database);
const lay = (...[bases, unsent]: Parameters<Rebase>) => rebase(bases, unsent, li.author.rulesOf);
const correct = (id: ChangeId) => correctRefused(li.database, id, li.at(), lay);
const withdraw = async (index: number) => {
  const row = (await li.database.outbox.orderBy('order').toArray())[index]!;
  await withdrawTrouble(li.database, row.id, lay);
};

/** Makes the server, and not the tablet, fail on comments that say so. */
function poison(word: string) {
  const lawful = { ...commentAdded };
  vi.spyOn(commentAdded, 'apply').mockImplementation((facts, records, head, settled) => {
    if (settled && facts.text === word) throw new Error('poisoned');
    return lawful.apply(facts, records, head, settled);
  });
}

/** Answers pushes that say so with a failure; a request is seen whole, before anything of it is judged. */
function failOn(spoils: (text: string) => 'fault' | 'away' | false) {
  const post = li.context.transport.postLines;
  li.context.transport.postLines = (path, text, reply) => {
    const status = spoils(text);
    return status ? Promise.resolve({ status }) : post(path, text, reply);
  };
}

/** Counts the requests, and makes each as the weather says. */
function count(weather: (request: number) => ReturnType<typeof li.link.weather>) {
  let requests = 0;
  li.link.weather = () => weather(requests++);
  return () => requests;
}

describe('a change the server fails on', () => {
  test('lets the others through; what was done to its record later waits, and follows once it is mended', async () => {
    poison('毒');
    const [first, second] = [await saveIssue('一'), await saveIssue('二')];
    await comment(first, '毒');
    await comment(first, '后面');
    await comment(second, '好');
    const requests = count(() => 'fair');
    expect((await li.sync()).outcome).toBe('done');
    expect(requests()).toBeLessThan(5);
    expect(await places()).toEqual(['accepted', 'accepted', 'deferred', 'depends-on', 'accepted']);
    await comment(first, '更后面');
    await li.sync();
    expect((await places()).at(-1)).toBe('depends-on');
    expect(commentsOf(await shown(first))).toEqual(['毒', '后面', '更后面']);
    vi.restoreAllMocks();
    minutes(2);
    await li.sync();
    expect(await places()).toEqual(Array(6).fill('accepted'));
    expect(commentsOf(await atOffice(first))).toEqual(['毒', '后面', '更后面']);
    expect(commentsOf(await shown(first))).toEqual(['毒', '后面', '更后面']);
  });

  test('is set aside after the third time and then tried once a day', async () => {
    poison('毒');
    await comment(await saveIssue('一'), '毒');
    for (let round = 0; round < 3; round++) {
      await li.sync();
      minutes(10);
    }
    expect(await places()).toEqual(['accepted', 'set-aside']);
    const tries = vi.mocked(commentAdded.apply).mock.calls.filter(([, , , settled]) => settled).length;
    for (let hour = 0; hour < 20; hour++) {
      minutes(60);
      await li.sync();
    }
    expect(vi.mocked(commentAdded.apply).mock.calls.filter(([, , , settled]) => settled)).toHaveLength(tries);
    vi.restoreAllMocks();
    minutes(5 * 60);
    await li.sync();
    expect(await places()).toEqual(['accepted', 'accepted']);
  });

  test('as a whole is found out by halving, set aside in the end, and the others arrive', async () => {
    for (let index = 0; index < 9; index++) await saveIssue(index === 4 ? '毒' : `第 ${index} 条`);
    failOn((text) => text.includes('毒') && 'fault');
    for (let round = 0; round < 4; round++) {
      expect((await li.sync()).outcome).not.toBe('signed-out');
      minutes(10);
    }
    expect(await places()).toEqual(
      Array.from({ length: 9 }, (_, index) => (index === 4 ? 'set-aside' : 'accepted'))
    );
  });

  test('blames no change where it fails on all of them', async () => {
    const texts = ['一', '二', '三', '四', '五'];
    for (const text of texts) await saveIssue(text);
    const requests = count(() => 'fault');
    for (let round = 0; round < 10; round++) {
      expect((await li.sync()).outcome).toBe('away');
      minutes(10);
    }
    expect(requests()).toBeLessThan(100);
    expect(await places()).not.toContain('set-aside');
    expect(
      (await listUnsent(li.database)).flatMap(({ changes }) => changes.map(({ trouble }) => trouble))
    ).toEqual(texts.map(() => undefined));
    li.link.weather = () => 'fair';
    await li.sync();
    expect(await places()).toEqual(texts.map(() => 'accepted'));
  });

  test('is not blamed for it while it is the only one and nothing else is served either', async () => {
    await saveIssue('一');
    li.link.weather = () => 'fault';
    for (let round = 0; round < 5; round++) await li.sync();
    expect(await places()).toEqual(['outbox']);
    failOn((text) => text.includes('一') && 'fault');
    li.link.weather = () => 'fair';
    await li.sync();
    expect(await places()).toEqual(['deferred']);
  });
});

test('what a clock a year ahead put off has its turn when the clock is right again', async () => {
  poison('毒');
  nowMs += 365 * 86_400_000;
  await comment(await saveIssue('一'), '毒');
  await li.sync();
  expect(await places()).toEqual(['accepted', 'deferred']);
  nowMs -= 365 * 86_400_000;
  vi.restoreAllMocks();
  await li.sync();
  expect(await places()).toEqual(['accepted', 'accepted']);
});

test('what is unsent is listed at whichever moment it is set apart', async () => {
  await saveIssue('一');
  const [row] = await li.database.outbox.toArray();
  for (let turns = 0; turns < 30; turns++) {
    await li.database.troubles.clear();
    const listed = listUnreceipted(li.database);
    for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
    await setApart(li.database, { ...row!, failures: 0 });
    expect(
      (await listed).map(({ id }) => id),
      `set apart after ${turns} turns`
    ).toEqual([row!.id]);
  }
});

describe('a request without an answer', () => {
  test('that is always the same change’s never keeps the others, or what the office says, from coming', async () => {
    const wang = await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]);
    const desk = await openTablet(office.store, wang, now);
    await desk.save({ text: '社区的' }, gridOne);
    await desk.sync();
    for (let index = 0; index < 4; index++) await saveIssue(index === 1 ? '<script>' : `第 ${index} 条`);
    failOn((text) => text.includes('<script>') && 'away');
    let window = firstWindow;
    for (let round = 0; round < 8; round++) ({ window } = await synchronize(li.context, window));
    expect((await places()).filter((place) => place === 'accepted')).toHaveLength(3);
    expect((await li.database.records.toArray()).map(({ record }) => (record as Issue).text)).toContain(
      '社区的'
    );
    expect(await listUnsent(li.database)).toHaveLength(1);
    expect((await synchronize(li.context, window)).outcome).toBe('away');
  });

  test.each([
    ['two never get an answer', 'away', 2],
    ['three make the office fail', 'fault', 3]
  ] as const)('where %s, the others and what the office says come all the same', async (_, how, poisoned) => {
    const wang = await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]);
    const desk = await openTablet(office.store, wang, now);
    await desk.save({ text: '社区的' }, gridOne);
    await desk.sync();
    for (let index = 0; index < 8; index++)
      await saveIssue(index < poisoned ? `毒 ${index}` : `第 ${index} 条`);
    let isBroken = true;
    failOn((text) => isBroken && text.includes('毒') && how);
    let window = firstWindow;
    for (let round = 0; round < 12; round++, minutes(1)) ({ window } = await synchronize(li.context, window));
    expect((await places()).filter((place) => place === 'accepted')).toHaveLength(8 - poisoned);
    expect((await li.database.records.toArray()).map(({ record }) => (record as Issue).text)).toContain(
      '社区的'
    );
    expect(await listUnsent(li.database)).toHaveLength(poisoned);
    isBroken = false;
    minutes(24 * 60);
    await li.sync();
    expect(await places()).toEqual(Array(8).fill('accepted'));
  });

  test('with a code that only newer apps know is read all the same', async () => {
    await saveIssue('不在我的网格', gridTwo);
    await saveIssue('在我的网格');
    const { postLines } = li.context.transport;
    li.context.transport.postLines = async (path, text, schema) => {
      const answer = await postLines(path, text, z.any());
      const raw = JSON.stringify(answer).replaceAll('not-granted', 'asked-too-late');
      const { value } = JSON.parse(raw) as { value: unknown };
      const read = schema.safeParse(value);
      return read.success ? { status: 'answered', value: read.data } : { status: 'away' };
    };
    expect((await li.sync()).outcome).toBe('done');
    expect(await places()).toEqual(['refused', 'accepted']);
  });

  test('leaves everything where it was', async () => {
    const id = await saveIssue('一');
    await comment(id, '好');
    li.link.weather = () => 'lost';
    for (let round = 0; round < 6; round++) expect((await li.sync()).outcome).toBe('away');
    expect(await places()).toEqual(['outbox', 'outbox']);
  });
});

test('a store that is slow after an answer does not make the next requests small', async () => {
  for (let index = 0; index < 12; index++) await saveIssue(`第 ${index} 条`);
  const sizes: number[] = [];
  failOn((text) => {
    sizes.push(text.split('\n').length - 1);
    return false;
  });
  li.database.receipts.hook('creating', () => minutes(1));
  await synchronize(li.context, { characters: 48_000, changes: 2 });
  expect(sizes).toEqual([2, 8, 2]);
});

describe('a change the office cannot read yet', () => {
  const fromTheFuture = (line: string) =>
    line.includes('新') ? line.replace('"shape":1', '"shape":2') : line;

  test('is kept and asked about again; what was done to its record waits; the rest goes through', async () => {
    li.link.rewrite = fromTheFuture;
    const newer = await saveIssue('新');
    await comment(newer, '好');
    await saveIssue('旧');
    const requests = count(() => 'fair');
    expect((await li.sync()).outcome).toBe('done');
    expect(requests()).toBeLessThan(6);
    expect(await places()).toEqual(['upgrade-needed', 'depends-on', 'accepted']);
    li.link.rewrite = (line) => line;
    minutes(61);
    await li.sync();
    expect(await places()).toEqual(['accepted', 'accepted', 'accepted']);
    expect(commentsOf(await atOffice(newer))).toEqual(['好']);
  });
});

describe('a refused record', () => {
  test('stays visible with what was done to it, and ends the push', async () => {
    const id = await saveIssue('不在我的网格', gridTwo);
    await comment(id, '好');
    await saveIssue('在我的网格');
    const requests = count(() => 'fair');
    expect((await li.sync()).outcome).toBe('done');
    expect(requests()).toBeLessThan(6);
    expect(await places()).toEqual(['refused', 'depends-on', 'accepted']);
    expect(commentsOf(await shown(id))).toEqual(['好']);
    const [item] = await listUnsent(li.database);
    expect(item!.changes.map(({ trouble }) => trouble?.status)).toEqual(['refused', 'depends-on']);
    expect(item!.changes[0]!.trouble?.refusal?.code).toBe('not-granted');
  });

  test('is asked about once a day, and has arrived once an officer has handed it in', async () => {
    // The grid is another's from tomorrow on.
    const person = await hire(office.store, '小周', [
      { role: 'gridWorker', area: gridOne },
      { role: 'gridWorker', area: gridTwo, to: new Date(nowMs + 86_400_000).toISOString() }
    ]);
    li = await openTablet(office.store, person, now);
    const id = await saveIssue('交出去的网格', gridTwo);
    await comment(id, '好');
    minutes(48 * 60);
    await li.sync();
    expect(await places()).toEqual(['refused', 'depends-on']);
    const requests = count(() => 'fair');
    await li.sync();
    // A pull, and nothing else.
    expect(requests()).toBe(1);
    const wang = await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]);
    const head = { protocol: protocolVersion, account: wang.account, device: newId<DeviceId>() };
    const carrying = { ...head, carrying: li.author.account };
    const sender = (await senderOf(office.store, sessionOf(wang), carrying)) as Sender;
    const bodies = (await li.database.outbox.toArray()).map((row) => row.body);
    await receive(office.store, sender, bodies, li.at());
    await li.sync();
    expect(await places()).toEqual(['refused', 'depends-on']);
    minutes(25 * 60);
    await li.sync();
    expect(await places()).toEqual(['accepted', 'accepted']);
    expect(await listUnsent(li.database)).toEqual([]);
  });

  test('shows once an office that was put back, with the grants of before, takes it after all', async () => {
    const person = await hire(office.store, '小周', [{ role: 'gridWorker', area: gridTwo }]);
    li = await openTablet(office.store, person, now);
    const id = await saveIssue('原文', gridTwo);
    await li.sync();
    const { grants } = person;
    person.grants = [];
    const edits = { text: { from: '原文', to: '改过' } };
    await recordAct(li.author, 'report-amended', { recordId: id, edits }, li.at());
    await push(li.context, firstWindow);
    expect(await places()).toEqual(['accepted', 'refused']);
    expect(await shown(id)).toMatchObject({ text: '原文' });
    person.grants = grants;
    await office.store.connection.deleteFrom('outcome').execute();
    minutes(25 * 60);
    await li.sync();
    expect(await places()).toEqual(['accepted', 'accepted']);
    expect(await shown(id)).toMatchObject({ text: '改过', version: 2 });
  });

  test('stays refused where it is asked about again and nobody answers', async () => {
    await saveIssue('不在我的网格', gridTwo);
    await li.sync();
    await saveIssue('在我的网格');
    minutes(25 * 60);
    count(() => 'lost');
    await li.sync();
    expect((await li.database.troubles.toArray()).map(({ status }) => status)).toEqual(['refused']);
    count(() => 'fault');
    await li.sync();
    expect((await li.database.troubles.toArray())[0]).toMatchObject({ status: 'refused', order: 1 });
  });

  test('goes with all that was done to it when it is given up, sent before or not', async () => {
    const id = await saveIssue('不在我的网格', gridTwo);
    await comment(id, '一');
    await li.sync();
    await comment(id, '二');
    await withdraw(0);
    expect(await places()).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
    expect(await shown(id)).toBeUndefined();
    expect(await listUnsent(li.database)).toEqual([]);
    const requests = count(() => 'fair');
    await li.sync();
    expect(requests()).toBe(1);
    expect(await places()).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
  });

  test('goes with what was built on what was built on it', async () => {
    const id = await saveIssue('不在我的网格', gridTwo);
    const caseId = newId<RecordId>();
    const opened = { recordId: caseId, subjectId: id, afterPhoto: 'no' as const };
    await recordAct(li.author, 'case-opened', opened, li.at());
    await comment(caseId, '案件上说的');
    await li.sync();
    await withdraw(0);
    expect(await places()).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
    expect(await li.database.records.count()).toBe(0);
  });

  test('is made a draft again once, however often that is tapped', async () => {
    await saveIssue('不在我的网格', gridTwo);
    await li.sync();
    const [row] = await li.database.outbox.toArray();
    const drafts = [await correct(row!.id), await correct(row!.id)];
    expect(drafts).toMatchObject([{ text: '不在我的网格', community }, null]);
    expect(await li.database.drafts.count()).toBe(1);
  });

  test('made a draft again leaves pictures with a record that the office has all the same', async () => {
    const id = await saveIssue('在我的网格');
    await li.sync();
    const [row] = await li.database.outbox.toArray();
    const { database } = li;
    await database.bases.put({ id, record: await shown(id) });
    await database.troubles.put({
      order: row!.order,
      changeId: row!.id,
      recordIds: row!.recordIds,
      failures: 0,
      status: 'refused',
      refusal: { code: 'already-exists' }
    });
    const photo = { id: newId<PhotoId>(), recordId: id, stage: 'before', source: 'camera' } as const;
    await keepOriginal(database, { ...photo, mime: 'image/jpeg' }, new ArrayBuffer(8));
    await correct(row!.id);
    expect(await database.photos.get(photo.id)).toMatchObject({ recordId: id });
  });

  test('made a draft again is linked with nothing any more', async () => {
    const other = await saveIssue('在我的网格');
    const id = await saveIssue('不在我的网格', gridTwo);
    await recordAct(li.author, 'reports-linked', { recordId: id, otherId: other }, li.at());
    await li.sync();
    expect((await shown(other)).linkedIds).toEqual([id]);
    await correct((await li.database.outbox.toArray())[1]!.id);
    expect((await shown(other)).linkedIds).toEqual([]);
  });

  test('is not given up while the office may still take it', async () => {
    const id = await saveIssue('一');
    failOn(() => 'fault');
    for (let round = 0; round < 4; round++, minutes(10)) await li.sync();
    expect(await places()).toEqual(['set-aside']);
    await withdraw(0);
    expect(await places()).toEqual(['set-aside']);
    expect((await shown(id)).text).toBe('一');
  });
});

describe('what cannot be right', () => {
  test.each([
    ['a text over 10,000 characters', { text: '长'.repeat(10_001) }, 'text-too-long'],
    ['more than 64 KiB', { text: '长'.repeat(9_000), answers: { why: '\u0000'.repeat(7_000) } }, 'too-large'],
    ['a category that is none', { categoryCode: 'constructor' }, 'malformed']
  ])('%s is said when it is saved, and nothing is written', async (_, draft, code) => {
    expect(await li.save(draft, gridOne)).toMatchObject({ verdict: 'refused', refusal: { code } });
    expect(await li.database.outbox.count()).toBe(0);
    expect(await li.database.records.count()).toBe(0);
  });

  test('two saves at the same moment never get one number', async () => {
    await Promise.all([
      li.save({ text: '一' }, gridOne),
      li.save({ text: '二' }, gridOne),
      li.save({ text: '三' }, gridOne)
    ]);
    const numbers = (await li.database.records.toArray()).map(({ record }) =>
      (record as Issue).number.slice(-2)
    );
    expect(numbers.sort()).toEqual(['01', '02', '03']);
  });
});

test('a queue whose first changes are all held up is sent all the same, also one by one', async () => {
  poison('毒');
  const id = await saveIssue('一');
  await comment(id, '毒');
  await li.sync();
  for (let index = 0; index < 5; index++) await comment(id, String(index));
  for (let index = 0; index < 3; index++) await saveIssue(`后面 ${index}`);
  await synchronize(li.context, { characters: 1, changes: 1 });
  expect((await places()).slice(-3)).toEqual(['accepted', 'accepted', 'accepted']);
});

test('a record of the office that breaks what is laid over it keeps no other from coming', async () => {
  const [first, second] = [await saveIssue('一'), await saveIssue('二')];
  await li.sync();
  await recordAct(
    li.author,
    'report-amended',
    { recordId: first, edits: { text: { from: '一', to: '改' } } },
    li.at()
  );
  li.link.weather = () => 'lost';
  const wang = await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]);
  const desk = await openTablet(office.store, wang, now);
  await desk.sync();
  for (const recordId of [first, second])
    await recordAct(desk.author, 'record-opened', { recordId }, desk.at());
  await desk.sync();
  vi.spyOn(reportAmended, 'allow').mockImplementation(() => {
    throw new Error('of a shape never seen');
  });
  const { pull } = await import('../../src/lib/sync/pull');
  li.link.weather = () => 'fair';
  expect(await pull(li.context, community)).toBe('done');
  expect((await shown(second)).openedBy).toHaveLength(1);
  expect(await places()).toContain('outbox');
});

test('what waited for another is not sent before an older one that nobody has answered yet', async () => {
  const [first, second] = [await saveIssue('一'), await saveIssue('二')];
  await comment(first, '三');
  const { transport } = li.context;
  const { postLines } = transport;
  // The first gets no answer and is set apart, what was done to it is parked, and the tablet dies sending the second.
  transport.postLines = (path, text, reply) => {
    if (text.includes('"二"')) return Promise.reject(new Error('killed'));
    return text.includes('"一"') ? Promise.resolve({ status: 'away' }) : postLines(path, text, reply);
  };
  const oneByOne = { characters: 1_000_000, changes: 1 };
  await expect(synchronize(li.context, oneByOne)).rejects.toThrow('killed');
  expect(await places()).toEqual(['deferred', 'outbox', 'depends-on']);
  transport.postLines = postLines;
  count((request) => (request === 0 ? 'fair' : 'lost'));
  await synchronize(li.context, oneByOne);
  expect(await places()).toEqual(['accepted', 'outbox', 'depends-on']);
  count(() => 'fair');
  await synchronize(li.context, oneByOne);
  expect(await places()).toEqual(['accepted', 'accepted', 'accepted']);
  expect(await atOffice(second)).toBeDefined();
});
