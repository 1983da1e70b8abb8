// The end of a shift from one worker's tablet to the next one's, and back that it was read.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listHandovers, listToRead, recordHandovers } from '../../src/lib/data/handovers';
import { recordAct } from '../../src/lib/data/record';
import { listReports } from '../../src/lib/data/reads';
import { isOpenItem } from '../../src/lib/domain/open-item';
import type { Grant } from '../../src/lib/domain/grant';
import type { AccountId } from '../../src/lib/domain/ids';
import { eraseRecord } from '../../src/lib/server/erase';
import { community, gridOne, gridTwo, hire, openOffice } from '../support/office';
import { openTablet } from '../support/tablet';

type Office = Awaited<ReturnType<typeof openOffice>>;
type Tablet = Awaited<ReturnType<typeof openTablet>>;

let office: Office;
let clock: number;
let li: Tablet;
let wang: Tablet;
const tablets: Tablet[] = [];
const now = () => (clock += 60_000);

async function workerWith(name: string, ...areas: string[]): Promise<Tablet> {
  const grants = areas.map((area): Grant => ({ role: 'gridWorker', area }));
  const tablet = await openTablet(office.store, await hire(office.store, name, grants), now);
  tablets.push(tablet);
  return tablet;
}

beforeEach(async () => {
  clock = Date.parse('2026-11-20T01:00:00.000Z');
  office = await openOffice();
  li = await workerWith('李平', gridOne, gridTwo);
  wang = await workerWith('王芳', gridOne);
});
afterEach(async () => {
  for (const { database } of tablets.splice(0)) await database.delete();
  await office.close();
});

const toRead = ({ database, author, at }: Tablet) => listToRead(database, author.account, at());

async function handOver(grids = [gridOne], note = '王阿姨家明早送药') {
  const at = li.at();
  const open = await listReports(li.database, 100, () => true);
  const parts = grids.map((ownerGridCode) => ({
    ownerGridCode,
    itemIds: open
      .filter(({ report, work }) => isOpenItem(report, work, ownerGridCode, at))
      .map(({ report }) => report.id)
  }));
  const made = await recordHandovers(li.author, parts, note, at);
  if (!Array.isArray(made)) throw new Error(made.verdict);
  return made;
}

test('a handover written without signal arrives with its items, is ticked, and the giver sees by whom', async () => {
  await li.save({ text: '井盖松动' }, gridOne);
  await li.save({ text: '下水道堵了' }, gridOne);
  await li.save({ text: '换灯泡，已换好', solvedOnSpot: true }, gridOne);
  await li.save({ text: '邻里纠纷', communityOnly: true }, gridOne);
  const [given] = await handOver();
  expect(given!.itemIds).toHaveLength(2);
  // Its giver is asked nothing.
  expect(await toRead(li)).toEqual([]);
  await li.sync();
  await wang.sync();
  const [read] = await toRead(wang);
  expect(read).toMatchObject({
    id: given!.id,
    note: '王阿姨家明早送药',
    state: 'waiting',
    author: li.author.account
  });
  for (const id of read!.itemIds) expect(await wang.database.records.get(id)).toBeDefined();
  await recordAct(wang.author, 'handover-read', { recordId: read!.id }, wang.at());
  // Without signal it is off the list at once.
  expect(await toRead(wang)).toEqual([]);
  await wang.sync();
  await li.sync();
  const [seen] = await listHandovers(li.database, 10);
  expect(seen).toMatchObject({ state: 'read', readBy: [{ account: wang.author.account }] });
  const history = (await li.database.records.get(given!.id))!.history;
  expect(history).toMatchObject([{ kind: 'handover-read', authorName: '王芳' }]);
});

test('each grid has its own: nobody reads what was left to another', async () => {
  await li.save({ text: '一网格的' }, gridOne);
  await li.save({ text: '二网格的' }, gridTwo);
  await handOver([gridOne, gridTwo]);
  await li.sync();
  const he = await workerWith('小何', gridTwo);
  const volunteer = await openTablet(
    office.store,
    await hire(office.store, '周孃孃', [{ role: 'microGridWorker', area: `${gridOne}01` }]),
    now
  );
  tablets.push(volunteer);
  for (const tablet of [wang, he, volunteer]) await tablet.sync();
  expect((await toRead(wang)).map((one) => one.ownerGridCode)).toEqual([gridOne]);
  expect((await toRead(he)).map((one) => one.ownerGridCode)).toEqual([gridTwo]);
  expect(await listHandovers(volunteer.database, 10)).toEqual([]);
});

test('one person may tick on two tablets without signal: both are accepted, the first counts', async () => {
  const [given] = await handOver();
  await li.sync();
  const second = await openTablet(
    office.store,
    { account: wang.author.account, name: '王芳', grants: [{ role: 'gridWorker', area: gridOne }] },
    now,
    'second tablet' as AccountId
  );
  tablets.push(second);
  const times: string[] = [];
  for (const tablet of [wang, second]) {
    await tablet.sync();
    times.push(tablet.at());
    await recordAct(tablet.author, 'handover-read', { recordId: given!.id }, times.at(-1)!);
  }
  for (const tablet of [wang, second, li]) await tablet.sync();
  expect(await second.database.troubles.count()).toBe(0);
  const [seen] = await listHandovers(li.database, 10);
  expect(seen!.readBy).toEqual([{ account: wang.author.account, at: times[0] }]);
});

test('an erased item is gone from what the next one sees, and an erased handover from both', async () => {
  await li.save({ text: '井盖松动' }, gridOne);
  const [given] = await handOver();
  await li.sync();
  await wang.sync();
  await eraseRecord(office.store, community, given!.itemIds[0]!, wang.at());
  await wang.sync();
  expect(await wang.database.records.get(given!.itemIds[0]!)).toBeUndefined();
  expect(await toRead(wang)).toHaveLength(1);
  await eraseRecord(office.store, community, given!.id, wang.at());
  for (const tablet of [li, wang]) {
    await tablet.sync();
    expect(await listHandovers(tablet.database, 10)).toEqual([]);
  }
  const log = await office.store.connection.selectFrom('change').select('body').execute();
  expect(log.some(({ body }) => body.includes('送药'))).toBe(false);
});
