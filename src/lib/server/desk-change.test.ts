import { afterAll, beforeAll, expect, test } from 'vitest';
import { issueFacts, newId } from '../../../tests/support/changes';
import { sessionOf } from '../../../tests/support/desk';
import { community, gridOne, hire, openOffice } from '../../../tests/support/office';
import { DeviceId, type RecordId } from '../domain/ids';
import type { Cursor } from '../protocol/pull';
import { protocolVersion } from '../protocol/version';
import { deskDevice, makeChanges, type DeskAct } from './desk-change';
import { loadRecords } from './records/records';
import { pull } from './serve';

let office: Awaited<ReturnType<typeof openOffice>>;
let li: Awaited<ReturnType<typeof hire>>;
let wang: Awaited<ReturnType<typeof hire>>;

beforeAll(async () => {
  office = await openOffice();
  li = await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]);
  wang = await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]);
});
afterAll(() => office.close());

const now = () => new Date().toISOString();
const send = (person: typeof wang, acts: DeskAct[]) =>
  makeChanges(office.store, sessionOf(person), community, acts, now());

async function recordIssue(): Promise<RecordId> {
  const recordId = newId<RecordId>();
  const sent = await send(li, [{ kind: 'issue-recorded', facts: issueFacts(recordId) }]);
  expect(sent).toEqual({ ok: true });
  return recordId;
}

test('two acts of one page are two changes of one request, each on the version before it', async () => {
  const subjectId = await recordIssue();
  const recordId = newId<RecordId>();
  const acts: DeskAct[] = [
    { kind: 'case-opened', facts: { recordId, subjectId, afterPhoto: 'no' } },
    { kind: 'case-dispatched', facts: { recordId, unit: office.unit, instruction: '' } }
  ];
  expect(await send(wang, acts)).toEqual({ ok: true });
  const work = (await loadRecords(office.store.connection, community, [recordId])).get(recordId);
  expect(work).toMatchObject({ state: 'dispatched', version: 2, author: wang.account });
  const bodies = await office.store.connection
    .selectFrom('change')
    .select('body')
    .where('author', '=', wang.account)
    .orderBy('sequence')
    .execute();
  expect(bodies.map(({ body }) => (JSON.parse(body) as { baseVersion: number }).baseVersion)).toEqual([0, 1]);
});

test('what is not lawful, or not theirs, is a code and nothing is stored', async () => {
  const recordId = await recordIssue();
  const reject: DeskAct = { kind: 'report-rejected', facts: { recordId, reason: '重复' } };
  expect(await send(li, [reject])).toMatchObject({ refusal: { code: 'not-granted' } });
  expect(await send(wang, [reject])).toEqual({ ok: true });
  expect(await send(wang, [reject])).toMatchObject({ refusal: { code: 'wrong-state' } });
  const other = await hire(office.store, '陈蓉', [{ role: 'communityOfficer', area: '510108011005' }]);
  const comment: DeskAct = { kind: 'comment-added', facts: { recordId, text: '好' } };
  expect(await send(other, [comment])).toMatchObject({ refusal: { code: 'unknown-record' } });
});

test('an act of the desk is told to the tablet app of the same browser', async () => {
  const recordId = await recordIssue();
  const session = sessionOf(wang);
  const protocol = protocolVersion;
  const pulled = async (cursor?: Cursor) =>
    (await pull(office.store, wang, { protocol, device: session.device, community, cursor }, now()))!;
  const { cursor } = await pulled();
  const acts: DeskAct[] = [{ kind: 'record-opened', facts: { recordId } }];
  expect(await makeChanges(office.store, session, community, acts, now())).toEqual({ ok: true });
  expect((await pulled(cursor)).rows).toMatchObject([{ record: { id: recordId, version: 2 } }]);
});

test('the desk is a device like any other', () => {
  expect(DeviceId.safeParse(deskDevice).success).toBe(true);
});
