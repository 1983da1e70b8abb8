// The end of a shift from one worker's tablet to the next one's, and back that it was read.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forgetErased } from '../../src/lib/data/erased';
import { listHandovers, listToRead, loadHandover, recordHandovers } from '../../src/lib/data/handovers';
import { leaveLetters, takeInLetters } from '../../src/lib/data/letters';
import { loadReceived, tickReceived } from '../../src/lib/data/received';
import { recordAct } from '../../src/lib/data/record';
import { listReports } from '../../src/lib/data/reads';
import { tabletFacts } from '../../src/lib/data/tablet-facts';
import { makeVault } from '../../src/lib/data/vault/vaults';
import type { Handover } from '../../src/lib/domain/handover';
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
const grantsByAccount = new Map<AccountId, Grant[]>();
const now = () => (clock += 60_000);

async function workerWith(name: string, ...areas: string[]): Promise<Tablet> {
  const grants = areas.map((area): Grant => ({ role: 'gridWorker', area }));
  const person = await hire(office.store, name, grants);
  grantsByAccount.set(person.account, grants);
  const tablet = await openTablet(office.store, person, now);
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

describe('on one tablet without signal', () => {
  /** Both have a PIN on this tablet, and have been let in once. */
  async function moveIn(...people: Tablet[]): Promise<void> {
    for (const { author, at } of people) {
      const { account, name } = author;
      const signedIn = { account, name, grants: grantsOf(author.account), communities: [], deviceMark: '' };
      await makeVault(signedIn, '271828', at());
    }
    await comeIn(...people);
  }
  async function comeIn(...people: Tablet[]): Promise<void> {
    for (const { database, author, at } of people)
      await takeInLetters(database, { account: author.account, grants: grantsOf(author.account) }, at());
  }
  const grantsOf = (account: AccountId) => grantsByAccount.get(account)!;

  async function giveHere(): Promise<Handover> {
    await li.save({ text: '井盖松动' }, gridOne);
    const [given] = await handOver();
    await leaveLetters(li.author, [given!], li.at());
    return given!;
  }

  test('the next worker reads and ticks it before the office knows of it, and nobody else can', async () => {
    const he = await workerWith('小何', gridTwo);
    await moveIn(li, wang, he);
    const given = await giveHere();
    const left = await tabletFacts().letters.toArray();
    expect(left.map(({ account }) => account)).toEqual([wang.author.account]);
    expect(Buffer.from(left[0]!.sealed).includes('送药')).toBe(false);
    await comeIn(wang, he);
    expect(await tabletFacts().letters.count()).toBe(0);
    expect(await toRead(he)).toEqual([]);
    expect(await toRead(wang)).toMatchObject([{ id: given.id, note: '王阿姨家明早送药' }]);
    const view = (await loadHandover(wang.database, given.id))!;
    expect(view.received!.map(({ report }) => report.text)).toEqual(['井盖松动']);
    await tickReceived(wang.database, given.id, wang.at());
    expect(await toRead(wang)).toEqual([]);
    // Nothing that the office would refuse: it does not know the handover.
    await wang.sync();
    expect(await wang.database.outbox.count()).toBe(0);
    await li.sync();
    await wang.sync();
    await wang.sync();
    expect(await loadReceived(wang.database)).toEqual([]);
    expect(await wang.database.troubles.count()).toBe(0);
    await li.sync();
    const [seen] = await listHandovers(li.database, 10);
    expect(seen!.readBy.map(({ account }) => account)).toEqual([wang.author.account]);
  });

  test('it is read once: its record takes its place, and a copy that comes late brings it not back', async () => {
    await moveIn(li, wang);
    const given = await giveHere();
    const late = (await tabletFacts().letters.toArray())[0]!;
    await comeIn(wang);
    await li.sync();
    await wang.sync();
    expect(await loadReceived(wang.database)).toEqual([]);
    expect(await toRead(wang)).toHaveLength(1);
    await tabletFacts().letters.put(late);
    await comeIn(wang);
    expect(await loadReceived(wang.database)).toEqual([]);
    expect(await toRead(wang)).toMatchObject([{ id: given.id }]);
  });

  test('it goes with the grid', async () => {
    await moveIn(li, wang);
    await giveHere();
    await comeIn(wang);
    expect(await loadReceived(wang.database)).toHaveLength(1);
    grantsByAccount.set(wang.author.account, [{ role: 'gridWorker', area: gridTwo }]);
    await comeIn(wang);
    expect(await loadReceived(wang.database)).toEqual([]);
  });

  test('it goes with time', async () => {
    await moveIn(li, wang);
    await giveHere();
    await comeIn(wang);
    clock += 31 * 24 * 3_600_000;
    await comeIn(wang);
    expect(await loadReceived(wang.database)).toEqual([]);
  });

  test('what the office erases goes from it, too', async () => {
    await moveIn(li, wang);
    const { database } = wang;
    const given = await giveHere();
    await comeIn(wang);
    await database.transaction('rw', database.tables, async () => forgetErased(database, given.itemIds));
    expect((await loadReceived(database))[0]!.items).toEqual([]);
    await database.transaction('rw', database.tables, async () => forgetErased(database, [given.id]));
    expect(await loadReceived(database)).toEqual([]);
  });
});
