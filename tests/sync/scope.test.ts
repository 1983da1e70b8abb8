// Step 10: grants that change while a tablet holds what they showed.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listUnsent } from '../../src/lib/data/outbox';
import { loadCursor } from '../../src/lib/data/pulled';
import { recordAct } from '../../src/lib/data/record';
import { storeReference } from '../../src/lib/data/reference';
import type { Grant } from '../../src/lib/domain/grant';
import type { RecordId } from '../../src/lib/domain/ids';
import type { Issue } from '../../src/lib/domain/report';
import { loadReference } from '../../src/lib/server/records/reference';
import { firstWindow } from '../../src/lib/sync/plan';
import { pull } from '../../src/lib/sync/pull';
import { push } from '../../src/lib/sync/push';
import { community, gridOne, gridTwo, hire, openOffice } from '../support/office';
import { onePlaceEach } from '../support/places';
import { openTablet } from '../support/tablet';
import { officeViewFor, tabletView } from '../support/views';

let office: Awaited<ReturnType<typeof openOffice>>;
const nowMs = Date.parse('2026-11-20T01:00:00.000Z');

beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

async function employ(name: string, ...grants: Grant[]) {
  const person = await hire(office.store, name, grants);
  const tablet = await openTablet(office.store, person, () => nowMs);
  tablet.link.pageSize = 2;
  let told = 0;
  tablet.context.onGrantsChanged = () => void told++;
  const grant = (...fresh: Grant[]) => (person.grants = fresh);
  return { ...tablet, person, grant, told: () => told };
}
type Employee = Awaited<ReturnType<typeof employ>>;

const worksIn = (area: string): Grant => ({ role: 'gridWorker', area });

async function saveIn(tablet: Employee, grid: string, more: Partial<Issue> = {}) {
  await tablet.save({ text: `在 ${grid}`, ...more }, grid);
  const newest = await tablet.database.records.orderBy('id').last();
  return newest!.id;
}

const textsOn = async ({ database }: Employee) =>
  (await database.records.toArray()).map(({ record }) => (record as Issue).text).sort();

async function showsTheOffice(tablet: Employee) {
  expect(await tabletView(tablet.database)).toEqual(
    await officeViewFor(office.store, tablet.person, tablet.at())
  );
}

test('what a new grant shows comes whole, also when nobody touches it again', async () => {
  const he = await employ('小何', worksIn(gridTwo));
  for (let count = 0; count < 7; count++) await saveIn(he, gridTwo);
  const li = await employ('李平', worksIn(gridOne));
  await saveIn(li, gridOne);
  await he.sync();
  await li.sync();
  expect(await textsOn(li)).toEqual([`在 ${gridOne}`]);
  li.grant(worksIn(gridOne), worksIn(gridTwo));
  await li.sync();
  expect(await textsOn(li)).toHaveLength(8);
  await showsTheOffice(li);
  expect(li.told()).toBe(1);
  // And it is read once only.
  expect(await loadCursor(li.database, community)).not.toHaveProperty('backfill');
  await li.sync();
  expect(li.told()).toBe(1);
});

test('what was handed in before the first pull and is shown no more goes as well', async () => {
  const he = await employ('小何', worksIn(gridTwo));
  await saveIn(he, gridTwo);
  await push(he.context, firstWindow);
  he.grant(worksIn(gridOne));
  await he.sync();
  await showsTheOffice(he);
  expect(he.told()).toBe(0);
});

test.each([[worksIn(gridOne)], []])(
  'what turns out to have reached the office only after it is shown no more goes then (%o)',
  async (...fresh) => {
    const he = await employ('小何', worksIn(gridTwo));
    await he.sync();
    await saveIn(he, gridTwo);
    he.link.weather = () => 'answer-lost';
    await push(he.context, firstWindow);
    he.link.weather = () => 'fair';
    he.grant(...fresh);
    await pull(he.context, community);
    expect(await onePlaceEach(he.database)).toEqual(['outbox']);
    expect(await textsOn(he)).toHaveLength(1);
    await he.sync();
    expect(await onePlaceEach(he.database)).toEqual(['accepted']);
    await showsTheOffice(he);
    expect(await he.database.bases.count()).toBe(0);
  }
);

test('what comes to be shown again before its receipt stays', async () => {
  const he = await employ('小何', worksIn(gridTwo));
  await he.sync();
  await saveIn(he, gridTwo);
  he.grant(worksIn(gridOne));
  await pull(he.context, community);
  he.grant(worksIn(gridTwo));
  await pull(he.context, community);
  await he.sync();
  expect(await textsOn(he)).toHaveLength(1);
  await showsTheOffice(he);
});

test('what was written while the new grant was being read comes as well, each once as it is', async () => {
  const he = await employ('小何', worksIn(gridTwo));
  const ids: RecordId[] = [];
  for (let count = 0; count < 5; count++) ids.push(await saveIn(he, gridTwo));
  await he.sync();
  const li = await employ('李平', worksIn(gridOne));
  await saveIn(li, gridOne);
  await li.sync();
  li.grant(worksIn(gridTwo));
  const { transport } = li.context;
  let pulls = 0;
  li.context.transport = {
    ...transport,
    postJson: async (...request) => {
      if (++pulls === 2) {
        await recordAct(he.author, 'comment-added', { recordId: ids[0]!, text: '第一条' }, he.at());
        await recordAct(he.author, 'comment-added', { recordId: ids[4]!, text: '最后一条' }, he.at());
        await saveIn(he, gridTwo);
        await he.sync();
      }
      return transport.postJson(...request);
    }
  };
  await li.sync();
  expect(pulls).toBeGreaterThan(2);
  await showsTheOffice(li);
});

