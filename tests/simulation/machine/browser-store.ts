// IndexedDB as a tablet's disk: it outlives a killed browser, which leaves of every open transaction nothing, and it can
// be full.
import { IDBFactory, IDBObjectStore, IDBTransaction } from 'fake-indexeddb';
import { unsealRow } from '../../../src/lib/data/vault/sealed-tables';
import { storeKey } from '../../support/store-key';
import type { Process } from './loop';
import { machine } from './machine';

/** Full where something is written, or only where a transaction is to be kept: browsers do either. */
export type Room = 'enough' | 'none-for-writes' | 'none-for-commits';

interface RawTransaction {
  mode: string;
  _started: boolean;
  _state: string;
  _requests: unknown[];
  _rollbackLog: (() => void)[];
  _abort(name: string): void;
}

interface RawDatabase {
  transactions: RawTransaction[];
  connections: unknown[];
  rawObjectStores: Map<string, { records: { values(): Iterable<{ value: object }> } }>;
}

interface RawFactory {
  _databases: Map<string, RawDatabase>;
  _connectionQueues: Map<string, unknown>;
}

const roomByProcess = new WeakMap<Process, Room>();

export function setRoom(process: Process, room: Room): void {
  roomByProcess.set(process, room);
}

const roomHere = () => {
  const { current } = machine().loop;
  return (current && roomByProcess.get(current)) ?? 'enough';
};

export class BrowserStore {
  readonly factory = new IDBFactory();
  readonly #raw = this.factory as unknown as RawFactory;
  readonly #opened = new WeakMap<object, object>();

  /** The browser was killed: what was committed stays, and nobody holds the databases open any more. */
  dropUncommitted(): void {
    for (const database of this.#raw._databases.values()) {
      for (const transaction of database.transactions) {
        if (transaction._state === 'finished') continue;
        for (const undo of transaction._rollbackLog.reverse()) undo();
        transaction._state = 'finished';
      }
      database.transactions = [];
      database.connections = [];
    }
    this.#raw._connectionQueues.clear();
  }

  /** All rows of a table as they lie on the disk now, opened, in the order of their keys. Not to be written to. */
  rows<Row>(database: string, table: string): Row[] {
    const store = this.#raw._databases.get(database)?.rawObjectStores.get(table);
    return store ? Array.from(store.records.values(), ({ value }) => this.#open(value, table) as Row) : [];
  }

  #open(row: object, table: string): object {
    const known = this.#opened.get(row) ?? unsealRow(row as Record<string, unknown>, table, storeKey);
    this.#opened.set(row, known);
    return known;
  }

  everything(): unknown {
    const tables = ['outbox', 'receipts', 'troubles', 'records', 'bases', 'photos', 'drafts', 'settings'];
    return this.names().map((name) => [name, tables.map((table) => this.rows(name, table))]);
  }

  /** Nothing is half written. */
  isAtRest(): boolean {
    return [...this.#raw._databases.values()].every(({ transactions }) =>
      transactions.every(
        ({ mode, _started, _state }) => mode === 'readonly' || !_started || _state === 'finished'
      )
    );
  }

  names(): string[] {
    return [...this.#raw._databases.keys()];
  }
}

type Method = (this: RawTransaction, ...values: unknown[]) => unknown;

/** Teaches the stand-in for IndexedDB to run out of room. Once for the whole process. */
export function limitRoom(): void {
  const transactions = IDBTransaction.prototype as unknown as Record<'_start' | '_execRequestAsync', Method>;
  const stores = IDBObjectStore.prototype as unknown as Record<'add' | 'put', Method>;
  let isWriting = false;
  for (const name of ['add', 'put'] as const) {
    const write = stores[name];
    stores[name] = function (...values) {
      isWriting = true;
      try {
        return write.apply(this, values);
      } finally {
        isWriting = false;
      }
    };
  }
  const { _execRequestAsync: execute, _start: start } = transactions;
  transactions._execRequestAsync = function (request) {
    if (!isWriting) return execute.call(this, request);
    const { operation } = request as { operation: () => unknown };
    const limited = () => {
      if (roomHere() === 'none-for-writes') throw new DOMException('disk full', 'QuotaExceededError');
      return operation();
    };
    return execute.call(this, { ...(request as object), operation: limited });
  };
  transactions._start = function () {
    const isOver = this._requests.length === 0 && this._state !== 'finished';
    if (isOver && this.mode === 'readwrite' && roomHere() === 'none-for-commits')
      return this._abort('QuotaExceededError');
    return start.call(this);
  };
}
