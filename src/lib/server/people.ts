import type { Transaction } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import type { AreaCode } from '../domain/area';
import { fitsRole, standingGrants, type Actor, type Grant } from '../domain/grant';
import type { AccountId, DeviceId } from '../domain/ids';
import { msToInstant, type Instant } from '../domain/instant';
import type { Refusal } from '../domain/refusal';
import { maxNameLength } from '../domain/report';
import { mayAdminister } from '../domain/rights';
import type { Database } from './database/schema';
import { freeLogin } from './login-name';
import { noteAdministered } from './records/administration';
import { insertGrants, rowToGrant } from './records/accounts';
import { forgetReferences } from './records/reference';
import { endSessions, loseTablets, markOfPosition } from './session';
import { makeSlip, withdrawSlips } from './slip';
import type { Store } from './store';

type Write = Transaction<Database>;

/** Who administers, and when. */
export interface Administering {
  store: Store;
  actor: Actor;
  nowMs: number;
}

export interface NewPerson {
  name: string;
  grants: readonly Grant[];
}

const notGranted: Refusal = { code: 'not-granted' };

/** A person as an administrator sees them; nothing tells when or how much they work. */
export interface StaffMember {
  account: AccountId;
  name: string;
  login: string;
  isSuspended: boolean;
  /** They can sign in without a slip. */
  hasPassword: boolean;
  grants: (Grant & { id: string })[];
  /** Tablets and browsers that are signed in, with the letter in the numbers of what is recorded there; since when first. */
  devices: { id: DeviceId; mark: string; since: Instant }[];
  /** Reported as lost, and not heard of since. */
  lostDevices: number;
  /** Until when an unused slip can be scanned. */
  slipUntil: Instant | null;
  /** Every grant lies in the administrator's own area: only then the account itself is theirs to change. */
  isOwn: boolean;
}

/** Everybody with a grant in this area, also one that has ended, by login. */
export async function listStaff(
  { store, actor, nowMs }: Administering,
  area: AreaCode
): Promise<StaffMember[]> {
  const now = msToInstant(nowMs);
  const { connection } = store;
  const accounts = await connection
    .selectFrom('account')
    .selectAll()
    .where('id', 'in', (query) =>
      query.selectFrom('account_grant').select('account').where('area', 'like', `${area}%`)
    )
    .orderBy('login')
    .execute();
  const ids = accounts.map(({ id }) => id);
  if (!ids.length) return [];
  const grants = await connection
    .selectFrom('account_grant')
    .selectAll()
    .where('account', 'in', ids)
    .execute();
  const sessions = await connection
    .selectFrom('session')
    .innerJoin('device', (join) =>
      join.onRef('device.account', '=', 'session.account').onRef('device.id', '=', 'session.device')
    )
    .select([
      'session.account',
      'session.device',
      'session.lost_at',
      'device.position',
      'device.first_seen_at'
    ])
    .distinct()
    .where('session.account', 'in', ids)
    .where('session.revoked_at', 'is', null)
    .where('session.expires_at', '>', now)
    .orderBy('device.position')
    .execute();
  const slips = await connection
    .selectFrom('slip')
    .select(['account', 'expires_at'])
    .where('account', 'in', ids)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', now)
    .execute();
  return accounts.map((row) => {
    const own = grants
      .filter(({ account }) => account === row.id)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((grant) => ({ id: grant.id, ...rowToGrant(grant) }));
    return {
      account: row.id as AccountId,
      name: row.name,
      login: row.login,
      isSuspended: row.disabled_at !== null,
      hasPassword: row.password_hash !== '',
      grants: own,
      devices: sessions
        .filter(({ account, lost_at }) => account === row.id && lost_at === null)
        .map(({ device, position, first_seen_at }) => ({
          id: device as DeviceId,
          mark: markOfPosition(position),
          since: first_seen_at
        })),
      lostDevices: sessions.filter(({ account, lost_at }) => account === row.id && lost_at !== null).length,
      slipUntil: slips.find(({ account }) => account === row.id)?.expires_at ?? null,
      isOwn: isOwn(actor, own, now)
    };
  });
}

