// In place of node:sqlite: the same engine, with the file in the memory that the world calls its server's disk.
import {
  DatabaseSync as RealDatabase,
  type FunctionOptions,
  type SQLInputValue,
  type SQLOutputValue,
  type StatementSync
} from 'node:sqlite';
import { Foreseen } from '../foreseen';
import { machine } from '../machine/machine';
import { isPoisoned } from '../poison';

/** Preparing is dear, and a restarted server asks for the same again. */
const preparedByDatabase = new WeakMap<RealDatabase, Map<string, StatementSync>>();

function prepare(database: RealDatabase, sql: string): StatementSync {
  const prepared = preparedByDatabase.get(database) ?? new Map<string, StatementSync>();
  preparedByDatabase.set(database, prepared);
  const statement = prepared.get(sql) ?? database.prepare(sql);
  prepared.set(sql, statement);
  return statement;
}

export class DatabaseSync {
  readonly #real: RealDatabase;

  constructor(file: string) {
    const { databases } = machine().serverDisk;
    this.#real = databases.get(file) ?? new RealDatabase(':memory:');
    databases.set(file, this.#real);
  }

  exec(sql: string): void {
    this.#real.exec(sql);
  }

  prepare(sql: string) {
    const statement = prepare(this.#real, sql);
    if (!sql.startsWith('insert into "change"')) return statement;
    const run = (...values: SQLInputValue[]) => {
      if (isPoisoned('writing', JSON.stringify(values))) throw new Foreseen('the store fails');
      return statement.run(...values);
    };
    return {
      columns: () => statement.columns(),
      all: (...values: SQLInputValue[]) => statement.all(...values),
      iterate: (...values: SQLInputValue[]) => statement.iterate(...values),
      run
    };
  }

  function(name: string, options: FunctionOptions, work: (value: SQLOutputValue) => string): void {
    this.#real.function(name, options, work);
  }

  /** What lies on a disk stays there. */
  close(): void {}
}
