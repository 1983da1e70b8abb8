import { afterEach, beforeEach, expect, test } from 'vitest';
import { issueFacts, newId, reportFacts } from '../../../../tests/support/changes';
import { act } from '../../../../tests/support/desk';
import { community, hire, openOffice } from '../../../../tests/support/office';
import type { RecordId } from '../../domain/ids';
import { migrate } from './migrate';

let office: Awaited<ReturnType<typeof openOffice>>;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

test('a store from before lists by the same states as a new one', async () => {
  const { store } = office;
  const wang = await hire(store, '王丽', [{ role: 'communityOfficer', area: community }]);
  const li = await hire(store, '李平', [{ role: 'gridWorker', area: community }]);
  const [told, passed, work] = [newId<RecordId>(), newId<RecordId>(), newId<RecordId>()];
  await act(store, li, [
    {
      kind: 'need-recorded',
      facts: { ...reportFacts(told), needTypeCode: 'N01', solvedOnSpot: true }
    },
    { kind: 'resident-told', facts: { recordId: told, words: '' } },
    { kind: 'issue-recorded', facts: issueFacts(passed) }
  ]);
  await act(store, wang, [
    { kind: 'case-opened', facts: { recordId: work, subjectId: passed, afterPhoto: 'no' } },
    { kind: 'case-dispatched', facts: { recordId: work, unit: office.unit, instruction: '' } },
    { kind: 'case-handled', facts: { recordId: work, text: '好了' } }
  ]);
  await act(store, li, [{ kind: 'case-checked', facts: { recordId: work, passed: true, words: '' } }]);
  const states = () => store.connection.selectFrom('record').select(['id', 'state']).orderBy('id').execute();
  const listed = await states();
  expect(new Set(listed.map(({ state }) => state))).toEqual(new Set(['told', 'accepted', 'checked']));

  const old = (id: RecordId, state: string) =>
    store.connection.updateTable('record').set({ state }).where('id', '=', id).execute();
  await old(told, 'reported');
  await old(work, 'handled');
  await store.connection.deleteFrom('migration').where('name', 'like', '0003%').execute();
  await migrate(store.connection, '2026-11-21T00:00:00.000Z');
  expect(await states()).toEqual(listed);
});
