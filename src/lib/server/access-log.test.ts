import { afterEach, beforeEach, expect, test } from 'vitest';
import { community, gridOne, gridTwo, hire, openOffice } from '../../../tests/support/office';
import { newId } from '../../../tests/support/changes';
import type { RecordId } from '../domain/ids';
import { forgetOldOpenings, listOpenings, noteOpening, noteRefused, type Opening } from './access-log';

let office: Awaited<ReturnType<typeof openOffice>>;
let wang: Awaited<ReturnType<typeof hire>>;
beforeEach(async () => {
  office = await openOffice();
  wang = await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]);
});
afterEach(() => office.close());

const minute = (count: number) =>
  new Date(Date.parse('2026-11-20T01:00:00.000Z') + count * 60_000).toISOString();
const recordId = newId<RecordId>();
const opening = (): Opening => ({
  account: wang.account,
  community,
  what: 'record',
  recordId,
  purpose: 'inbox',
  isRefused: false
});
const list = (onlyRefused = false) => listOpenings(office.store, community, { onlyRefused, limit: 10 });

test('the same within ten minutes is one line; something else, somebody else and later are lines of their own', async () => {
  const { store } = office;
  await noteOpening(store, opening(), minute(0));
  await noteOpening(store, opening(), minute(9));
  await noteOpening(store, { ...opening(), what: 'media', purpose: 'picture' }, minute(9));
  await noteOpening(store, opening(), minute(11));
  expect((await list()).map(({ name, what, isRefused }) => [name, what, isRefused])).toEqual([
    ['王丽', 'record', false],
    ['王丽', 'media', false],
    ['王丽', 'record', false]
  ]);
});

test('who was refused is told where the record lies; of what nobody has there is no line', async () => {
  const { store } = office;
  const stranger = await hire(store, '小何', [{ role: 'gridWorker', area: gridTwo }]);
  const refused = { account: stranger.account, what: 'record', purpose: 'inbox', recordId } as const;
  await noteRefused(store, refused, minute(0));
  expect(await list()).toEqual([]);
  await store.connection
    .insertInto('record')
    .values({
      community,
      id: recordId,
      kind: 'issue',
      version: 1,
      sequence: 1,
      state: 'reported',
      owner_grid: gridOne,
      facility_grid: null,
      unit: null,
      restricted: 0,
      author: wang.account,
      subject_id: null,
      category: null,
      building: null,
      number: '李平-1120-01',
      due_at: null,
      received_at: minute(0),
      search: '',
      body: '{}'
    })
    .execute();
  await noteRefused(store, refused, minute(1));
  await noteOpening(store, opening(), minute(2));
  expect(await list(true)).toMatchObject([{ name: '小何', isRefused: true, number: '李平-1120-01' }]);
  expect(await list()).toHaveLength(2);
});

test('no line is changed, and none goes before its time', async () => {
  const { store } = office;
  await noteOpening(store, opening(), new Date().toISOString());
  await noteOpening(store, { ...opening(), recordId: newId() }, '2019-11-20T01:00:00.000Z');
  await expect(store.connection.updateTable('access').set({ account: 'x' }).execute()).rejects.toThrow(
    /never/
  );
  await expect(store.connection.deleteFrom('access').execute()).rejects.toThrow(/three years/);
  await forgetOldOpenings(store, Date.now());
  expect(await list()).toHaveLength(1);
});