test('what an ended grant showed goes, but one’s own unsent work stays until the office has said no', async () => {
  const chen = await employ('陈兰', worksIn(gridOne));
  const theirs = await saveIn(chen, gridOne);
  await chen.sync();
  const li = await employ('李平', worksIn(gridOne));
  await li.sync();
  const unsent = await saveIn(li, gridOne);
  await recordAct(li.author, 'comment-added', { recordId: theirs, text: '我也看到了' }, li.at());
  li.grant(worksIn(gridTwo));
  // The pull comes before anything is sent.
  const lines = li.context.transport.postLines;
  li.context.transport.postLines = () => Promise.resolve({ status: 'away' });
  await li.sync();
  expect((await li.database.records.toCollection().primaryKeys()).sort()).toEqual([theirs, unsent].sort());
  li.context.transport.postLines = lines;
  await li.sync();
  expect(await onePlaceEach(li.database)).toEqual(['refused', 'refused']);
  expect(await listUnsent(li.database)).toHaveLength(2);
  // One's own refused report stays in sight; the colleague's is gone.
  expect(await li.database.records.toCollection().primaryKeys()).toEqual([unsent]);
});

test('who takes part in the community no more keeps nothing of it but what is unsent', async () => {
  const li = await employ('李平', worksIn(gridOne));
  await saveIn(li, gridOne);
  await li.sync();
  expect(await li.database.reference.count()).toBe(1);
  const unsent = await saveIn(li, gridOne);
  li.grant();
  li.context.communities = [];
  li.context.transport.postLines = () => Promise.resolve({ status: 'away' });
  await li.sync();
  expect(await li.database.records.toCollection().primaryKeys()).toEqual([unsent]);
  expect(await li.database.reference.count()).toBe(0);
  expect(await loadCursor(li.database, community)).toBeUndefined();
  // Granted again, all of it is there again.
  li.grant(worksIn(gridOne));
  li.context.communities = [community];
  await li.sync();
  expect(await textsOn(li)).toHaveLength(2);
});

test('who takes part no more before anything could be read keeps nothing the office has', async () => {
  const li = await employ('李平', worksIn(gridOne));
  await storeReference(li.database, (await loadReference(office.store, community))!);
  await saveIn(li, gridOne);
  li.link.weather = () => 'answer-lost';
  await push(li.context, firstWindow);
  li.link.weather = () => 'fair';
  li.grant();
  li.context.communities = [];
  await li.sync();
  expect(await onePlaceEach(li.database)).toEqual(['accepted']);
  expect(await li.database.records.count()).toBe(0);
});

test('who takes part nowhere asks with every run whether it does again', async () => {
  const li = await employ('李平', worksIn(gridOne));
  let asked = 0;
  li.context.onGrantsChanged = () => void asked++;
  await li.sync();
  const before = asked;
  await li.sync();
  expect(asked).toBe(before);
  li.context.communities = [];
  await li.sync();
  expect(asked).toBe(before + 1);
});

test('a volunteer who becomes a grid worker sees who reported, and the other way round', async () => {
  const chen = await employ('陈兰', worksIn(gridOne));
  const lamp = { categoryCode: 'C14', place: { source: 'map' as const, gridCode: `${gridOne}01` } };
  await saveIn(chen, gridOne, lamp);
  await chen.sync();
  const zhou = await employ('周孃孃', { role: 'microGridWorker', area: `${gridOne}01` });
  await zhou.sync();
  const author = async () => {
    const [row] = await zhou.database.records.toArray();
    expect(row).toBeDefined();
    return row!.record.author;
  };
  expect(await author()).not.toBe(chen.person.account);
  zhou.grant(worksIn(gridOne));
  await zhou.sync();
  expect(await author()).toBe(chen.person.account);
  zhou.grant({ role: 'microGridWorker', area: `${gridOne}01` });
  await zhou.sync();
  expect(await author()).not.toBe(chen.person.account);
  await showsTheOffice(zhou);
});

test('a cursor of protocol 1 says nothing of its grants: all they show comes, and the rest goes', async () => {
  const chen = await employ('陈兰', worksIn(gridOne));
  await saveIn(chen, gridOne);
  await chen.sync();
  const li = await employ('李平', worksIn(gridOne));
  await li.sync();
  const { scope: _, ...old } = (await loadCursor(li.database, community))!;
  await li.database.settings.put({ key: `cursor-${community}`, value: old });
  li.grant(worksIn(gridTwo));
  await li.sync();
  expect(await textsOn(li)).toEqual([]);
});

test('what was recorded under a grant that came and went between two pulls goes once the office has it', async () => {
  const li = await employ('李平', worksIn(gridOne));
  await saveIn(li, gridOne);
  await li.sync();
  li.grant(worksIn(gridTwo));
  await saveIn(li, gridTwo);
  li.link.weather = () => 'answer-lost';
  await push(li.context, firstWindow);
  li.link.weather = () => 'fair';
  li.grant(worksIn(gridOne));
  await pull(li.context, community);
  expect(await textsOn(li)).toHaveLength(2);
  await li.sync();
  await showsTheOffice(li);
});
