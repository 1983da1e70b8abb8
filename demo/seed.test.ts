import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import { isOverdue, type Case } from '../src/lib/domain/case';
import type { DeviceId } from '../src/lib/domain/ids';
import { msToInstant } from '../src/lib/domain/instant';
import { isReport, type AnyRecord } from '../src/lib/domain/record';
import { reportStatus } from '../src/lib/domain/status';
import { protocolVersion } from '../src/lib/protocol/version';
import { rowToRecord } from '../src/lib/server/records/records';
import { loadReference } from '../src/lib/server/records/reference';
import { signIn } from '../src/lib/server/session';
import { pull } from '../src/lib/server/serve';
import { closeStore, openStore, type Store } from '../src/lib/server/store';
import { demoAreas } from './areas.ts';
import { demoCommunityCode, neighbourCommunityCode } from './community.ts';
import { people, type Who } from './people';
import { pictureNames } from './pictures/names';
import { demoStories, seedDemo } from './seed';
import { dayOf } from './story/clock';
import { readPicture, readThumbnail } from './story/pictures';
import { arrange } from './story/plan';

/** A Friday, half past ten in the morning in Shanghai. */
const nowMs = Date.parse('2026-11-20T02:30:00.000Z');
const now = msToInstant(nowMs);
const folder = mkdtempSync(join(tmpdir(), 'xunge-seed-'));

let seeded: Awaited<ReturnType<typeof seedDemo>>;
let store: Store;
let records: AnyRecord[];

beforeAll(async () => {
  seeded = await seedDemo(folder, nowMs);
  store = await openStore(folder);
  const rows = await store.connection.selectFrom('record').select('body').execute();
  records = rows.map(rowToRecord);
});

afterAll(async () => {
  await closeStore(store);
  rmSync(folder, { recursive: true });
});

const recordOf = (id: string) => records.find((record) => record.id === id);
const cases = () => records.filter((record): record is Case => record.kind === 'case');
const reports = () => records.filter(isReport);

/** What this person's tablet would receive of a community. */
async function seenBy(who: Who, community: string): Promise<AnyRecord[]> {
  const request = { protocol: protocolVersion, device: uuidV7() as DeviceId, community };
  const reply = await pull(store, seeded.cast[who], request, now);
  return reply!.rows.map((row) => row.record as unknown as AnyRecord);
}

test('every story ends as it says', () => {
  const wrong = demoStories.flatMap((story) => {
    const { subject, work } = seeded.plan.idsByStory.get(story.key)!;
    const record = recordOf(subject);
    const ownCase = cases().find(({ id }) => id === work);
    const status = isReport(record)
      ? reportStatus(record, ownCase)
      : record && record.kind !== 'case' && record.state;
    return status === story.ends ? [] : [`${story.key}: ${String(status)} instead of ${story.ends}`];
  });
  expect(wrong).toEqual([]);
});

test('of the stories written by hand, exactly those that say so are overdue', () => {
  const byHand = demoStories.filter(({ key }) => /^(?!patrol-)[a-z-]+$/.test(key));
  const late = byHand.filter(({ key }) => {
    const { work } = seeded.plan.idsByStory.get(key)!;
    return cases().some((one) => one.id === work && isOverdue(one, now));
  });
  expect(byHand.length).toBeGreaterThan(35);
  expect(late.map(({ key }) => key)).toEqual(byHand.filter(({ overdue }) => overdue).map(({ key }) => key));
});

test('every change was accepted, none refused or in conflict', async () => {
  const outcomes = await store.connection.selectFrom('outcome').selectAll().execute();
  expect(outcomes).toEqual([]);
});

test('nothing lies in the future, neither on the device nor at the office', async () => {
  const changes = await store.connection
    .selectFrom('change')
    .select(['kind', 'at', 'received_at'])
    .where('kind', '!=', 'photo-stored')
    .where((where) => where.or([where('at', '>', now), where('received_at', '>', now)]))
    .execute();
  expect(changes).toEqual([]);
});

test('five weeks can be told at any hour of any day without running backwards or ahead', () => {
  const starts = [
    '2026-09-28T00:10:00Z',
    '2026-11-16T00:10:00Z',
    '2027-01-04T00:10:00Z',
    '2027-02-15T00:10:00Z'
  ];
  for (const start of starts)
    for (let hour = 0; hour < 10 * 24; hour += 11)
      expect(() => arrange(demoStories, Date.parse(start) + hour * 3_600_000)).not.toThrow();
});

test('each list of the office has something to show', () => {
  const town = reports().filter(({ community }) => community === demoCommunityCode);
  const states = new Set(cases().map(({ state }) => state));
  expect([...states].sort()).toEqual(['accepted', 'closed', 'dispatched', 'handled', 'returned', 'rework']);
  const inbox = town.filter(({ state }) => state === 'reported');
  expect(inbox.length).toBeGreaterThan(6);
  expect(town.some(({ state }) => state === 'needsDetail')).toBe(true);
  expect(town.filter(({ kind }) => kind === 'need').length).toBeGreaterThan(20);
  expect(reports().length).toBeGreaterThan(110);
  const grids = new Set(town.map(({ ownerGridCode }) => ownerGridCode.slice(0, 15)));
  expect(grids.size).toBe(8);
});

