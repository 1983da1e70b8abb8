import { afterEach, beforeEach, expect, it } from 'vitest';
import { changeOf, newId, photoFacts } from '../../../tests/support/changes';
import { community, gridOne, otherCommunity } from '../../../tests/support/codes';
import {
  by,
  commentOn,
  issueBy,
  now,
  openCounter,
  outcomesOf,
  recordsIn,
  type Counter
} from '../../../tests/support/counter';
import { hire } from '../../../tests/support/office';
import type { Change } from '../domain/changes';
import type { Actor, Grant } from '../domain/grant';
import type { AccountId, DeviceId } from '../domain/ids';
import { senderOf } from './carry';
import { listPhotosById } from './records/photos';
import { receive } from './receive';
import { loadHistory } from './records/history';
import type { Session } from './session';

let office: Counter;
beforeEach(async () => {
  office = await openCounter();
});
afterEach(() => office.close());

/** Hands in what `author` wrote, as the interface does it. */
async function carry(carrier: Actor, author: AccountId, changes: readonly Change[], at = now) {
  const head = { protocol: 1, account: carrier.account, device: newId<DeviceId>(), carrying: author };
  const sender = await senderOf(office.store, carrier as Session, head);
  if ('refusal' in sender) throw new Error(sender.refusal.code);
  return receive(
    office.store,
    sender,
    changes.map((change) => JSON.stringify(change)),
    at
  );
}

const carriersOf = async () => (await office.log()).map(({ author, carried_by }) => ({ author, carried_by }));

it('an officer hands in what a worker wrote; it stays the worker’s, and the store knows who carried it', async () => {
  const { li, wang } = office;
  const issue = issueBy(li);
  const comment = commentOn(issue.facts.recordId, li);
  expect(outcomesOf(await carry(wang, li.account, [issue, comment]))).toEqual(['accepted', 'accepted']);
  expect(await carriersOf()).toEqual([
    { author: li.account, carried_by: wang.account },
    { author: li.account, carried_by: wang.account }
  ]);
  expect(await office.recordOf(issue.facts.recordId)).toMatchObject({ author: li.account, version: 2 });
});

it('what the author sends again, before or after, changes nothing', async () => {
  const { li, wang } = office;
  const [first, second] = [issueBy(li), issueBy(li)];
  await office.send(li, [first]);
  await carry(wang, li.account, [first, second]);
  const stored = await office.everything();
  expect(outcomesOf(await office.send(li, [first, second]))).toEqual(['accepted', 'accepted']);
  expect(outcomesOf(await carry(wang, li.account, [first, second]))).toEqual(['accepted', 'accepted']);
  expect(await office.everything()).toBe(stored);
});

it('nobody but an officer of that community may, and the refusal is not remembered', async () => {
  const { li, he, store } = office;
  const strangers: [string, Grant][] = [
    ['网格长', { role: 'gridLead', area: community }],
    ['街道', { role: 'streetOfficer', area: community.slice(0, 9) }],
    ['管理员', { role: 'admin', area: community }],
    ['邻社区', { role: 'communityOfficer', area: otherCommunity }],
    ['半个社区', { role: 'communityOfficer', area: gridOne }],
    ['从前的', { role: 'communityOfficer', area: community, to: now }]
  ];
  const people = [he, ...(await Promise.all(strangers.map(([name, grant]) => hire(store, name, [grant]))))];
  const issue = issueBy(li);
  const before = await office.everything();
  for (const person of people)
    expect(outcomesOf(await carry(person, li.account, [issue])), JSON.stringify(person.grants)).toEqual([
      'not-granted'
    ]);
  expect(await office.everything()).toBe(before);
  expect(outcomesOf(await office.send(li, [issue]))).toEqual(['accepted']);
});

it('the author named must be the one who wrote', async () => {
  const { li, he, wang } = office;
  expect(outcomesOf(await carry(wang, he.account, [issueBy(li)]))).toEqual(['not-granted']);
  // An officer's own right to act is not lent to whoever is carried.
  const { recordId } = issueBy(li).facts;
  const opened = changeOf('record-opened', { recordId }, by(wang, 1));
  expect(outcomesOf(await carry(wang, li.account, [opened]))).toEqual(['not-granted']);
});

it('of nobody’s file nothing is taken', async () => {
  const { wang } = office;
  await expect(carry(wang, newId<AccountId>(), [])).rejects.toThrow('not-found');
});

