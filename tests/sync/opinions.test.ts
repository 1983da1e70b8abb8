// What somebody thinks of the app: from their tablet to the administrators alone, and the answer back.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listOpinions } from '../../src/lib/data/opinions';
import { recordAct } from '../../src/lib/data/record';
import type { Grant } from '../../src/lib/domain/grant';
import type { RecordId } from '../../src/lib/domain/ids';
import { listDeskOpinions } from '../../src/lib/server/records/desk-opinions';
import { newId } from '../support/changes';
import { act } from '../support/desk';
import { community, gridOne, hire, openOffice, otherCommunity } from '../support/office';
import { openTablet } from '../support/tablet';

type Office = Awaited<ReturnType<typeof openOffice>>;
type Tablet = Awaited<ReturnType<typeof openTablet>>;

let office: Office;
let clock: number;
const tablets: Tablet[] = [];
const now = () => (clock += 60_000);

beforeEach(async () => {
  clock = Date.parse('2026-11-20T01:00:00.000Z');
  office = await openOffice();
});
afterEach(async () => {
  for (const { database } of tablets.splice(0)) await database.delete();
  await office.close();
});

async function tabletOf(name: string, grant: Grant): Promise<Tablet> {
  const tablet = await openTablet(office.store, await hire(office.store, name, [grant]), now);
  tablets.push(tablet);
  return tablet;
}

async function give(tablet: Tablet, text: string): Promise<RecordId> {
  const recordId = newId<RecordId>();
  const facts = { recordId, ownerGridCode: gridOne, text, appVersion: '0.1.0', page: '/map' };
  const { verdict } = await recordAct(tablet.author, 'opinion-given', facts, tablet.at());
  expect(verdict).toBe('allowed');
  return recordId;
}

const at = () => new Date(clock).toISOString();

test('it reaches the administrators and nobody else, and its giver hears the answer', async () => {
  const li = await tabletOf('李平', { role: 'gridWorker', area: gridOne });
  const colleague = await tabletOf('陈兰', { role: 'gridWorker', area: gridOne });
  const officer = await tabletOf('王丽', { role: 'communityOfficer', area: community });
  const admin = await hire(office.store, '管理员', [{ role: 'admin', area: community }]);
  const elsewhere = await hire(office.store, '别处管理员', [{ role: 'admin', area: otherCommunity }]);

  const id = await give(li, '字太小');
  // Without signal it stands there already.
  expect(await listOpinions(li.database)).toMatchObject([{ id, text: '字太小', state: 'given' }]);
  for (const tablet of [li, colleague, officer]) await tablet.sync();
  for (const { database } of [colleague, officer]) expect(await listOpinions(database)).toEqual([]);

  const reading = (actor: typeof admin) => ({ store: office.store, actor, community, now: at() });
  expect(await listDeskOpinions(reading(admin))).toMatchObject([
    { opinion: { id, page: '/map' }, name: '李平' }
  ]);
  expect(await listDeskOpinions(reading(elsewhere))).toEqual([]);
  expect(await listDeskOpinions(reading({ ...admin, account: officer.author.account, grants: [] }))).toEqual(
    []
  );

  const answer = [{ kind: 'opinion-answered', facts: { recordId: id, text: '设置里可以调' } }] as const;
  await expect(act(office.store, elsewhere, answer, at())).rejects.toThrow('unknown-record');
  await act(office.store, admin, answer, at());
  await li.sync();
  expect(await listOpinions(li.database)).toMatchObject([
    { state: 'answered', answer: { text: '设置里可以调', author: admin.account } }
  ]);
  expect(await li.database.outbox.count()).toBe(1);
});