test('李平 has something to do today, and nothing recorded that his first number could repeat', () => {
  const { account } = seeded.cast.李平;
  const own = reports().filter(({ author }) => author === account);
  const dueDays = own.flatMap(({ followUps }) => followUps.map(({ dueDay }) => dueDay!));
  expect(dueDays).toContain(dayOf(nowMs));
  expect(dueDays.some((day) => day < dayOf(nowMs))).toBe(true);
  expect(own.filter(({ at }) => dayOf(Date.parse(at)) === dayOf(nowMs))).toEqual([]);
  expect(own.some(({ state }) => state === 'needsDetail')).toBe(true);
  expect(cases().some(({ state, reporter }) => state === 'handled' && reporter === account)).toBe(true);
});

test('numbers are 李平-1120-03 and nobody has one twice', () => {
  const numbers = reports().map(({ number }) => number);
  expect(numbers.filter((number) => !/^\p{Script=Han}+-\d{4}-\d{2}$/u.test(number))).toEqual([]);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('the officer of 槐树店 sees her own community and nothing of 长天路', async () => {
  expect(await seenBy('陈蓉', demoCommunityCode)).toEqual([]);
  const own = await seenBy('陈蓉', neighbourCommunityCode);
  expect(own.length).toBeGreaterThan(10);
  expect(own.every(({ community }) => community === neighbourCommunityCode)).toBe(true);
  expect(await seenBy('李平', neighbourCommunityCode)).toEqual([]);
  expect((await seenBy('王丽', neighbourCommunityCode)).length).toBe(own.length);
});

test('a worker of other grids sees nothing of 李平, and a volunteer no dispute and no need of a neighbour', async () => {
  const { account } = seeded.cast.李平;
  const seen = await seenBy('刘燕', demoCommunityCode);
  expect(seen.length).toBeGreaterThan(10);
  expect(seen.filter(({ author }) => author === account)).toEqual([]);
  const zhou = await seenBy('周孃孃', demoCommunityCode);
  expect(zhou.length).toBeGreaterThan(0);
  const strange = zhou.filter(
    (record) =>
      record.author !== seeded.cast.周孃孃.account && !(record.kind === 'issue' && record.publicFacility)
  );
  expect(strange).toEqual([]);
});

test('the cover of grid 4 is over, the cover of grid 7 in force', async () => {
  const grids = (await seenBy('小何', demoCommunityCode)).map(({ ownerGridCode }) =>
    ownerGridCode.slice(12, 15)
  );
  expect(new Set(grids)).toEqual(new Set(['007']));
  const made = reports().filter(({ author }) => author === seeded.cast.小何.account);
  expect(made.some(({ ownerGridCode }) => ownerGridCode.startsWith(`${demoCommunityCode}004`))).toBe(true);
});

test('all areas are loaded, and both communities say that they are a demo', async () => {
  const { count } = await store.connection
    .selectFrom('area')
    .select((expression) => expression.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  expect(count).toBe(demoAreas.length);
  const reference = (await loadReference(store, demoCommunityCode))!;
  expect(reference.isDemo).toBe(true);
  expect((await loadReference(store, neighbourCommunityCode))!.isDemo).toBe(true);
  expect(reference.grids).toHaveLength(8 + 24);
  const factory = reference.buildings.find(({ courtyard }) => courtyard === '机械厂老院')!;
  expect(factory.initials).toEqual(expect.arrayContaining(['jxcly', 'lcy']));
  expect(reference.phones.map(({ number }) => number)).toEqual(
    expect.arrayContaining(['110', '119', '120', '96110'])
  );
});

test('every picture arrived whole, with a thumbnail', async () => {
  const photos = await store.connection.selectFrom('photo').selectAll().execute();
  expect(photos.length).toBeGreaterThan(25);
  expect(photos.filter(({ stored_at, thumbnail }) => !stored_at || !thumbnail)).toEqual([]);
  const lengths = photos.map(({ community, id }) => statSync(join(folder, 'photos', community, id)).size);
  expect(lengths).toEqual(photos.map(({ bytes }) => bytes));
  const used = new Set(photos.map(({ sha256 }) => sha256));
  expect(used.size).toBe(pictureNames.length);
});

test('pictures are small: 90 kB, thumbnails 6 kB', () => {
  for (const name of pictureNames) {
    expect(readPicture(name).length).toBeLessThanOrEqual(90 * 1024);
    expect(readThumbnail(name).length).toBeLessThanOrEqual(6 * 1024);
  }
});

test('no text holds a phone number or a door', () => {
  const texts = records.flatMap((record) =>
    isReport(record)
      ? [record.text, record.place.words ?? '', ...record.followUps.map(({ promise }) => promise)]
      : []
  );
  expect(texts.filter((text) => /\d{5,}|\d+(室|户|-\d+-\d+)/.test(text))).toEqual([]);
});

test('everybody can sign in with the password of this run', async () => {
  expect(seeded.accounts.map(({ name }) => name)).toEqual(Object.keys(people));
  const [first, second] = seeded.accounts;
  for (const { login, password } of [first!, second!]) {
    const attempt = { login, password, address: '127.0.0.1' };
    expect(await signIn(store, attempt, nowMs)).toHaveProperty('session');
  }
});
