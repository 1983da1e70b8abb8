import type { Transaction } from 'kysely';
import { v7 as uuidV7 } from 'uuid';
import { isWithin, type AreaCode } from '../../domain/area';
import { grantsInForce, type Actor, type Grant, type Role } from '../../domain/grant';
import type { AccountId, UnitId } from '../../domain/ids';
import type { Instant } from '../../domain/instant';
import { maxNameLength } from '../../domain/report';
import { workplacesOf } from '../../domain/rights';
import type { Database, GrantRow } from '../database/schema';
import type { Store } from '../store';
import { forgetReferences } from './reference';

export interface NewAccount {
  id?: AccountId;
  login: string;
  name: string;
  passwordHash: string;
  grants: readonly Grant[];
}

/** Throws where the name is too long to be the beginning of a device number. */
export async function saveAccount(store: Store, account: NewAccount, now: Instant): Promise<AccountId> {
  if (account.name.length > maxNameLength) throw new Error(`a name has at most ${maxNameLength} characters`);
  const id = account.id ?? (uuidV7() as AccountId);
  await store.connection.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('account')
      .values({
        id,
        login: account.login.toLowerCase(),
        name: account.name,
        password_hash: account.passwordHash,
        disabled_at: null,
        created_at: now
      })
      .execute();
    await insertGrants(transaction, id, account.grants);
  });
  forgetReferences(store);
  return id;
}

export async function insertGrants(
  transaction: Transaction<Database>,
  account: AccountId,
  grants: readonly Grant[]
): Promise<void> {
  for (const { role, area, unit = null, from = null, to = null } of grants)
    await transaction
      .insertInto('account_grant')
      .values({ id: uuidV7(), account, role, area, unit, valid_from: from, valid_to: to })
      .execute();
}

export async function hasAccounts(store: Store): Promise<boolean> {
  return (
    (await store.connection.selectFrom('account').select('id').limit(1).executeTakeFirst()) !== undefined
  );
}

export async function loadAccountByLogin(store: Store, login: string) {
  return store.connection
    .selectFrom('account')
    .selectAll()
    .where('login', '=', login.trim().toLowerCase())
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
}

/** Who wrote a change that somebody else hands in; also one who may not sign in any more. */
export async function loadAuthor(store: Store, account: AccountId): Promise<Actor | null> {
  const row = await store.connection
    .selectFrom('account')
    .select('id')
    .where('id', '=', account)
    .executeTakeFirst();
  return row ? { account, grants: await listGrants(store, account) } : null;
}

export async function listGrants(store: Store, account: AccountId): Promise<Grant[]> {
  const rows = await store.connection
    .selectFrom('account_grant')
    .selectAll()
    .where('account', '=', account)
    .orderBy('id')
    .execute();
  return rows.map(rowToGrant);
}

export function rowToGrant({ role, area, unit, valid_from, valid_to }: GrantRow): Grant {
  return {
    role: role as Role,
    area,
    unit: (unit as UnitId | null) ?? undefined,
    from: valid_from ?? undefined,
    to: valid_to ?? undefined
  };
}

/** Communities that lie in, or hold, one of these areas, in the order of the areas: the first is where a person starts. */
export async function listCommunities(store: Store, areas: readonly AreaCode[]) {
  const communities = await store.connection
    .selectFrom('community')
    .select(['code', 'name'])
    .orderBy('code')
    .execute();
  const place = (code: string) => areas.findIndex((area) => isWithin(code, area) || isWithin(area, code));
  return communities
    .filter(({ code }) => place(code) >= 0)
    .sort((one, other) => place(one.code) - place(other.code));
}

/** Of those roles that carry records on a tablet. */
export function syncingGrants(grants: readonly Grant[], now: Instant): Grant[] {
  return grantsInForce(grants, now).filter(({ role }) => workplacesOf[role].includes('tablet'));
}

/** Whether these grants let somebody read and write a community with a tablet. */
export async function takesPart(
  store: Store,
  grants: readonly Grant[],
  community: string,
  now: Instant
): Promise<boolean> {
  const mine = await listCommunities(store, syncingAreas(grants, now));
  return mine.some(({ code }) => code === community);
}

export function syncingAreas(grants: readonly Grant[], now: Instant): AreaCode[] {
  return syncingGrants(grants, now).map((grant) => grant.area);
}
