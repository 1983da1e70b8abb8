import type { Transaction } from 'kysely';
import type { RecordId } from '../../domain/ids';
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
