import { CompiledQuery, type Transaction } from 'kysely';
import type { Database } from '../database/schema';

type Table = 'change' | 'touch' | 'record';

/** Few shapes of statement, so that each is compiled and prepared once, whatever the number of rows. */
const rowsPerStatement = [64, 16, 4, 1];

const compiledByShape = new Map<string, string>();

/**
 * Writes many rows of one table, all with the same columns; `compile` makes the statement for so many of them. Compiling a statement anew costs
 * more than SQLite's work on its rows.
 */
export async function insertRows<Row extends object>(
  transaction: Transaction<Database>,
  table: Table,
  rows: readonly Row[],
  compile: (rows: readonly Row[]) => CompiledQuery
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}) as (keyof Row)[];
  let start = 0;
  for (const size of rowsPerStatement)
    for (; rows.length - start >= size; start += size) {
      const some = rows.slice(start, start + size);
      const shape = `${table} ${size} ${columns.join()}`;
      const text = compiledByShape.get(shape) ?? compile(some).sql;
      compiledByShape.set(shape, text);
      const values = some.flatMap((row) => columns.map((column) => row[column]));
      await transaction.executeQuery(CompiledQuery.raw(text, values));
    }
}
