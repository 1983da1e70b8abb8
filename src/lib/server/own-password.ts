import type { AccountId } from '../domain/ids';
import { msToInstant } from '../domain/instant';
import type { Refusal } from '../domain/refusal';
import { hashPassword, isPassword } from './password';
import { endSessions } from './session';
import { minPasswordLength } from './set-up';
import { minutesToWait, noteSuccess, noteTry } from './sign-in-limit';
import type { Store } from './store';

interface Given {
  account: AccountId;
  /** Of the session that asks: it stays. */
  tokenHash: string;
  /** What it was so far; who came by a slip has none. */
  current: string;
  password: string;
  address: string;
}

/** What somebody needs to know to sign in by themselves. */
export async function loadOwnSignIn(store: Store, account: AccountId) {
  const { login, password_hash } = await loadHash(store, account);
  return { login, hasPassword: password_hash !== '' };
}

/** Sets one's own password. Every other device of the account is signed out: the old one may be known to somebody. */
export async function setOwnPassword(
  store: Store,
  { account, tokenHash, current, password, address }: Given,
  nowMs: number
): Promise<Refusal | null> {
  if (password.length < minPasswordLength)
    return { code: 'password-too-short', details: { minimum: minPasswordLength } };
  const { login, password_hash } = await loadHash(store, account);
  if (password_hash !== '') {
    const minutes = minutesToWait(login, address, nowMs);
    if (minutes) return { code: 'too-many-tries', details: { minutes } };
    noteTry(login, address, nowMs);
    if (!(await isPassword(current, password_hash))) return { code: 'wrong-password' };
    noteSuccess(login, address);
  }
  const hash = await hashPassword(password);
  await store.connection.transaction().execute(async (transaction) => {
    await transaction.updateTable('account').set({ password_hash: hash }).where('id', '=', account).execute();
    await endSessions(transaction, account, msToInstant(nowMs), tokenHash);
  });
  return null;
}

async function loadHash(store: Store, account: AccountId) {
  return store.connection
    .selectFrom('account')
    .select(['login', 'password_hash'])
    .where('id', '=', account)
    .executeTakeFirstOrThrow();
}
