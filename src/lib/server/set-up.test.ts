import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { hire, openOffice } from '../../../tests/support/office';
import { maxNameLength } from '../domain/report';
import { saveAccount } from './records/accounts';
import { offerSetUp, isSetUpOffered, setUp } from './set-up';
import { signIn } from './session';

let office: Awaited<ReturnType<typeof openOffice>>;
const now = Date.parse('2026-11-20T01:00:00.000Z');
const hour = 3_600_000;
const password = 'zehn Zeichen!';

beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const offer = async () => (await offerSetUp(office.store, now))!;
const take = (token: string, more: object = {}, at = now) =>
  setUp(office.store, { token, login: 'admin', name: '管理员', password, area: '510108', ...more }, at);
const accounts = () => office.store.connection.selectFrom('account').select(['login']).execute();

describe('the set-up link', () => {
  it('makes the first administrator, who can sign in', async () => {
    expect(await take(await offer())).toHaveProperty('account');
    const result = await signIn(office.store, { login: 'admin', password, address: 'here' }, now);
    expect(result).toMatchObject({ session: { grants: [{ role: 'admin', area: '510108' }] } });
  });

  it('is stored as a hash only', async () => {
    const token = await offer();
    const stored = await office.store.connection.selectFrom('setup_link').selectAll().execute();
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(await isSetUpOffered(office.store, stored[0]!.token_hash, now)).toBe(false);
  });

  it('works once, also for many at the same moment', async () => {
    const token = await offer();
    const takers = Array.from({ length: 5 }, (_, index) => take(token, { login: `admin-${index}` }));
    const results = await Promise.all(takers);
    expect(results.filter((result) => 'account' in result)).toHaveLength(1);
    expect(
      results.filter((result) => 'refusal' in result && result.refusal.code === 'link-used')
    ).toHaveLength(4);
    expect(await accounts()).toHaveLength(1);
    expect(await take(token, { login: 'late' })).toEqual({ refusal: { code: 'link-used' } });
  });

  it('works for one hour', async () => {
    const token = await offer();
    expect(await isSetUpOffered(office.store, token, now + hour - 1)).toBe(true);
    expect(await take(token, {}, now + hour)).toEqual({ refusal: { code: 'link-used' } });
    expect(await accounts()).toEqual([]);
  });

  it('is void once a newer one was printed', async () => {
    const first = await offer();
    const second = await offer();
    expect(await take(first)).toEqual({ refusal: { code: 'link-used' } });
    expect(await take(second)).toHaveProperty('account');
  });

  it('is not offered, and void, where somebody is there already', async () => {
    const token = await offer();
    await hire(office.store, '李平', []);
    expect(await offerSetUp(office.store, now)).toBeNull();
    expect(await isSetUpOffered(office.store, token, now)).toBe(false);
    expect(await take(token)).toEqual({ refusal: { code: 'link-used' } });
  });

  it('survives a password that is too short', async () => {
    const token = await offer();
    expect(await take(token, { password: '123456789' })).toEqual({
      refusal: { code: 'password-too-short', details: { minimum: 10 } }
    });
    expect(await take(token)).toHaveProperty('account');
  });
});

test('an account’s name is short enough for the numbers made of it', async () => {
  const tooLong = { login: 'long', name: '名'.repeat(maxNameLength + 1), passwordHash: '-', grants: [] };
  await expect(saveAccount(office.store, tooLong, '2026-11-20T01:00:00.000Z')).rejects.toThrow('60');
});
