import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { withoutNumbers } from '../../domain/hidden-numbers';
import type { Database } from './schema';

export type Connection = Kysely<Database>;

/** Prepared once, used for every batch: preparing costs more than running most statements. */
const maxPreparedStatements = 500;

/**
 * Opens the embedded store. WAL with synchronous=FULL: a commit that was answered survives a power cut.
 * What is deleted is overwritten (step 12). The file must lie on a local disk.
 */
export function connect(file: string): Connection {
  const sqlite = new DatabaseSync(file);
  sqlite.exec(
    'PRAGMA journal_mode=wal; PRAGMA synchronous=full; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=on; PRAGMA secure_delete=on'
  );
  sqlite.function('without_numbers', { deterministic: true }, (words) => withoutNumbers(String(words)));
  return new Kysely<Database>({ dialect: new SqliteDialect({ database: adapt(sqlite) }) });
}

/** node:sqlite in the shape Kysely's SQLite dialect expects. */
function adapt(sqlite: DatabaseSync) {
  const prepared = new Map<string, StatementSync>();
  const prepare = (text: string): StatementSync => {
    const known = prepared.get(text);
    if (known) return known;
    if (prepared.size >= maxPreparedStatements) prepared.clear();
    const statement = sqlite.prepare(text);
    prepared.set(text, statement);
    return statement;
  };
  return {
    close: () => sqlite.close(),
    prepare: (text: string) => {
      const statement = prepare(text);
      const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters: readonly unknown[]) => statement.all(...values(parameters)),
        run: (parameters: readonly unknown[]) => {
          const { changes, lastInsertRowid } = statement.run(...values(parameters));
          return { changes, lastInsertRowid };
        },
        iterate: (parameters: readonly unknown[]) =>
          statement.iterate(...values(parameters)) as IterableIterator<unknown>
      };
    }
  };
}
