import { sql } from 'kysely';
import type { Connection } from './connect';

const files: Record<string, string> = import.meta.glob('./migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true
});

/** Applies what is new, in order, each file in one transaction. A file that was once released is never edited. */
export async function migrate(connection: Connection, now: string): Promise<void> {
  await sql`CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, applied_at text NOT NULL)`.execute(
    connection
  );
  const applied = new Set(
    (await connection.selectFrom('migration').select('name').execute()).map((row) => row.name)
  );
  for (const [path, text] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = path.slice(path.lastIndexOf('/') + 1);
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
