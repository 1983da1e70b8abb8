import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { community, gridOne, gridTwo, hire, openOffice, otherCommunity } from '../../../tests/support/office';
import { newId } from '../../../tests/support/changes';
import type { RecordId } from '../domain/ids';
import { instantToDay } from '../domain/instant';
import { listOpeners, listOpenings, type OpeningFilters } from './access-lines';
import { forgetOldOpenings, noteOpening, noteRefused, noteRefusedPlace, type Opening } from './access-log';

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
const list = (filters: OpeningFilters = {}) => listOpenings(office.store, community, filters, 10);

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
      body: JSON.stringify({ id: recordId, kind: 'issue', number: '李平-1120-01' })
    })
    .execute();
  await noteRefused(store, refused, minute(1));
  await noteOpening(store, opening(), minute(2));
  // By a number the office finds it with, and which does not say who reported it: an administrator may not know.
  expect(await list({ onlyRefused: true })).toMatchObject([
    { name: '小何', isRefused: true, number: '1120-01' }
  ]);
  expect(await list()).toHaveLength(2);
});

test('a page and its frame that ask at once are one line', async () => {
  const { store } = office;
  await Promise.all(Array.from({ length: 5 }, () => noteOpening(store, opening(), minute(0))));
  expect(await list()).toHaveLength(1);
});

test('a list is one line an hour, a tablet one a day, and what is refused is one each ten minutes', async () => {
  const { store } = office;
  const seen = { ...opening(), recordId: '' as const };
  for (let at = 0; at < 24 * 60; at += 5) {
    await noteOpening(store, { ...seen, what: 'list' }, minute(at));
    await noteOpening(store, { ...seen, what: 'records', purpose: 'sync' }, minute(at));
  }
  await noteOpening(store, { ...seen, what: 'list', purpose: 'search' }, minute(0));
  for (const at of [0, 5, 11])
    await noteOpening(store, { ...seen, what: 'records', purpose: 'sync', isRefused: true }, minute(at));
  const lines = await listOpenings(store, community, {}, 100);
  const count = (what: string, isRefused: boolean, purpose: string) =>
    lines.filter((line) => line.what === what && line.isRefused === isRefused && line.purpose === purpose)
      .length;
  expect(count('list', false, 'inbox')).toBe(24);
  expect(count('list', false, 'search')).toBe(1);
  expect(count('records', false, 'sync')).toBe(1);
  expect(count('records', true, 'sync')).toBe(2);
});

test('who asks for a community that is not theirs is told there, and of one that is none, where they work', async () => {
  const { store } = office;
  const stranger = await hire(store, '小何', [{ role: 'gridWorker', area: `${otherCommunity}001` }]);
  const refused = { what: 'records', purpose: 'sync' } as const;
  await noteRefusedPlace(store, stranger, { ...refused, asked: community }, minute(0));
  await noteRefusedPlace(store, stranger, { ...refused, asked: '999999999999' }, minute(0));
  await noteRefusedPlace(
    store,
    stranger,
    { ...refused, what: 'page', purpose: 'inbox', asked: null },
    minute(0)
  );
  expect(await list()).toMatchObject([{ name: '小何', what: 'records', isRefused: true }]);
  const lines = await listOpenings(store, otherCommunity, {}, 10);
  expect(lines.map(({ what }) => what).sort()).toEqual(['page', 'records']);
});

test('the lines of one person, of one day, and from one line on', async () => {
  const { store } = office;
  const chen = await hire(store, '陈蓉', [{ role: 'communityOfficer', area: community }]);
  // Midnight in China lies between the two.
  const moments = ['2026-11-20T15:59:00.000Z', '2026-11-20T16:01:00.000Z'];
  for (const { account } of [wang, chen])
    for (const at of moments) await noteOpening(store, { ...opening(), account, recordId: newId() }, at);
  expect(await listOpeners(store, community)).toHaveLength(2);
  expect((await list({ account: chen.account })).map(({ name }) => name)).toEqual(['陈蓉', '陈蓉']);
  for (const at of moments) {
    const ofDay = await list({ day: instantToDay(at) });
    expect(ofDay.map((line) => line.at)).toEqual([at, at]);
  }
  const [newest, ...older] = await list();
  expect(await list({ before: newest!.id })).toEqual(older);
});

test('whose file it was stands in the line', async () => {
  const li = await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]);
  const file = { what: 'file', recordId: '', purpose: 'hand-in', about: li.account } as const;
  await noteOpening(office.store, { ...opening(), ...file }, minute(0));
  expect(await list()).toMatchObject([{ name: '王丽', aboutName: '李平' }]);
});

test('no line is changed, and none goes before its time', async () => {
  const { store } = office;
  await noteOpening(store, opening(), new Date().toISOString());
  await noteOpening(store, { ...opening(), recordId: newId() }, '2019-11-20T01:00:00.000Z');
  await expect(store.connection.updateTable('access').set({ account: 'x' }).execute()).rejects.toThrow(
    /never/
  );
  await expect(store.connection.deleteFrom('access').execute()).rejects.toThrow(/three years/);
  const replace = sql`INSERT OR REPLACE INTO access SELECT id, '2019-01-01T00:00:00.000Z', 'x', community, what, record_id,
    purpose, is_refused, about, reason FROM access`;
  await expect(replace.execute(store.connection)).rejects.toThrow(/never/);
  await forgetOldOpenings(store, Date.now());
  expect(await list()).toHaveLength(1);
});
