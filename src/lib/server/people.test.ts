import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import { community, gridOne, gridTwo, hire, openOffice, otherCommunity } from '../../../tests/support/office';
import type { Grant } from '../domain/grant';
import type { AccountId, DeviceId } from '../domain/ids';
import {
  endGrant,
  giveGrant,
  hirePeople,
  listStaff,
  loseTablet,
  makeSlips,
  reset,
  resume,
  suspend
} from './people';
import { loadSession } from './session';
import { readSlip, redeemSlip, slipMs } from './slip';

let office: Awaited<ReturnType<typeof openOffice>>;
let admin: Awaited<ReturnType<typeof hire>>;
let nowMs = Date.parse('2026-11-20T01:00:00.000Z');
const minute = 60_000;
const at = () => new Date(nowMs).toISOString();
const by = (actor = admin) => ({ store: office.store, actor, nowMs });
const newDevice = () => uuidV7() as DeviceId;

beforeEach(async () => {
  nowMs = Date.parse('2026-11-20T01:00:00.000Z');
  office = await openOffice();
  admin = await hire(office.store, '管理员', [{ role: 'admin', area: community }]);
});
afterEach(() => office.close());

async function hireOne(
  grants: Grant[] = [{ role: 'gridWorker', area: gridOne }],
  name = '李平'
): Promise<AccountId> {
  const result = await hirePeople(by(), [{ name, grants }]);
  if ('refusal' in result) throw new Error(result.refusal.code);
  return result.accounts[0]!;
}

async function slipOf(account: AccountId): Promise<string> {
  const result = await makeSlips(by(), [account]);
  if ('refusal' in result) throw new Error(result.refusal.code);
  return result.slips[0]!.token;
}

const redeem = (token: string, device = newDevice()) => redeemSlip(office.store, { token, device }, nowMs);

async function enter(account: AccountId): Promise<string> {
  const result = await redeem(await slipOf(account));
  if ('refusal' in result) throw new Error(result.refusal.code);
  return result.token;
}

const lines = () =>
  office.store.connection
    .selectFrom('administration')
    .select(['act', 'subject', 'author', 'after'])
    .orderBy('id')
    .execute();