/** Makes accounts without a password; all of them or none. A login is made of the name. */
export async function hirePeople(
  { store, actor, nowMs }: Administering,
  people: readonly NewPerson[]
): Promise<{ accounts: AccountId[] } | { refusal: Refusal }> {
  const now = msToInstant(nowMs);
  const all = people.flatMap(({ grants }) => grants);
  if (all.some(({ area }) => !mayAdminister(actor, area, now))) return { refusal: notGranted };
  if (people.some(({ name }) => !name || name.length > maxNameLength) || !all.every(isGrant))
    return { refusal: { code: 'malformed' } };
  const accounts = await store.connection.transaction().execute(async (transaction) => {
    const logins = await transaction.selectFrom('account').select('login').execute();
    const taken = new Set(logins.map(({ login }) => login));
    const made: AccountId[] = [];
    for (const { name, grants } of people) {
      const id = uuidV7() as AccountId;
      const login = freeLogin(name, taken);
      taken.add(login);
      const row = { id, login, name, password_hash: '', disabled_at: null, created_at: now };
      await transaction.insertInto('account').values(row).execute();
      await insertGrants(transaction, id, grants);
      await noteAdministered(transaction, {
        author: actor.account,
        at: now,
        area: grants[0]!.area,
        act: 'person-hired',
        subject: id,
        after: { name, login, grants }
      });
      made.push(id);
    }
    return made;
  });
  forgetReferences(store);
  return { accounts };
}

function isGrant({ role, area, unit, from, to }: Grant): boolean {
  const hasOrder = from === undefined || to === undefined || from < to;
  return fitsRole(role, area) && (role === 'unitHandler') === (unit !== undefined) && hasOrder;
}

/** Another role or grid, for good or for a time (代班). */
export async function giveGrant(
  { store, actor, nowMs }: Administering,
  account: AccountId,
  grant: Grant
): Promise<Refusal | null> {
  const now = msToInstant(nowMs);
  if (!mayAdminister(actor, grant.area, now)) return notGranted;
  if (!isGrant(grant)) return { code: 'malformed' };
  return administer(store, account, async (transaction) => {
    await insertGrants(transaction, account, [grant]);
    const fact = { author: actor.account, at: now, area: grant.area, subject: account };
    await noteAdministered(transaction, { ...fact, act: 'grant-given', after: grant });
    return null;
  });
}

/** From now on; what it was stays on record. */
export async function endGrant(
  { store, actor, nowMs }: Administering,
  account: AccountId,
  grantId: string
): Promise<Refusal | null> {
  const now = msToInstant(nowMs);
  return administer(store, account, async (transaction) => {
    const grant = await transaction
      .selectFrom('account_grant')
      .selectAll()
      .where('id', '=', grantId)
      .where('account', '=', account)
      .executeTakeFirst();
    if (!grant) return { code: 'not-found' };
    if (!mayAdminister(actor, grant.area, now)) return notGranted;
    if (grant.valid_to !== null && grant.valid_to <= now) return null;
    await transaction.updateTable('account_grant').set({ valid_to: now }).where('id', '=', grantId).execute();
    const fact = { author: actor.account, at: now, area: grant.area, subject: account };
    await noteAdministered(transaction, { ...fact, act: 'grant-ended', before: grant });
    return null;
  });
}

/** Signed out everywhere at once, and nobody can sign in; work on tablets stays there. */
export async function suspend(administering: Administering, account: AccountId): Promise<Refusal | null> {
  return changeAccount(administering, account, 'person-suspended', async (transaction, now) => {
    await transaction.updateTable('account').set({ disabled_at: now }).where('id', '=', account).execute();
    await endSessions(transaction, account, now);
    await withdrawSlips(transaction, account, now);
  });
}

export async function resume(administering: Administering, account: AccountId): Promise<Refusal | null> {
  return changeAccount(administering, account, 'person-resumed', async (transaction) => {
    await transaction.updateTable('account').set({ disabled_at: null }).where('id', '=', account).execute();
  });
}

