import { afterEach, beforeEach, expect, test } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import { community, hire, openOffice } from '../../../tests/support/office';
import type { DeviceId } from '../domain/ids';
import { loadOwnSignIn, setOwnPassword } from './own-password';
import { loadSession, openSession, signIn } from './session';

let office: Awaited<ReturnType<typeof openOffice>>;
let wang: Awaited<ReturnType<typeof hire>>;
const nowMs = Date.parse('2026-11-20T01:00:00.000Z');
const now = new Date(nowMs).toISOString();
const long = 'a long test password';

beforeEach(async () => {
  office = await openOffice();
  wang = await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]);
  await office.store.connection
    .updateTable('account')
    .set({ login: 'wangli', password_hash: '' })
    .where('id', '=', wang.account)
    .execute();
});
afterEach(() => office.close());

async function open() {
  return openSession(office.store, wang.account, uuidV7() as DeviceId, nowMs);
}

const set = (tokenHash: string, password: string, current = '') =>
  setOwnPassword(
    office.store,
    { account: wang.account, tokenHash, current, password, address: '::1' },
    nowMs
  );

test('who came by a slip sets a password, and signs in with it', async () => {
  const { session } = await open();
  expect(await loadOwnSignIn(office.store, wang.account)).toEqual({ login: 'wangli', hasPassword: false });
  expect(await set(session.tokenHash, long)).toBeNull();
  expect(await loadOwnSignIn(office.store, wang.account)).toEqual({ login: 'wangli', hasPassword: true });
  const attempt = { login: 'wangli', password: long, address: '::2' };
  expect(await signIn(office.store, attempt, nowMs)).toHaveProperty('session');
});

test('without a password nobody signs in with one, not with an empty one either', async () => {
  for (const password of ['', long]) {
    const attempt = { login: 'wangli', password, address: '::3' };
    expect(await signIn(office.store, attempt, nowMs)).toEqual({ refusal: { code: 'wrong-password' } });
  }
});

test('another one needs the one before, and signs the other devices out', async () => {
  const here = await open();
  const there = await open();
  await set(here.session.tokenHash, long);
  expect(await loadSession(office.store, there.token, now)).toBeNull();
  expect(await loadSession(office.store, here.token, now)).not.toBeNull();
  const other = `${long} 2`;
  expect(await set(here.session.tokenHash, other, 'a wrong one')).toEqual({ code: 'wrong-password' });
  expect(await set(here.session.tokenHash, other, long)).toBeNull();
});

test('a short one is refused', async () => {
  const { session } = await open();
  expect(await set(session.tokenHash, 'short')).toEqual({
    code: 'password-too-short',
    details: { minimum: 10 }
  });
});