describe('people', () => {
  test('are hired all or none, with logins nobody has', async () => {
    const grants: Grant[] = [{ role: 'gridWorker', area: gridOne }];
    const both = [
      { name: '李平', grants },
      { name: '丽萍', grants }
    ];
    expect(await hirePeople(by(), both)).toMatchObject({
      accounts: [expect.any(String), expect.any(String)]
    });
    const staff = await listStaff(by(), community);
    expect(staff.map(({ login }) => login)).toEqual(expect.arrayContaining(['liping', 'liping2']));
    const foreign = [
      ...both,
      { name: '别处', grants: [{ role: 'gridWorker' as const, area: `${otherCommunity}001` }] }
    ];
    expect(await hirePeople(by(), foreign)).toEqual({ refusal: { code: 'not-granted' } });
    expect(await listStaff(by(), community)).toHaveLength(staff.length);
    expect(await lines()).toMatchObject([{ act: 'person-hired' }, { act: 'person-hired' }]);
  });

  test.each<[string, Grant]>([
    ['a worker of a whole community', { role: 'gridWorker', area: community }],
    ['a handler of no unit', { role: 'unitHandler', area: community }],
    [
      'a cover that ends before it begins',
      { role: 'gridWorker', area: gridOne, from: '2026-12-02T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' }
    ]
  ])('%s is nobody', async (_what, grant) => {
    expect(await hirePeople(by(), [{ name: '李平', grants: [grant] }])).toEqual({
      refusal: { code: 'malformed' }
    });
    expect(await giveGrant(by(), admin.account, grant)).toEqual({ code: 'malformed' });
  });

  test('move to another grid, and cover one for a time', async () => {
    const account = await hireOne();
    const [first] = (await listStaff(by(), gridOne))[0]!.grants;
    expect(await endGrant(by(), account, first!.id)).toBeNull();
    const cover: Grant = { role: 'gridWorker', area: gridTwo, from: at(), to: '2026-12-01T00:00:00.000Z' };
    expect(await giveGrant(by(), account, cover)).toBeNull();
    const li = (await listStaff(by(), community)).find((one) => one.account === account)!;
    expect(li.grants).toMatchObject([{ area: gridOne, to: at() }, cover]);
    expect((await lines()).map(({ act }) => act)).toEqual(['person-hired', 'grant-ended', 'grant-given']);
  });

  test('of another community are not an administrator’s, nor is who is more than that', async () => {
    const other = await hire(office.store, '邻居', [{ role: 'gridWorker', area: `${otherCommunity}001` }]);
    const street = await hire(office.store, '街道', [
      { role: 'gridWorker', area: gridOne },
      { role: 'streetOfficer', area: community.slice(0, 9) }
    ]);
    for (const { account } of [other, street])
      for (const act of [suspend, resume, reset, loseTablet])
        expect(await act(by(), account)).toEqual({ code: 'not-granted' });
    expect(await makeSlips(by(), [street.account])).toEqual({ refusal: { code: 'not-granted' } });
    const grant: Grant = { role: 'gridWorker', area: `${otherCommunity}001` };
    expect(await giveGrant(by(), other.account, grant)).toEqual({ code: 'not-granted' });
    const officer = await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]);
    expect(await suspend(by(officer), await hireOne())).toEqual({ code: 'not-granted' });
  });

  test('who once worked elsewhere are of where they work now', async () => {
    const moved = await hire(office.store, '小何', [
      { role: 'gridWorker', area: `${otherCommunity}001`, to: '2026-11-10T00:00:00.000Z' },
      { role: 'gridWorker', area: gridOne }
    ]);
    expect(await suspend(by(), moved.account)).toBeNull();
  });

  test('who are suspended are signed out at once, and come back', async () => {
    const account = await hireOne();
    const token = await enter(account);
    const slip = await slipOf(account);
    expect(await suspend(by(), account)).toBeNull();
    expect(await loadSession(office.store, token, at())).toBeNull();
    expect(await redeem(slip)).toEqual({ refusal: { code: 'slip-used' } });
    expect(await resume(by(), account)).toBeNull();
    expect(await redeem(await slipOf(account))).toMatchObject({ session: { account } });
  });

  test('who are reset are signed out, and their next slip opens', async () => {
    const account = await hireOne();
    const token = await enter(account);
    expect(await reset(by(), account)).toBeNull();
    expect(await loadSession(office.store, token, at())).toBeNull();
    expect(await redeem(await slipOf(account))).toMatchObject({ session: { account } });
  });

  test('whose tablet is lost only hand in from there, with whoever shares it; their next slip opens another', async () => {
    const [account, colleague] = [await hireOne(), await hireOne(undefined, '陈兰')];
    const [lost, desk] = [newDevice(), newDevice()];
    const enterOn = async (device: DeviceId, who: AccountId) => {
      const result = await redeem(await slipOf(who), device);
      if ('refusal' in result) throw new Error(result.refusal.code);
      return result.token;
    };
    const tokens = [
      await enterOn(lost, account),
      await enterOn(lost, colleague),
      await enterOn(desk, colleague)
    ];
    const isLost = async (token: string) => (await loadSession(office.store, token, at()))?.isLost;
    expect(await loseTablet(by(), account)).toBeNull();
    expect(await Promise.all(tokens.map(isLost))).toEqual([true, true, false]);
    const staff = await listStaff(by(), community);
    const numbersOf = (name: string) => {
      const { devices, lostDevices } = staff.find((one) => one.name === name)!;
      return { devices: devices.length, lostDevices };
    };
    expect(numbersOf('李平')).toEqual({ devices: 0, lostDevices: 1 });
    expect(numbersOf('陈兰')).toEqual({ devices: 1, lostDevices: 1 });
    expect(await isLost(await enterOn(newDevice(), account))).toBe(false);
    expect((await lines()).some(({ act }) => act === 'person-tablet-lost')).toBe(true);
  });
});

