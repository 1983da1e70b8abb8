import { randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import type { Actor } from '../domain/grant';
import type { AccountId, DeviceId } from '../domain/ids';
import { msToInstant, type Instant } from '../domain/instant';
import type { Refusal } from '../domain/refusal';
import type { SessionReply } from '../protocol/session';
import type { Database } from './database/schema';
import { isPassword, pretendToCheck } from './password';
import { listCommunities, listGrants, loadAccountByLogin, syncingAreas } from './records/accounts';
import { loadReference } from './records/reference';
import { sha256Hex } from './seal';
import { minutesToWait, noteSuccess, noteTry } from './sign-in-limit';
import type { Store } from './store';

/** Long enough for six weeks without the app; an expired session stops only the sending, never the work. */
const sessionMs = 60 * 24 * 3_600_000;

/** So long a PIN opens a tablet that the office has not heard of, where its administrator has not said otherwise. */
export const usualOfflineDays = 14;

export const sessionCookie = 'xunge-session';

/** Several people work with one tablet: each has a session of their own there, besides the one of who came last. */
export const sessionCookieOf = (account: string): string => `${sessionCookie}-${account}`;

export interface Session extends Actor {
  name: string;
  device: DeviceId;
  tokenHash: string;
  expiresAt: Instant;
  /** 挂失: it may hand in what it has, and is told nothing. */
  isLost: boolean;
}

/** Checks a password and opens a session. The token goes into a cookie; the store keeps its hash only. */
export async function signIn(
  store: Store,
  attempt: { login: string; password: string; device?: DeviceId; address: string },
  nowMs: number
): Promise<{ token: string; session: Session } | { refusal: Refusal }> {
  const login = attempt.login.trim().toLowerCase();
  const minutes = minutesToWait(login, attempt.address, nowMs);
  if (minutes) return { refusal: { code: 'too-many-tries', details: { minutes } } };
  noteTry(login, attempt.address, nowMs);
  const account = await loadAccountByLogin(store, login);
  // Nor can be told who came by a slip and has none.
  const fits = account?.password_hash
    ? await isPassword(attempt.password, account.password_hash)
    : await pretendToCheck(attempt.password);
  if (!account || !fits) return { refusal: { code: 'wrong-password' } };
  noteSuccess(login, attempt.address);
  return openSession(store, account.id as AccountId, attempt.device ?? (uuidV7() as DeviceId), nowMs);
}

export async function openSession(store: Store, account: AccountId, device: DeviceId, nowMs: number) {
  const token = randomBytes(32).toString('base64url');
  const now = msToInstant(nowMs);
  await noteDevice(store, account, device, now);
  await store.connection
    .insertInto('session')
    .values({
      token_hash: sha256Hex(token),
      account,
      device,
      created_at: now,
      expires_at: msToInstant(nowMs + sessionMs),
      revoked_at: null
    })
    .execute();
  const session = await loadSession(store, token, now);
  if (!session) throw new Error('a session was opened and cannot be read back');
  return { token, session };
}

/** The session a token opens, or null: unknown, expired, revoked, or its account disabled. */
export async function loadSession(store: Store, token: string, now: Instant): Promise<Session | null> {
  const tokenHash = sha256Hex(token);
  const row = await store.connection
    .selectFrom('session')
    .innerJoin('account', 'account.id', 'session.account')
    .select(['session.account', 'session.device', 'session.expires_at', 'session.lost_at', 'account.name'])
    .where('session.token_hash', '=', tokenHash)
    .where('session.revoked_at', 'is', null)
    .where('session.expires_at', '>', now)
    .where('account.disabled_at', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  const account = row.account as AccountId;
  return {
    account,
    name: row.name,
    device: row.device as DeviceId,
    grants: await listGrants(store, account),
    tokenHash,
    expiresAt: row.expires_at,
    isLost: row.lost_at !== null
  };
}

export async function revokeSession(store: Store, tokenHash: string, now: Instant): Promise<void> {
  await store.connection
    .updateTable('session')
    .set({ revoked_at: now })
    .where('token_hash', '=', tokenHash)
    .execute();
}

/** Inside a transaction: signs the account out everywhere, but for the session with `kept` as the hash of its token. */
export async function endSessions(
  transaction: Transaction<Database>,
  account: AccountId,
  now: Instant,
  kept = ''
): Promise<void> {
  await transaction
    .updateTable('session')
    .set({ revoked_at: now })
    .where('account', '=', account)
    .where('token_hash', '!=', kept)
    .where('revoked_at', 'is', null)
    .execute();
}

/**
 * Inside a transaction: what this account is signed in on is lost, or that one `device` of it, and whoever else works with
 * it: see `isLost`. Returns how many sessions that were.
 */
export async function loseTablets(
  transaction: Transaction<Database>,
  account: AccountId,
  device: DeviceId | undefined,
  now: Instant
): Promise<number> {
  const lost = await transaction
    .updateTable('session')
    .set({ lost_at: now })
    .where('device', 'in', (query) =>
      query
        .selectFrom('session')
        .select('device')
        .where('account', '=', account)
        .where('revoked_at', 'is', null)
        .$if(device !== undefined, (sessions) => sessions.where('device', '=', device!))
    )
    .where('revoked_at', 'is', null)
    .where('lost_at', 'is', null)
    .executeTakeFirst();
  return Number(lost.numUpdatedRows);
}

/** What a tablet keeps of its session, so that it works without asking again. */
export async function describeSession(store: Store, session: Session, now: Instant): Promise<SessionReply> {
  const areas = syncingAreas(session.grants, now);
  const communities = await listCommunities(store, areas);
  const references = await Promise.all(communities.map(({ code }) => loadReference(store, code)));
  const periods = references.map((reference) => reference?.offlineDays ?? usualOfflineDays);
  return {
    account: session.account,
    name: session.name,
    grants: [...session.grants],
    communities,
    deviceMark: await deviceMark(store, session.account, session.device),
    serverTime: now,
    offlineDays: periods.length ? Math.min(...periods) : usualOfflineDays
  };
}

async function noteDevice(store: Store, account: AccountId, device: DeviceId, now: Instant): Promise<void> {
  await store.connection.transaction().execute(async (transaction) => {
    const devices = await transaction
      .selectFrom('device')
      .select('id')
      .where('account', '=', account)
      .execute();
    if (devices.some((known) => known.id === device)) return;
    await transaction
      .insertInto('device')
      .values({ account, id: device, position: devices.length, first_seen_at: now })
      .execute();
  });
}

/** Numbers made on a person's second device read 李平B-1120-03, so that no two are alike. */
export function markOfPosition(position: number): string {
  return position === 0 ? '' : position < 26 ? String.fromCharCode(65 + position) : String(position + 1);
}

async function deviceMark(store: Store, account: AccountId, device: DeviceId): Promise<string> {
  const row = await store.connection
    .selectFrom('device')
    .select('position')
    .where('account', '=', account)
    .where('id', '=', device)
    .executeTakeFirst();
  return markOfPosition(row?.position ?? 0);
}
