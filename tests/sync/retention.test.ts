// What has had its time goes by itself, at the office and on the tablets; nothing that is open or still to come does.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordAct } from '../../src/lib/data/record';
import { blank } from '../../src/lib/domain/blanking';
import type { ChangeKindName, FactsOf } from '../../src/lib/domain/changes';
import type { PhotoId, RecordId } from '../../src/lib/domain/ids';
import { msToInstant } from '../../src/lib/domain/instant';
import { forgetPeople } from '../../src/lib/server/forget-people';
import { listPurges, loadKeeping, saveKeeping, usualKeeping } from '../../src/lib/server/keeping';
import { receive } from '../../src/lib/server/receive';
import { newId, photoFacts } from '../support/changes';
import { community, gridOne, hire, openOffice } from '../support/office';
import { openTablet } from '../support/tablet';

let office: Awaited<ReturnType<typeof openOffice>>;
let li: Awaited<ReturnType<typeof openTablet>>;
let wang: Awaited<ReturnType<typeof hire>>;
let nowMs = 0;
const day = 24 * 3_600_000;
const years = (count: number) => count * 366 * day;
const now = () => msToInstant(nowMs);
const secret = '张婆婆13800001234';

beforeEach(async () => {
  nowMs = Date.parse('2026-11-20T01:00:00.000Z');
  office = await openOffice();
  const person = await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]);
  li = await openTablet(office.store, person, () => nowMs);
  wang = await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]);
});
afterEach(() => office.close());

async function save(kind: 'issue' | 'need' = 'issue', more: object = {}): Promise<RecordId> {
  await li.save({ kind, text: '三楼漏水', ...more }, gridOne);
  const id = (await li.database.records.orderBy('id').last())!.id;
  const facts = { recordId: id, whom: secret, channel: 'call' as const, promise: secret };
  await recordAct(li.author, 'follow-up-noted', facts, li.at());
  await li.sync();
  return id;
}

async function atDesk<Kind extends ChangeKindName>(kind: Kind, facts: FactsOf<Kind>): Promise<void> {
  const head = { shape: 1, community, author: wang.account, device: newId(), at: now(), baseVersion: 1 };
  const body = JSON.stringify({ ...head, id: newId(), kind, facts });
  const [receipt] = await receive(office.store, { actor: wang, device: newId() }, [body], now());
  expect(receipt).toMatchObject({ status: 'accepted' });
}

const reject = (recordId: RecordId) => atDesk('report-rejected', { recordId, reason: '重复' });

async function openCase(subjectId: RecordId): Promise<RecordId> {
  const recordId = newId<RecordId>();
  await atDesk('case-opened', { recordId, subjectId, afterPhoto: 'no' });
  return recordId;
}

const closeCase = (recordId: RecordId, subjectId: RecordId) =>
  atDesk('case-closed', { recordId, subjectId, how: 'noLongerNeeded', words: '已自行解决' });

/** A night, so many days later. */
async function sweepAfter(ms: number): Promise<void> {
  nowMs += ms;
  await forgetPeople(office.store, nowMs);
}

const idsAtOffice = async () =>
  (await office.store.connection.selectFrom('record').select('id').execute()).map(({ id }) => id as RecordId);
const purges = async () =>
  (await listPurges(office.store, community)).map(({ what, why, count, author }) => ({
    what,
    why,
    count,
    author
  }));
const shown = async (id: RecordId) => (await li.database.records.get(id))?.record;