test('of a person with two tablets one alone is reported as lost', async () => {
  const account = await hireOne();
  const [first, second] = [newDevice(), newDevice()];
  const tokens: string[] = [];
  for (const device of [first, second]) {
    const entered = await redeem(await slipOf(account), device);
    if ('refusal' in entered) throw new Error(entered.refusal.code);
    tokens.push(entered.token);
  }
  const person = (await listStaff(by(), community)).find((one) => one.account === account);
  expect(person!.devices.map(({ id, mark }) => [id, mark])).toEqual([
    [first, ''],
    [second, 'B']
  ]);
  expect(await loseTablet(by(), account, second)).toBeNull();
  const isLost = async (token: string) => (await loadSession(office.store, token, at()))?.isLost;
  expect(await Promise.all(tokens.map(isLost))).toEqual([false, true]);
  expect((await lines()).at(-1)).toMatchObject({
    act: 'person-tablet-lost',
    after: JSON.stringify({ device: second })
  });
});

test('no tablet of somebody else is lost by naming it', async () => {
  const [mine, other] = [await hireOne(), await hireOne([{ role: 'gridWorker', area: gridOne }], '陈兰')];
  const device = newDevice();
  const entered = await redeem(await slipOf(other), device);
  if ('refusal' in entered) throw new Error(entered.refusal.code);
  expect(await loseTablet(by(), mine, device)).toEqual({ code: 'not-found' });
  expect((await loadSession(office.store, entered.token, at()))?.isLost).toBe(false);
});

describe('a slip', () => {
  test('says whose it is, opens once, and never again', async () => {
    const account = await hireOne();
    const token = await slipOf(account);
    expect(await readSlip(office.store, token, at())).toEqual({ account, name: '李平' });
    expect(await redeem(token)).toMatchObject({ session: { account } });
    expect(await redeem(token)).toEqual({ refusal: { code: 'slip-used' } });
    expect(await readSlip(office.store, token, at())).toEqual({ refusal: { code: 'slip-used' } });
  });

  test('scanned by two at once signs one of them in', async () => {
    const token = await slipOf(await hireOne());
    const results = await Promise.all([redeem(token), redeem(token), redeem(token)]);
    expect(results.filter((result) => 'session' in result)).toHaveLength(1);
  });

  test('opens again for the device that did not hear the answer, for ten minutes', async () => {
    const token = await slipOf(await hireOne());
    const device = newDevice();
    await redeem(token, device);
    nowMs += 9 * minute;
    expect(await redeem(token, device)).toHaveProperty('session');
    nowMs += 2 * minute;
    expect(await redeem(token, device)).toEqual({ refusal: { code: 'slip-used' } });
  });

  test('is worth nothing after a week, after the next one, or guessed', async () => {
    const account = await hireOne();
    const first = await slipOf(account);
    const second = await slipOf(account);
    expect(await redeem(first)).toEqual({ refusal: { code: 'slip-used' } });
    expect((await listStaff(by(), gridOne))[0]).toMatchObject({
      slipUntil: '2026-11-27T01:00:00.000Z',
      devices: [],
      lostDevices: 0
    });
    nowMs += slipMs;
    expect(await redeem(second)).toEqual({ refusal: { code: 'slip-used' } });
    expect(await redeem('0'.repeat(43))).toEqual({ refusal: { code: 'slip-used' } });
  });

  test('is made for all that are asked for or for none', async () => {
    const account = await hireOne();
    const before = await slipOf(account);
    const other = await hire(office.store, '邻居', [{ role: 'gridWorker', area: `${otherCommunity}001` }]);
    expect(await makeSlips(by(), [account, other.account])).toEqual({ refusal: { code: 'not-granted' } });
    expect(await redeem(before)).toMatchObject({ session: { account } });
  });

  test('lies in the store as a hash alone', async () => {
    const token = await slipOf(await hireOne());
    const rows = await office.store.connection.selectFrom('slip').selectAll().execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});
