import type { Kysely, Transaction } from 'kysely';
import type { AccountId, RecordId } from '../../domain/ids';
import type { Database } from '../database/schema';

/** Those of the records that were erased, as long as that is remembered. */
export async function listErased(
  transaction: Transaction<Database>,
  community: string,
  ids: readonly RecordId[]
): Promise<Set<RecordId>> {
  const rows = await transaction
    .selectFrom('erased')
    .select('record_id')
    .where('community', '=', community)
    .where('record_id', 'in', ids)
    .execute();
  return new Set(rows.map((row) => row.record_id as RecordId));
}

/** Those of the records that this account made, or did something to. */
export async function listWrittenOn(
  connection: Kysely<Database>,
  community: string,
  ids: readonly RecordId[],
  account: AccountId
): Promise<Set<RecordId>> {
  if (!ids.length) return new Set();
  const rows = await connection
    .selectFrom('touch')
    .innerJoin('change', (join) =>
      join.onRef('change.community', '=', 'touch.community').onRef('change.sequence', '=', 'touch.sequence')
    )
    .select('touch.record_id')
    .distinct()
    .where('touch.community', '=', community)
    .where('touch.record_id', 'in', ids)
    .where('touch.is_rebuilt', '=', 0)
    .where('change.author', '=', account)
    .execute();
  return new Set(rows.map((row) => row.record_id as RecordId));
}