describe('three years after', () => {
  test('a closed issue has lost whom somebody spoke to, on the tablet as well, and nothing else', async () => {
    const id = await save();
    const caseId = await openCase(id);
    await closeCase(caseId, id);
    await sweepAfter(3 * 365 * day - day);
    await li.sync();
    expect(JSON.stringify(await shown(id))).toContain(secret);
    await sweepAfter(3 * day);
    await li.sync();
    expect(await shown(id)).toMatchObject({ text: '三楼漏水', followUps: [{ whom: blank, promise: blank }] });
    expect(await shown(caseId)).toMatchObject({ state: 'closed', closed: { words: '已自行解决' } });
    const dump = await Promise.all(li.database.tables.map((table) => table.toArray()));
    expect(JSON.stringify(dump)).not.toContain('张婆婆');
    expect(await purges()).toEqual([{ what: 'contacts', why: 'retention', count: 1, author: null }]);
    // Done once.
    await sweepAfter(day);
    await sweepAfter(years(4));
    expect(await purges()).toHaveLength(1);
  });

  test('a need is gone with its case', async () => {
    const id = await save('need');
    await closeCase(await openCase(id), id);
    await sweepAfter(years(3));
    await li.sync();
    expect(await idsAtOffice()).toEqual([]);
    expect(await shown(id)).toBeUndefined();
    expect(await purges()).toEqual([{ what: 'need', why: 'retention', count: 1, author: null }]);
  });

  test('what is open stays as it is, however old', async () => {
    const open = [await save(), await save('need')];
    const accepted = await save('need');
    const caseId = await openCase(accepted);
    const before = await office.store.connection.selectFrom('record').select('body').orderBy('id').execute();
    await sweepAfter(years(9));
    expect(await office.store.connection.selectFrom('record').select('body').orderBy('id').execute()).toEqual(
      before
    );
    expect((await idsAtOffice()).sort()).toEqual([...open, accepted, caseId].sort());
    expect(await purges()).toEqual([]);
  });

  test('what somebody did something to meanwhile is counted from there', async () => {
    const id = await save('need');
    await reject(id);
    nowMs += years(2);
    await atDesk('comment-added', { recordId: id, text: '又来问过' });
    await sweepAfter(years(2));
    expect(await idsAtOffice()).toEqual([id]);
    await sweepAfter(years(2));
    expect(await idsAtOffice()).toEqual([]);
  });

  test('what a picture is still to come for waits for it', async () => {
    const id = await save('need');
    const photo = photoFacts(newId<PhotoId>());
    await recordAct(li.author, 'photo-attached', { recordId: id, photo }, li.at());
    await li.sync();
    await reject(id);
    await sweepAfter(years(4));
    expect(await idsAtOffice()).toEqual([id]);
    await office.store.connection.updateTable('photo').set({ stored_at: now() }).execute();
    await sweepAfter(day);
    expect(await idsAtOffice()).toEqual([]);
  });

  test('what is unsent on it is kept on the tablet, refused and told', async () => {
    const id = await save();
    await reject(id);
    li.link.weather = () => 'lost';
    const facts = { recordId: id, whom: secret, channel: 'call' as const, promise: '' };
    await recordAct(li.author, 'follow-up-noted', facts, li.at());
    await sweepAfter(years(3));
    li.link.weather = () => 'fair';
    await li.sync();
    expect(await li.database.troubles.toArray()).toMatchObject([{ refusal: { code: 'personal-blanked' } }]);
    const log = await office.store.connection.selectFrom('change').select('body').execute();
    expect(JSON.stringify(log)).not.toContain('张婆婆');
  });
});

describe('a walk', () => {
  const point = () => [now(), 104.1, 30.6, 8] as [string, number, number, number];
  async function walk(): Promise<RecordId> {
    const recordId = newId<RecordId>();
    await recordAct(li.author, 'patrol-started', { recordId, ownerGridCode: gridOne }, li.at());
    const piece = { recordId, points: [point()], gaps: [], metres: 5 };
    await recordAct(li.author, 'track-recorded', piece, li.at());
    await li.sync();
    return recordId;
  }
  const pieces = async () => {
    const ofTracks = office.store.connection.selectFrom('change').where('kind', '=', 'track-recorded');
    return (await ofTracks.select('sha256').where('body', '<>', '').execute()).length;
  };

  test('loses its points after 30 days and keeps its stub; sooner where the office says so', async () => {
    await walk();
    await walk();
    await sweepAfter(29 * day);
    expect(await pieces()).toBe(2);
    await sweepAfter(2 * day);
    expect(await pieces()).toBe(0);
    expect(await purges()).toEqual([{ what: 'track', why: 'retention', count: 2, author: null }]);
    const admin = await hire(office.store, '管理员', [{ role: 'admin', area: community }]);
    const by = { store: office.store, actor: admin, nowMs };
    expect(await saveKeeping(by, community, { trackDays: 7, closedYears: 3 })).toBeNull();
    await walk();
    await sweepAfter(8 * day);
    expect(await pieces()).toBe(0);
  });

  test('is gone three years after its end; one that never ended is open', async () => {
    const ended = await walk();
    await recordAct(li.author, 'patrol-ended', { recordId: ended, note: '累了' }, li.at());
    await li.sync();
    const walking = await walk();
    await sweepAfter(years(3));
    expect(await idsAtOffice()).toEqual([walking]);
  });
});

test('how long is the administrator’s to say, within limits', async () => {
  const admin = await hire(office.store, '管理员', [{ role: 'admin', area: community }]);
  const by = (actor: typeof admin) => ({ store: office.store, actor, nowMs });
  expect(await loadKeeping(office.store, community)).toEqual(usualKeeping);
  const shorter = { trackDays: 10, closedYears: 1 };
  expect(await saveKeeping(by(wang), community, shorter)).toEqual({ code: 'not-granted' });
  for (const wrong of [{ trackDays: 31 }, { trackDays: 0 }, { closedYears: 11 }, { closedYears: 1.5 }])
    expect(await saveKeeping(by(admin), community, { ...shorter, ...wrong })).toEqual({ code: 'malformed' });
  expect(await saveKeeping(by(admin), community, shorter)).toBeNull();
  expect(await loadKeeping(office.store, community)).toEqual(shorter);
  const id = await save('need');
  await reject(id);
  await sweepAfter(years(1));
  expect(await idsAtOffice()).toEqual([]);
});
