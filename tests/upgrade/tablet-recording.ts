// A tablet's IndexedDB as JSON, and back: the version, stores and indexes as the build that made them had them.
import { fromJson, toJson } from './bytes';

interface RecordedStore {
  name: string;
  keyPath: string | string[] | null;
  autoIncrement: boolean;
  indexes: { name: string; keyPath: string | string[]; unique: boolean; multiEntry: boolean }[];
  rows: unknown[];
}

export interface RecordedTablet {
  account: string;
  device: string;
  name: string;
  /** The browser's number, which is ten times Dexie's. */
  version: number;
  stores: RecordedStore[];
}

function finished<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error(`the database: ${request.error?.message}`));
  });
}

/** All of the database of that name, as it lies there. */
export async function readStores(name: string): Promise<Pick<RecordedTablet, 'version' | 'stores'>> {
  const database = await finished(indexedDB.open(name));
  const stores: RecordedStore[] = [];
  for (const storeName of database.objectStoreNames) {
    const store = database.transaction(storeName).objectStore(storeName);
    const { keyPath, autoIncrement } = store;
    const indexes = [...store.indexNames].map((indexName) => {
      const index = store.index(indexName);
      const { unique, multiEntry } = index;
      return { name: indexName, keyPath: index.keyPath, unique, multiEntry };
    });
    const rows = (await finished(store.getAll())).map(toJson);
    stores.push({ name: storeName, keyPath, autoIncrement, indexes, rows });
  }
  const { version } = database;
  database.close();
  return { version, stores };
}

/** Puts a recorded database where the app will look for it, as the recorded build had left it. */
export async function layDown({ account, version, stores }: RecordedTablet): Promise<void> {
  const request = indexedDB.open(`xunge-${account}`, version);
  request.onupgradeneeded = () => {
    for (const { name, keyPath, autoIncrement, indexes } of stores) {
      const store = request.result.createObjectStore(name, { keyPath, autoIncrement });
      for (const { name, keyPath, unique, multiEntry } of indexes)
        store.createIndex(name, keyPath, { unique, multiEntry });
    }
  };
  const database = await finished(request);
  for (const { name, rows } of stores)
    for (const row of rows)
      await finished(database.transaction(name, 'readwrite').objectStore(name).put(fromJson(row)));
  database.close();
}

/** Who and which stores on the first line, then a row a line, under the name of its store. */
export function tabletToLines({ stores, ...head }: RecordedTablet): string {
  const made = stores.map(({ rows: _, ...store }) => store);
  const rows = stores.flatMap(({ name, rows }) => rows.map((row) => [name, row]));
  return [{ ...head, stores: made }, ...rows].map((line) => `${JSON.stringify(line)}\n`).join('');
}

export function linesToTablet(text: string): RecordedTablet {
  const [first, ...rest] = text.trimEnd().split('\n');
  const head = JSON.parse(first!) as RecordedTablet;
  const rows = rest.map((line) => JSON.parse(line) as [string, unknown]);
  const stores = head.stores.map((store) => ({
    ...store,
    rows: rows.filter(([name]) => name === store.name).map(([, row]) => row)
  }));
  return { ...head, stores };
}