/** 换平板 or 忘了: every tablet and browser is signed out, and the next slip opens. */
export async function reset(administering: Administering, account: AccountId): Promise<Refusal | null> {
  return changeAccount(administering, account, 'person-reset', async (transaction, now) => {
    await transaction.updateTable('account').set({ password_hash: '' }).where('id', '=', account).execute();
    await endSessions(transaction, account, now);
    await withdrawSlips(transaction, account, now);
  });
}

/**
 * 挂失: what they are signed in on, or one `device` of it, hands in what it can at its next contact, and clears itself. A new
 * slip opens another.
 */
export async function loseTablet(
  administering: Administering,
  account: AccountId,
  device?: DeviceId
): Promise<Refusal | null> {
  const lose = async (transaction: Write, now: Instant) => {
    const lost = await loseTablets(transaction, account, device, now);
    // Chosen from a page that is older than what became of it.
    if (device && lost === 0) return { code: 'not-found' as const };
    await withdrawSlips(transaction, account, now);
    return null;
  };
  return changeAccount(administering, account, 'person-tablet-lost', lose, device && { device });
}

/** One slip for each, with the token that is told once. All or none: a slip withdraws the one before. */
export async function makeSlips(
  { store, actor, nowMs }: Administering,
  accounts: readonly AccountId[]
): Promise<{ slips: { account: AccountId; token: string }[] } | { refusal: Refusal }> {
  const now = msToInstant(nowMs);
  return store.connection.transaction().execute(async (transaction) => {
    const areas = new Map<AccountId, AreaCode>();
    for (const account of accounts) {
      const area = await loadOwnArea(transaction, actor, account, now);
      if (area === null) return { refusal: notGranted };
      areas.set(account, area);
    }
    const slips: { account: AccountId; token: string }[] = [];
    for (const [account, area] of areas) {
      slips.push({ account, token: await makeSlip(transaction, account, actor.account, nowMs) });
      const fact = { author: actor.account, at: now, area, subject: account };
      await noteAdministered(transaction, { ...fact, act: 'slip-made' });
    }
    return { slips };
  });
}

async function changeAccount(
  { store, actor, nowMs }: Administering,
  account: AccountId,
  act: string,
  change: (transaction: Write, now: Instant) => Promise<Refusal | null | void>,
  after?: object
): Promise<Refusal | null> {
  const now = msToInstant(nowMs);
  return administer(store, account, async (transaction) => {
    const area = await loadOwnArea(transaction, actor, account, now);
    if (area === null) return notGranted;
    const refusal = await change(transaction, now);
    if (refusal) return refusal;
    const fact = { author: actor.account, at: now, area, act, subject: account };
    await noteAdministered(transaction, { ...fact, after });
    return null;
  });
}

async function administer(
  store: Store,
  account: AccountId,
  work: (transaction: Write) => Promise<Refusal | null>
): Promise<Refusal | null> {
  const refusal = await store.connection.transaction().execute(async (transaction) => {
    const known = await transaction
      .selectFrom('account')
      .select('id')
      .where('id', '=', account)
      .executeTakeFirst();
    return known ? work(transaction) : ({ code: 'not-found' } as const);
  });
  forgetReferences(store);
  return refusal;
}

/** Where the account belongs; null where that is not the administrator's alone. */
async function loadOwnArea(
  transaction: Write,
  actor: Actor,
  account: AccountId,
  now: Instant
): Promise<AreaCode | null> {
  const rows = await transaction
    .selectFrom('account_grant')
    .selectAll()
    .where('account', '=', account)
    .orderBy('id')
    .execute();
  const grants = rows.map(rowToGrant);
  return isOwn(actor, grants, now) ? standingGrants(grants, now)[0]!.area : null;
}

function isOwn(actor: Actor, grants: readonly Grant[], now: Instant): boolean {
  const standing = standingGrants(grants, now);
  return standing.length > 0 && standing.every(({ area }) => mayAdminister(actor, area, now));
}
