import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { newId } from '../../../tests/support/changes';
import { community, gridOne, openOffice } from '../../../tests/support/office';
import type { AccountId, DeviceId } from '../domain/ids';
import { SessionReply } from '../protocol/session';
import { hashPassword } from './password';
import { saveAccount } from './records/accounts';
import { describeSession, loadSession, openSession, revokeSession, signIn } from './session';

let office: Awaited<ReturnType<typeof openOffice>>;
let account: AccountId;
let login: string;
const password = '长天路的密码 2026';
const now = Date.parse('2026-11-20T01:00:00.000Z');
const day = 24 * 3_600_000;
const at = (ms: number) => new Date(ms).toISOString();
let count = 0;

beforeEach(async () => {
  office = await openOffice();
  login = `liping-${++count}`;
  account = await saveAccount(
    office.store,
    {
      login,
      name: '李平',
      passwordHash: await hashPassword(password),
      grants: [
        { role: 'gridWorker', area: gridOne },
        { role: 'unitHandler', area: '510108', unit: office.unit }
      ]
    },
    at(now)
  );
});
afterEach(() => office.close());

const attempt = (given: string, device?: DeviceId, name = login) =>
  signIn(office.store, { login: name, password: given, device, address: login }, now);

async function signedIn(device = newId<DeviceId>()) {
  const result = await attempt(password, device);
  if ('refusal' in result) throw new Error(result.refusal.code);
  return result;
}

describe('signing in', () => {
  it('opens a session with the account’s grants, on the device that asked', async () => {
    const device = newId<DeviceId>();
    const { session, token } = await signedIn(device);
    expect(session).toMatchObject({
      account,
      name: '李平',
      device,
      grants: [{ role: 'gridWorker' }, { role: 'unitHandler' }]
    });
    expect(await loadSession(office.store, token, at(now))).toEqual(session);
  });

  it('stores neither token nor password', async () => {
    const { token } = await signedIn();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const tables = ['session', 'account', 'device'] as const;
    for (const table of tables) {
      const stored = JSON.stringify(await office.store.connection.selectFrom(table).selectAll().execute());
      expect(stored).not.toContain(token);
      expect(stored).not.toContain(password);
    }
  });

  test.each([
    ['a wrong password', () => attempt('长天路的密码 2025')],
    ['no password', () => attempt('')],
    ['a login that nobody has', () => attempt(password, undefined, 'nobody')],
    ['a login made of SQL', () => attempt(password, undefined, `' OR '1'='1`)]
  ])('is refused alike with %s', async (_, trial) =>
    expect(await trial()).toEqual({ refusal: { code: 'wrong-password' } })
  );

  it('takes a login in any case, with blanks around it, and a password in any normal form', async () => {
    expect(await attempt(password.normalize('NFD'), undefined, ` ${login.toUpperCase()} `)).toHaveProperty(
      'token'
    );
  });

  it('is refused once the account is disabled, with the very same words', async () => {
    await office.store.connection
      .updateTable('account')
      .set({ disabled_at: at(now) })
      .execute();
    expect(await attempt(password)).toEqual({ refusal: { code: 'wrong-password' } });
  });

  it('lets eight tries through of however many at once, then even the right one waits', async () => {
    const tries = await Promise.all(Array.from({ length: 30 }, (_, index) => attempt(`falsch ${index}`)));
    const codes = tries.map((result) => ('refusal' in result ? result.refusal.code : 'in'));
    expect(codes.filter((code) => code === 'wrong-password')).toHaveLength(8);
    expect(codes.filter((code) => code === 'too-many-tries')).toHaveLength(22);
    expect(await attempt(password)).toEqual({
      refusal: { code: 'too-many-tries', details: { minutes: 15 } }
    });
    const later = { login, password, address: login };
    expect(await signIn(office.store, later, now + 15 * 60_000)).toHaveProperty('token');
  });
});

describe('a session', () => {
  it('lasts sixty days and not a moment longer', async () => {
    const { token } = await signedIn();
    expect(await loadSession(office.store, token, at(now + 60 * day - 1))).not.toBeNull();
    expect(await loadSession(office.store, token, at(now + 60 * day))).toBeNull();
  });

  it('ends when it is revoked, and no other with it', async () => {
    const [first, second] = [await signedIn(), await signedIn()];
    await revokeSession(office.store, first.session.tokenHash, at(now));
    expect(await loadSession(office.store, first.token, at(now))).toBeNull();
    expect(await loadSession(office.store, second.token, at(now))).not.toBeNull();
  });

  it('ends with its account', async () => {
    const { token } = await signedIn();
    await office.store.connection
      .updateTable('account')
      .set({ disabled_at: at(now) })
      .execute();
    expect(await loadSession(office.store, token, at(now))).toBeNull();
  });

  it('has at once whatever grants the account has now', async () => {
    const { token } = await signedIn();
    await office.store.connection.deleteFrom('account_grant').where('role', '=', 'gridWorker').execute();
    expect((await loadSession(office.store, token, at(now)))!.grants).toMatchObject([
      { role: 'unitHandler' }
    ]);
  });

  test.each([
    ['nothing', () => ''],
    ['a guess', () => 'a'.repeat(43)],
    ['its own hash', (tokenHash: string) => tokenHash]
  ])('is not opened by %s', async (_, guess) => {
    const { session } = await signedIn();
    expect(await loadSession(office.store, guess(session.tokenHash), at(now))).toBeNull();
  });

  it('tells a tablet who it is and where it takes part: at a desk alone is not there', async () => {
    const { session } = await signedIn();
    const reply = await describeSession(office.store, session, at(now));
    expect(SessionReply.parse(JSON.parse(JSON.stringify(reply)))).toMatchObject({
      account,
      name: '李平',
      communities: [{ code: community, name: '长天路社区居委会' }],
      deviceMark: '',
      serverTime: at(now)
    });
  });
});

test('the devices of a person are told apart by a letter, the same one each time', async () => {
  const devices = Array.from({ length: 28 }, () => newId<DeviceId>());
  const markOf = async (device: DeviceId) => {
    const { session } = await openSession(office.store, account, device, now);
    return (await describeSession(office.store, session, at(now))).deviceMark;
  };
  const marks = [];
  for (const device of devices) marks.push(await markOf(device));
  expect(marks.slice(0, 3)).toEqual(['', 'B', 'C']);
  expect(marks.slice(25)).toEqual(['Z', '27', '28']);
  expect(await markOf(devices[1]!)).toBe('B');
});
