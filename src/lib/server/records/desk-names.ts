import type { CommunityCode } from '../../domain/area';
import type { AccountId, RecordId, UnitId } from '../../domain/ids';
import type { Store } from '../store';

/** Names for ids, also of people who have left. */
export async function loadNames(
  store: Store,
  accounts: readonly AccountId[]
): Promise<Map<AccountId, string>> {
  if (!accounts.length) return new Map();
  const rows = await store.connection
    .selectFrom('account')
    .select(['id', 'name'])
    .where('id', 'in', accounts)
    .execute();
  return new Map(rows.map(({ id, name }) => [id as AccountId, name]));
}

/** The people of a unit: the only ones whose names its handlers read. */
export async function listUnitMembers(store: Store, unit: UnitId): Promise<Map<AccountId, string>> {
  const rows = await store.connection
    .selectFrom('account_grant')
    .innerJoin('account', 'account.id', 'account_grant.account')
    .select(['account.id', 'account.name'])
    .where('account_grant.unit', '=', unit)
    .where('account_grant.role', '=', 'unitHandler')
    .execute();
  return new Map(rows.map(({ id, name }) => [id as AccountId, name]));
}

/** Those of the records' pictures that have a thumbnail. */
export async function listThumbnails(
  store: Store,
  community: CommunityCode,
  recordIds: readonly RecordId[]
): Promise<Set<string>> {
  const rows = await store.connection
    .selectFrom('photo')
    .select('id')
    .where('community', '=', community)
    .where('record_id', 'in', recordIds)
    .where('thumbnail', 'is not', null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
