import type { TabletDatabase } from '../database';

/** Few enough that the camera's bytes of all of them fit into memory. */
const rowsAtOnce = 20;

/**
 * Writes every row anew, so that those of a time before there were keys are sealed too. Cut short it loses nothing, and
 * can be done again from the start.
 */
export async function sealStore(database: TabletDatabase): Promise<void> {
  for (const table of database.tables) {
    const keys = await table.toCollection().primaryKeys();
    for (let from = 0; from < keys.length; from += rowsAtOnce)
      await database.transaction('rw', table, async () => {
        const rows: unknown[] = await table.bulkGet(keys.slice(from, from + rowsAtOnce));
        await table.bulkPut(rows.filter((row) => row !== undefined));
      });
  }
}
