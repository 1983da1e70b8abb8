import type { DBCore, DBCoreCursor, DBCoreTable, DBCoreTableSchema, Middleware } from 'dexie';
import { seal, unseal, type StoreKey } from './seal';

type Row = Record<string, unknown>;

/**
 * Under every read and write of a store: what no index needs lies on the disk sealed. A row has its indexed fields as
 * they are, bytes sealed under their own names, and all others together as `sealed`. A row written before there were keys
 * is read as it is.
 */
export function sealedTables(key: StoreKey): Middleware<DBCore> {
  return {
    stack: 'dbcore',
    name: 'sealed-tables',
    // Next to the disk: whatever else Dexie puts in between works with open rows.
    level: -1,
    create: (core) => ({ ...core, table: (name) => sealedTable(core.table(name), key) })
  };
}

function sealedTable(table: DBCoreTable, key: StoreKey): DBCoreTable {
  const isPlain = indexedFields(table.schema);
  const close = (row: Row) => sealRow(row, table.name, isPlain, key);
  const open = (row: Row | undefined) => row && unsealRow(row, table.name, key);
  return {
    ...table,
    mutate: (request) =>
      table.mutate('values' in request ? { ...request, values: request.values.map(close) } : request),
    // No `await`: the transaction may be over when it comes back, where a promise is not Dexie's own.
    get: (request) => table.get(request).then((row) => open(row as Row | undefined)),
    getMany: (request) => table.getMany(request).then((rows) => (rows as (Row | undefined)[]).map(open)),
    query: (request) =>
      table
        .query(request)
        .then((answer) =>
          request.values ? { ...answer, result: (answer.result as Row[]).map(open) } : answer
        ),
    openCursor: (request) =>
      table
        .openCursor(request)
        .then((cursor) => (cursor && request.values ? openingCursor(cursor, open) : cursor))
  };
}

function indexedFields({ primaryKey, indexes }: DBCoreTableSchema): ReadonlySet<string> {
  return new Set([primaryKey, ...indexes].flatMap(({ keyPath }) => keyPath ?? []));
}

/** The browser's own cursor answers to nobody but itself. */
function openingCursor(cursor: DBCoreCursor, open: (row: Row) => Row | undefined): DBCoreCursor {
  return Object.create(cursor, {
    key: { get: () => cursor.key as unknown },
    primaryKey: { get: () => cursor.primaryKey as unknown },
    value: { get: () => open(cursor.value as Row) }
  }) as DBCoreCursor;
}

function sealRow(row: Row, table: string, isPlain: ReadonlySet<string>, key: StoreKey): Row {
  const stored: Row = {};
  const others: Row = {};
  for (const [field, value] of Object.entries(row))
    if (isPlain.has(field)) stored[field] = value;
    else if (isBytes(value)) stored[field] = seal(key, `${table}.${field}`, new Uint8Array(value));
    else others[field] = value;
  stored.sealed = seal(key, table, new TextEncoder().encode(JSON.stringify(others)));
  return stored;
}

/** A row as it was before it was sealed, or as it lies there where it never was. */
export function unsealRow(row: Row, table: string, key: StoreKey): Row {
  if (!('sealed' in row)) return row;
  const { sealed, ...opened } = row;
  for (const [field, value] of Object.entries(opened))
    if (isBytes(value)) opened[field] = unseal(key, `${table}.${field}`, value).buffer;
  const others = new TextDecoder().decode(unseal(key, table, sealed as ArrayBuffer));
  return Object.assign(opened, JSON.parse(others) as Row);
}

const isBytes = (value: unknown): value is ArrayBuffer =>
  Object.prototype.toString.call(value) === '[object ArrayBuffer]';
