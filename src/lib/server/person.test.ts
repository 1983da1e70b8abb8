import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { caseStory, changeOf, issueFacts, newId } from '../../../tests/support/changes';
import { community, gridOne, hire, openOffice, otherCommunity } from '../../../tests/support/office';
import type { Change } from './../domain/changes';
import type { RecordId } from '../domain/ids';
import { findPerson, loadKept } from './person';
import { receive } from './receive';
import { serverDevice } from './photo-store';

const now = '2026-11-20T02:00:00.000Z';
let office: Awaited<ReturnType<typeof openOffice>>;
let li: Awaited<ReturnType<typeof hire>>;

beforeEach(async () => {
  office = await openOffice();
  li = await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]);
});
afterEach(() => office.close());

async function enter(...changes: Change[]): Promise<void> {
  const bodies = changes.map((change) => JSON.stringify({ ...change, author: li.account }));
  const receipts = await receive(office.store, { actor: 'server', device: serverDevice }, bodies, now);
  expect(receipts.map(({ status }) => status)).not.toContain('refused');
}

const idsOf = async (query: string, where = community) =>
  (await findPerson(office.store, where, query)).found.map(({ report }) => report.id);

describe('a person is found', () => {
  test('by a phone however it was written, and by a name in whatever somebody wrote', async () => {
    const ids = [newId<RecordId>(), newId<RecordId>(), newId<RecordId>()];
    await enter(...ids.map((id) => changeOf('issue-recorded', issueFacts(id, { text: '漏水' }))));
    const said = { channel: 'call' as const, promise: '' };
    await enter(
      changeOf('follow-up-noted', { recordId: ids[0]!, whom: '张婆婆 138 0000 1234', ...said }),
      changeOf('comment-added', { recordId: ids[1]!, text: '打 138-0000-1234 找张婆婆' })
    );
    for (const query of ['13800001234', '138 0000 1234', '138-00001234'])
      expect((await idsOf(query)).sort()).toEqual(ids.slice(0, 2).sort());
    expect((await idsOf('张婆婆')).sort()).toEqual(ids.slice(0, 2).sort());
    expect(await idsOf('漏水')).toHaveLength(3);
  });

  test('also where the text was amended since, and in the words on the case', async () => {
    const story = caseStory({ text: '张婆婆家漏水' });
    const { issueId: recordId, recorded, opened, dispatched } = story;
    const edits = { text: { from: '张婆婆家漏水', to: '三楼漏水' } };
    await enter(recorded, changeOf('report-amended', { recordId, edits }), opened);
    const told = { ...dispatched.facts, unit: office.unit, instruction: '联系孙大妈' };
    await enter({ ...dispatched, facts: told });
    expect(await idsOf('张婆婆')).toEqual([recordId]);
    const { found } = await findPerson(office.store, community, '孙大妈');
    expect(found).toMatchObject([
      { report: { id: recordId }, cases: [{ id: story.caseId }], excerpts: ['联系孙大妈'] }
    ]);
    const [kept] = await loadKept(office.store, community, [recordId]);
    const kinds = kept!.history.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['report-amended', 'case-dispatched']));
    expect(new Set(kept!.history.map(({ id }) => id)).size).toBe(kinds.length);
  });

  test('not by an id, a code or the name in a device number, nor in another community, nor by one character', async () => {
    const id = newId<RecordId>();
    await enter(changeOf('issue-recorded', issueFacts(id, { text: '张婆婆家漏水' })));
    for (const query of ['李平', 'issue-recorded', gridOne, id.slice(0, 13), '"text"', '张', ''])
      expect([query, await idsOf(query)]).toEqual([query, []]);
    expect(await idsOf('张婆婆', otherCommunity)).toEqual([]);
    expect(await idsOf('张婆婆')).toEqual([id]);
  });
});
