import { afterEach, beforeEach, expect, test } from 'vitest';
import { listUnsent } from '../../src/lib/data/outbox';
import { recordAct } from '../../src/lib/data/record';
import type { RecordId } from '../../src/lib/domain/ids';
import type { Case, CloseKind } from '../../src/lib/domain/case';
import type { Issue } from '../../src/lib/domain/report';
import { v7 as uuidV7 } from 'uuid';
import { community, gridOne, gridTwo, hire, openOffice } from '../support/office';
import { openTablet } from '../support/tablet';

let office: Awaited<ReturnType<typeof openOffice>>;
let nowMs = Date.parse('2026-11-20T01:00:00.000Z');
const now = () => (nowMs += 1_000);

beforeEach(async () => (office = await openOffice()));
afterEach(() => office.close());

async function staff() {
  const li = await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]);
  const he = await hire(office.store, '代班小何', [{ role: 'gridWorker', area: gridTwo }]);
  const wang = await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]);
  return {
    li: await openTablet(office.store, li, now),
    he: await openTablet(office.store, he, now),
    wang: await openTablet(office.store, wang, now)
  };
}

async function onlyIssue(tablet: Awaited<ReturnType<typeof openTablet>>): Promise<Issue> {
  const [row] = await tablet.database.records.toArray();
  return row!.record as Issue;
}

test('a saved issue reaches the office, is dispatched, handled, checked and closed, and the worker reads it', async () => {
  const { li, wang } = await staff();
  expect(await li.save({ text: '健身器材螺丝松动', categoryCode: 'C01' }, gridOne)).toMatchObject({
    verdict: 'saved'
  });
  expect((await onlyIssue(li)).number).toBe('李平-1120-01');
  expect(await listUnsent(li.database)).toHaveLength(1);
  expect((await li.sync()).outcome).toBe('done');
  expect(await listUnsent(li.database)).toHaveLength(0);

  await wang.sync();
  const issue = await onlyIssue(wang);
  const caseId = uuidV7() as RecordId;
  const act = (kind: Parameters<typeof recordAct>[1], facts: object) =>
    recordAct(wang.author, kind, { recordId: caseId, ...facts }, wang.at());
  expect(await act('record-opened', { recordId: issue.id })).toEqual({ verdict: 'allowed' });
  expect(await act('case-opened', { subjectId: issue.id, afterPhoto: 'no' })).toEqual({ verdict: 'allowed' });
  expect(await act('case-dispatched', { unit: office.unit, instruction: '请紧固' })).toEqual({
    verdict: 'allowed'
  });
  expect(await act('case-handled', { text: '已紧固' })).toEqual({ verdict: 'allowed' });
  await wang.sync();

  await li.sync();
  const work = (await li.database.records.get(caseId))!.record as Case;
  expect(work.number).toBe('长天路-2026-0001');
  expect(work.state).toBe('handled');
  // Three working days after Friday 09:00: Wednesday at the same hour.
  expect(work.dueAt).toMatch(/^2026-11-25T01:00:/);
  expect(
    await recordAct(li.author, 'case-checked', { recordId: caseId, passed: true, words: '' }, li.at())
  ).toEqual({ verdict: 'allowed' });
  await li.sync();
  await wang.sync();
  const how: CloseKind = 'done';
  expect(await act('case-closed', { subjectId: issue.id, how, words: '' })).toEqual({ verdict: 'allowed' });
  await wang.sync();
  await li.sync();
  expect(((await li.database.records.get(caseId))!.record as Case).state).toBe('closed');
  const seen = await onlyIssueById(li, issue.id);
  expect(seen.openedBy).toHaveLength(1);
  const kinds = (await li.database.records.get(caseId))!.history.map((entry) => entry.kind);
  expect(kinds).toEqual(['case-dispatched', 'case-handled', 'case-checked', 'case-closed']);
});

async function onlyIssueById(tablet: Awaited<ReturnType<typeof openTablet>>, id: RecordId): Promise<Issue> {
  return (await tablet.database.records.get(id))!.record as Issue;
}

test('a report’s arrival is its own, and not that of what was added to it later', async () => {
  const { li } = await staff();
  await li.save({ text: '昨天到的' }, gridOne);
  await li.sync();
  const [arrival] = await office.store.connection.selectFrom('change').select('received_at').execute();
  nowMs += 86_400_000;
  const { id: recordId } = await onlyIssue(li);
  await recordAct(li.author, 'comment-added', { recordId, text: '今天加的' }, li.at());
  await li.sync();
  expect([undefined, arrival!.received_at]).toContain((await onlyIssue(li)).receivedAt);
});

test('a worker of another grid receives nothing of it', async () => {
  const { li, he } = await staff();
  await li.save({ text: '楼道堆物' }, gridOne);
  await li.sync();
  await he.sync();
  expect(await he.database.records.count()).toBe(0);
});

test('a worker cannot record into a grid that is not theirs, and keeps what was refused', async () => {
  const { li } = await staff();
  await li.save({ text: '别人的网格' }, gridTwo);
  await li.sync();
  const [item] = await listUnsent(li.database);
  expect(item!.changes[0]!.trouble?.refusal?.code).toBe('not-granted');
  expect((await onlyIssue(li)).text).toBe('别人的网格');
});