it('an author who may not sign in any more loses nothing', async () => {
  const { li, wang, store } = office;
  await store.connection
    .updateTable('account')
    .set({ disabled_at: now })
    .where('id', '=', li.account)
    .execute();
  expect(outcomesOf(await carry(wang, li.account, [issueBy(li)]))).toEqual(['accepted']);
});

it('the end of a grant does not take back what was found before it, and nothing found after it is let in', async () => {
  const { wang, store } = office;
  const until = '2026-11-20T01:30:00.000Z';
  const zhao = await hire(store, '小赵', [{ role: 'gridWorker', area: gridOne, to: until }]);
  const found = (at: string) => ({ ...issueBy(zhao), at });
  const early = found('2026-11-20T01:00:00.000Z');
  const late = found('2026-11-20T01:45:00.000Z');
  expect(outcomesOf(await office.send(zhao, [early, late]))).toEqual(['not-granted', 'not-granted']);
  for (let time = 0; time < 2; time++)
    expect(outcomesOf(await carry(wang, zhao.account, [early, late]))).toEqual(['accepted', 'not-granted']);
  expect(outcomesOf(await office.send(zhao, [early, late]))).toEqual(['accepted', 'not-granted']);
  // A clock that ran ahead opens no grant that is still to come.
  const qian = await hire(store, '小钱', [
    { role: 'gridWorker', area: gridOne, from: '2027-01-01T00:00:00.000Z' }
  ]);
  const ahead = { ...issueBy(qian), at: '2027-02-01T00:00:00.000Z' };
  expect(outcomesOf(await carry(wang, qian.account, [ahead]))).toEqual(['not-granted']);
});

it('what was refused stays refused, whoever hands it in', async () => {
  const { li, wang } = office;
  const issue = issueBy(li, { ownerGridCode: `${community}099` });
  const foreign = issueBy(li, { ownerGridCode: `${otherCommunity}001` });
  expect(outcomesOf(await office.send(li, [issue, foreign]))).toEqual(['not-granted', 'malformed']);
  const stored = await office.everything();
  expect(outcomesOf(await carry(wang, li.account, [issue, foreign]))).toEqual(['not-granted', 'malformed']);
  expect(await office.everything()).toBe(stored);
});

it('the carrier may bring the bytes of a picture whose declaration was carried, known before or not', async () => {
  const { li, wang } = office;
  const carrierOf = async (id: string) => (await listPhotosById(office.store, id))[0]?.carried_by;
  const issue = issueBy(li);
  const { recordId } = issue.facts;
  const [sent, fresh] = [photoFacts(newId()), photoFacts(newId())];
  const declared = changeOf('photo-attached', { recordId, photo: sent }, by(li, 1));
  await office.send(li, [issue, declared]);
  expect(await carrierOf(sent.id)).toBeNull();
  const another = changeOf('photo-attached', { recordId, photo: fresh }, by(li, 2));
  await carry(wang, li.account, [declared, another]);
  expect(await carrierOf(sent.id)).toBe(wang.account);
  expect(await carrierOf(fresh.id)).toBe(wang.account);
});

it('the carrier is told of records only as far as they may be read', async () => {
  const { li, wang } = office;
  const walk = changeOf('patrol-started', { recordId: newId(), ownerGridCode: gridOne }, by(li, 3));
  const issue = { ...issueBy(li), baseVersion: 3 };
  const receipts = await carry(wang, li.account, [walk, issue]);
  expect(outcomesOf(receipts)).toEqual(['accepted', 'accepted']);
  expect(recordsIn(...receipts).map(({ kind }) => kind)).toEqual(['issue']);
});

it('the history says who carried, also the change that made the record, and what it said is not told twice', async () => {
  const { li, wang, store } = office;
  const issue = issueBy(li);
  const { recordId } = issue.facts;
  await carry(wang, li.account, [issue, commentOn(recordId, li)]);
  await office.send(li, [commentOn(recordId, li, '后来的', 2)]);
  const entries = (await loadHistory(store, community, [recordId])).get(recordId)!;
  expect(entries.map(({ kind, carriedByName }) => [kind, carriedByName])).toEqual([
    ['issue-recorded', '王丽'],
    ['comment-added', '王丽'],
    ['comment-added', undefined]
  ]);
  expect(entries[0]!.facts).toEqual({});
});
