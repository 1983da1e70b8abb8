import { randomBytes } from 'node:crypto';
import type { AccountId } from '../domain/ids';
import { msToInstant } from '../domain/instant';
import type { Refusal } from '../domain/refusal';
import { hashPassword } from './password';
import { hasAccounts, saveAccount } from './records/accounts';
import { sha256Hex } from './seal';
import type { Store } from './store';

const linkMs = 3_600_000;
export const minPasswordLength = 10;

/** A one-time token for the first administrator, or null where somebody exists already. Its hash alone is stored. */
export async function offerSetUp(store: Store, nowMs: number): Promise<string | null> {
  if (await hasAccounts(store)) return null;
  const token = randomBytes(32).toString('base64url');
  await store.connection.deleteFrom('setup_link').execute();
  await store.connection
    .insertInto('setup_link')
    .values({ token_hash: sha256Hex(token), expires_at: msToInstant(nowMs + linkMs), used_at: null })
    .execute();
  return token;
}

export async function isSetUpOffered(store: Store, token: string, nowMs: number): Promise<boolean> {
  const row = await store.connection
    .selectFrom('setup_link')
    .select('token_hash')
    .where('token_hash', '=', sha256Hex(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', msToInstant(nowMs))
    .executeTakeFirst();
  return row !== undefined && !(await hasAccounts(store));
}

/** Makes the first administrator, of the county or city `area` names. The link works once. */
export async function setUp(
  store: Store,
  request: { token: string; login: string; name: string; password: string; area: string },
  nowMs: number
): Promise<{ account: AccountId } | { refusal: Refusal }> {
  if (request.password.length < minPasswordLength)
    return { refusal: { code: 'password-too-short', details: { minimum: minPasswordLength } } };
  if (!(await isSetUpOffered(store, request.token, nowMs))) return { refusal: { code: 'link-used' } };
  const passwordHash = await hashPassword(request.password);
  const taken = await store.connection
    .updateTable('setup_link')
    .set({ used_at: msToInstant(nowMs) })
    .where('token_hash', '=', sha256Hex(request.token))
    .where('used_at', 'is', null)
    .executeTakeFirst();
  if (Number(taken.numUpdatedRows) !== 1) return { refusal: { code: 'link-used' } };
  const { login, name, area } = request;
  const account = await saveAccount(
    store,
    { login, name, passwordHash, grants: [{ role: 'admin', area }] },
    msToInstant(nowMs)
  );
  return { account };
}
