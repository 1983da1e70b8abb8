import type { Transaction } from 'kysely';
import type { Database, ChangeRow, OutcomeRow, TouchRow } from '../database/schema';
import { insertRows } from './insert-rows';

type Write = Transaction<Database>;

/** Locks the community's counter, which orders every write of it (step 4); must be the first statement. */
export async function lockCommunity(transaction: Write, community: string) {
  return transaction
    .updateTable('community')
    .set((expression) => ({ head: expression('head', '+', 0) }))
    .where('code', '=', community)
    .returning(['head', 'name'])
    .executeTakeFirstOrThrow();
}

export async function saveHead(transaction: Write, community: string, head: number): Promise<void> {
  await transaction.updateTable('community').set({ head }).where('code', '=', community).execute();
}

export type KnownChange = Pick<
  ChangeRow,
  'id' | 'sha256' | 'sequence' | 'version' | 'received_at' | 'settled' | 'is_retold' | 'body'
>;

/** Those of the ids that are in the log already. */
export async function loadKnownChanges(
  transaction: Write,
  community: string,
  ids: readonly string[]
): Promise<Map<string, KnownChange>> {
  const rows = await transaction
    .selectFrom('change')
    .select(['id', 'sha256', 'sequence', 'version', 'received_at', 'settled', 'is_retold', 'body'])
    .where('community', '=', community)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Earlier refusals: of these very changes, and of the changes that would have made these records. */
export async function loadOutcomes(
  transaction: Write,
  community: string,
  changeIds: readonly string[],
  recordIds: readonly string[]
): Promise<OutcomeRow[]> {
  const ofCommunity = transaction.selectFrom('outcome').selectAll().where('community', '=', community);
  // Two questions, an index for each: asked with "or", SQLite reads all refusals there ever were.
  const own = await ofCommunity.where('change_id', 'in', changeIds).execute();
  const made = await ofCommunity.where('record_id', 'in', recordIds).where('creates', '=', 1).execute();
  const known = new Set(own.map((row) => row.change_id));
  return [...own, ...made.filter((row) => !known.has(row.change_id))];
}

export async function saveChanges(
  transaction: Write,
  changes: readonly ChangeRow[],
  touches: readonly TouchRow[],
  outcomes: readonly OutcomeRow[]
): Promise<void> {
  await insertRows(transaction, 'change', changes, (rows) =>
    transaction.insertInto('change').values(rows).compile()
  );
  await saveTouches(transaction, touches);
  if (outcomes.length)
    await transaction
      .insertInto('outcome')
      .values(outcomes)
      // One that was judged again for its carrier is known.
      .onConflict((conflict) => conflict.columns(['community', 'change_id']).doNothing())
      .execute();
}

export async function saveTouches(transaction: Write, touches: readonly TouchRow[]): Promise<void> {
  await insertRows(transaction, 'touch', touches, (rows) =>
    transaction.insertInto('touch').values(rows).compile()
  );
}

/** Bytes that came after what a tablet had told of them. */
export async function saveOriginals(
  transaction: Write,
  community: string,
  originals: readonly Pick<ChangeRow, 'id' | 'sha256' | 'body'>[]
): Promise<void> {
  for (const { id, sha256, body } of originals)
    await transaction
      .updateTable('change')
      .set({ sha256, body, is_retold: 0 })
      .where('community', '=', community)
      .where('id', '=', id)
      .execute();
}

/** How many case numbers a community has given in a year. Read and saved in the locked transaction: 1, 2, … without gaps. */
export async function loadCaseCount(transaction: Write, community: string, year: number): Promise<number> {
  const row = await transaction
    .selectFrom('case_counter')
    .select('last')
    .where('community', '=', community)
    .where('year', '=', year)
    .executeTakeFirst();
  return row?.last ?? 0;
}

export async function saveCaseCount(
  transaction: Write,
  community: string,
  year: number,
  last: number
): Promise<void> {
  await transaction
    .insertInto('case_counter')
    .values({ community, year, last })
    .onConflict((conflict) => conflict.columns(['community', 'year']).doUpdateSet({ last }))
    .execute();
}

/** Numbers that were given before must not be given again: 长天路-2026-0123 is the 123rd of 2026. */
export async function raiseCaseCount(
  transaction: Write,
  community: string,
  caseNumbers: readonly string[]
): Promise<void> {
  for (const number of caseNumbers) {
    const [, year, count] = /-(\d{4})-(\d+)$/.exec(number) ?? [];
    if (year === undefined) continue;
    const known = await loadCaseCount(transaction, community, Number(year));
    if (Number(count) > known) await saveCaseCount(transaction, community, Number(year), Number(count));
  }
}