test('an answer that is lost changes nothing when the same work is sent again', async () => {
  const { li, wang } = await staff();
  for (let index = 0; index < 5; index++) await li.save({ text: `第 ${index} 条` }, gridOne);
  let requests = 0;
  li.link.weather = () => (requests++ < 1 ? 'answer-lost' : 'fair');
  await li.sync();
  expect(await listUnsent(li.database)).toHaveLength(0);
  await wang.sync();
  expect(await wang.database.records.count()).toBe(5);
});

test('a tablet that sends before it ever pulled is told what others did, and not what it sent', async () => {
  const { li, wang } = await staff();
  await wang.save({ text: '社区的' }, gridOne);
  await wang.sync();
  await li.save({ text: '自己的' }, gridOne);
  const told: number[] = [];
  const { postJson } = li.context.transport;
  li.context.transport.postJson = async (path, body, schema) => {
    const answer = await postJson(path, body, schema);
    if (answer.status === 'answered') told.push((answer.value as { rows: unknown[] }).rows.length);
    return answer;
  };
  await li.sync();
  expect(told).toEqual([1]);
  expect(await li.database.records.count()).toBe(2);
});

test('unsent work stays on top of what is pulled', async () => {
  const { li, wang } = await staff();
  await li.save({ text: '原文' }, gridOne);
  await li.sync();
  await wang.sync();
  const issue = await onlyIssue(wang);
  await recordAct(wang.author, 'record-opened', { recordId: issue.id }, wang.at());
  await wang.sync();
  await recordAct(
    li.author,
    'report-amended',
    { recordId: issue.id, edits: { text: { from: '原文', to: '改过' } } },
    li.at()
  );
  li.link.weather = () => 'lost';
  await li.sync();
  li.link.weather = () => 'fair';
  const { pull } = await import('../../src/lib/sync/pull');
  await pull(li.context, community);
  const shown = await onlyIssueById(li, issue.id);
  expect(shown.text).toBe('改过');
  expect(shown.openedBy).toHaveLength(1);
});

test('two people change the same field: both texts are kept, the second is told', async () => {
  const { li, wang } = await staff();
  await li.save({ text: '原文' }, gridOne);
  await li.sync();
  await wang.sync();
  const issue = await onlyIssue(wang);
  const second = await openTablet(
    office.store,
    { ...li.author, grants: [{ role: 'gridWorker', area: gridOne }] },
    now
  );
  expect(second.database.name).toBe(li.database.name);
  const edit = (to: string) => ({ recordId: issue.id, edits: { text: { from: '原文', to } } });
  await recordAct(li.author, 'report-amended', edit('平板甲'), li.at());
  await recordAct(li.author, 'comment-added', { recordId: issue.id, text: '补一句' }, li.at());
  // The other side, straight at the server: the author's second tablet came first.
  const { receive } = await import('../../src/lib/server/receive');
  const { makeChange } = await import('../../src/lib/data/author');
  const sealed = await makeChange(second.author, 'report-amended', edit('平板乙'), second.at(), 1);
  await receive(
    office.store,
    {
      actor: { account: li.author.account, grants: [{ role: 'gridWorker', area: gridOne }] },
      device: second.author.device
    },
    [sealed.body],
    second.at()
  );
  await li.sync();
  const [item] = await listUnsent(li.database);
  expect(item!.changes[0]!.trouble?.conflict).toEqual([
    { field: 'text', from: '原文', current: '平板乙', to: '平板甲' }
  ]);
  const shown = await onlyIssueById(li, issue.id);
  expect(shown.text).toBe('平板乙');
  expect(shown.comments.map((comment) => comment.text)).toEqual(['补一句']);
});

test('what a newer office says of a record survives a tablet that does not know it', async () => {
  const { li, wang } = await staff();
  await wang.save({ text: '老厂院停水' }, gridOne);
  await wang.sync();
  const { connection } = office.store;
  const { body } = await connection.selectFrom('record').select('body').executeTakeFirstOrThrow();
  const news = { ...(JSON.parse(body) as Issue), urgency: { level: 3, why: '没水' } };
  await connection
    .updateTable('record')
    .set({ body: JSON.stringify(news) })
    .execute();
  await li.sync();
  const { id } = news;
  const known = async () => (await onlyIssue(li)) as Issue & Pick<typeof news, 'urgency'>;
  expect((await known()).urgency).toEqual(news.urgency);
  await recordAct(li.author, 'comment-added', { recordId: id, text: '去看过了' }, li.at());
  expect((await known()).urgency).toEqual(news.urgency);
  await li.sync();
  await wang.sync();
  await li.sync();
  expect((await known()).comments.map(({ text }) => text)).toEqual(['去看过了']);
  expect((await known()).urgency).toEqual(news.urgency);
  const stored = await connection.selectFrom('record').select('body').executeTakeFirstOrThrow();
  expect(JSON.parse(stored.body)).toMatchObject({ urgency: news.urgency });
});
