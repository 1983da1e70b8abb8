import { afterEach, beforeEach, expect, test } from 'vitest';
import { community, gridOne, gridTwo, hire, openOffice, otherCommunity } from '../../../tests/support/office';
import { undrawn } from '../domain/grid';
import { listChanges, listUnopened, openCommunities, saveAreaNames, saveList } from './lists';
import { loadReference } from './records/reference';

let office: Awaited<ReturnType<typeof openOffice>>;
let admin: Awaited<ReturnType<typeof hire>>;
const nowMs = Date.parse('2026-11-20T01:00:00.000Z');
const third = '510108011009';
const by = (actor = admin) => ({ store: office.store, actor, nowMs });

beforeEach(async () => {
  office = await openOffice();
  admin = await hire(office.store, '管理员', [{ role: 'admin', area: '510108011' }]);
});
afterEach(() => office.close());

const grid = (code: string, name: string) => ({ code, item: { code, name, border: undrawn } });

test('a list is replaced as a whole, and who changed what is written down', async () => {
  expect(await saveList(by(), community, 'grid', [grid(gridOne, '一'), grid(gridTwo, '二')])).toBeNull();
  expect(await saveList(by(), community, 'grid', [grid(gridOne, '老厂'), grid(gridTwo, '二')])).toBeNull();
  expect((await loadReference(office.store, community))?.grids.map(({ name }) => name)).toEqual([
    '老厂',
    '二'
  ]);
  const [line] = await office.store.connection
    .selectFrom('administration')
    .selectAll()
    .orderBy('id', 'desc')
    .execute();
  expect(line).toMatchObject({
    author: admin.account,
    act: 'list-changed',
    subject: 'grid',
    area: community
  });
  expect([line!.before, line!.after].map((text) => JSON.parse(text!) as unknown)).toEqual([
    [[gridOne, grid(gridOne, '一').item]],
    [[gridOne, grid(gridOne, '老厂').item]]
  ]);
});

test('what is saved again as it was is no change', async () => {
  await saveList(by(), community, 'grid', [grid(gridOne, '一')]);
  await saveList(by(), community, 'grid', [grid(gridOne, '一')]);
  expect(await listChanges(by(), community, 'grid')).toMatchObject([
    { name: '管理员', before: [], after: [grid(gridOne, '一').item] }
  ]);
});

test('what somebody works in or for stays, and then nothing is saved', async () => {
  await saveList(by(), community, 'grid', [grid(gridOne, '一'), grid(gridTwo, '二')]);
  const unit = office.unit;
  await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]);
  await hire(office.store, '小何', [{ role: 'gridWorker', area: gridTwo, to: '2026-11-01T00:00:00.000Z' }]);
  await hire(office.store, '张师傅', [{ role: 'unitHandler', area: community, unit }]);
  expect(await saveList(by(), community, 'grid', [])).toEqual({ inUse: [gridOne] });
  expect((await loadReference(office.store, community))?.grids).toHaveLength(2);
  expect(await saveList(by(), community, 'grid', [grid(gridOne, '一')])).toBeNull();
  expect(await saveList(by(), community, 'unit', [])).toEqual({ inUse: [unit] });
});

test('what is filed under by itself stays on its list', async () => {
  expect(await saveList(by(), community, 'category', [])).toEqual({ inUse: ['C12'] });
  expect(await saveList(by(), community, 'needType', [])).toEqual({ inUse: ['N10'] });
});

test('another order is a change, written down whole', async () => {
  await saveList(by(), community, 'grid', [grid(gridOne, '一'), grid(gridTwo, '二')]);
  await saveList(by(), community, 'grid', [grid(gridTwo, '二'), grid(gridOne, '一')]);
  expect((await loadReference(office.store, community))?.grids.map(({ code }) => code)).toEqual([
    gridTwo,
    gridOne
  ]);
  const [line] = await office.store.connection
    .selectFrom('administration')
    .selectAll()
    .orderBy('id', 'desc')
    .execute();
  const codes = (text: string | null) => (JSON.parse(text!) as [string][]).map(([code]) => code);
  expect([codes(line!.before), codes(line!.after)]).toEqual([
    [gridOne, gridTwo],
    [gridTwo, gridOne]
  ]);
});

test('communities are opened out of named areas, with what every one starts from', async () => {
  const named = await saveAreaNames(by(), [
    { code: third, name: '双福路社区居委会' },
    { code: '510108', name: '成华区' },
    { code: '140109011005', name: '光华街社区居委会' }
  ]);
  // The district holds the administrator's street; the other city does not.
  expect(named).toBe(2);
  expect(await listUnopened(by())).toEqual([{ code: third, name: '双福路社区居委会' }]);
  expect(await openCommunities(by(), [third])).toBeNull();
  const reference = (await loadReference(office.store, third))!;
  expect(reference).toMatchObject({ name: '双福路社区居委会', isDemo: false });
  expect(reference.categories.length).toBeGreaterThan(20);
  expect(reference.needTypes).toHaveLength(10);
  expect(reference.phones.map(({ number }) => number)).toEqual(['110', '119', '120', '96110']);
  expect(await listUnopened(by())).toEqual([]);
});

test('nobody else opens or changes anything', async () => {
  await saveAreaNames(by(), [{ code: third, name: '双福路社区居委会' }]);
  const officer = await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]);
  const neighbour = await hire(office.store, '邻居', [{ role: 'admin', area: otherCommunity }]);
  for (const other of [officer, neighbour]) {
    expect(await saveList(by(other), community, 'grid', [grid(gridOne, '一')])).toEqual({
      code: 'not-granted'
    });
    expect(await openCommunities(by(other), [third])).toEqual({ code: 'not-granted' });
    expect(await listUnopened(by(other))).toEqual([]);
    expect(await saveAreaNames(by(other), [{ code: third, name: '改名' }])).toBe(0);
  }
});
