import { sql } from 'kysely';
import type { Connection } from './connect';

const files: Record<string, string> = import.meta.glob('./migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true
});

/** What this build does not know cannot be kept by it: the way back is the backup from before the update. */
export class NewerStore extends Error {
  override name = 'NewerStore';
}

const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/**
 * Applies what is new, in order, each file in one transaction. A file that was once released is never edited. Throws
 * `NewerStore` where a newer build has already changed the store.
 */
export async function migrate(connection: Connection, now: string): Promise<void> {
  await sql`CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, applied_at text NOT NULL)`.execute(
    connection
  );
  const applied = new Set(
    (await connection.selectFrom('migration').select('name').execute()).map((row) => row.name)
  );
  const [unknown] = [...applied].filter((name) => !Object.keys(files).map(nameOf).includes(name));
  if (unknown)
    throw new NewerStore(
      `newer-store: 数据来自更新的版本（${unknown}），请用那个版本，或者恢复升级前的备份。/ ` +
        `A newer build has changed this store (${unknown}): use that build, or restore the backup made before the update.`
    );
  for (const [path, text] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = nameOf(path);
    if (applied.has(name)) continue;
    await connection.transaction().execute(async (transaction) => {
      for (const statement of statementsOf(text)) await sql.raw(statement).execute(transaction);
      await transaction.insertInto('migration').values({ name, applied_at: now }).execute();
    });
  }
}

function statementsOf(text: string): string[] {
  const withoutComments = text.replace(/^\s*--.*$/gm, '');
  return withoutComments
    .split(/;\s*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter(Boolean);
}
