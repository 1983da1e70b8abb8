import Dexie, { type DBCore, type DBCoreTable } from 'dexie';
import { v7 as uuidV7 } from 'uuid';

/** So long opening may wait for each answer: a browser that never gives one must not keep the app shut. */
const patienceMs = 2_000;
/** Chromium's log holds 4 MB at most, which are written once more when a new one begins. */
const neededBytes = 5 * 2 ** 20;
const askAgainMs = 2_000;
const bucketName = 'xunge-room';

/**
 * A full disk costs nothing of what was saved (decision 0019). At each opening, also where a failed write closed the store, a
 * new log begins before anything is read or written. While there is no room for that, what lies there is read, and each
 * write rejects with a QuotaExceededError. An opening that failed is tried again by the next read or write.
 */
export function outlastFullDisk(database: Dexie): void {
  let isFull = false;
  const begin = async (): Promise<void> => {
    if (await inTime(hasRoom(), true)) return beginNewLog().finally(() => (isFull = false));
    isFull = true;
    setTimeout(() => void begin().catch(() => undefined), askAgainMs);
  };
  database.use({
    stack: 'dbcore',
    name: 'outlast-full-disk',
    create: (core) => ({ ...core, table: (name) => refusingTable(core, name, () => isFull) })
  });
  // What could not begin anew can be read all the same, unless the browser closed it for that.
  const throwIfLost = (fault: unknown) => {
    if (!database.isOpen()) throw fault;
  };
  database.on('ready', () => begin().catch(throwIfLost), true);
  database.on('close', () => setTimeout(() => letReopen(database)));
}

function refusingTable(core: DBCore, name: string, isFull: () => boolean): DBCoreTable {
  const table = core.table(name);
  const refuse = () => Dexie.Promise.reject(new DOMException('no room for a new log', 'QuotaExceededError'));
  const mutate: DBCoreTable['mutate'] = (request) => (isFull() ? refuse() : table.mutate(request));
  return { ...table, mutate };
}

/** Once an opening failed Dexie would never try again. */
function letReopen(database: Dexie): void {
  if (database.hasFailed() && !database.hasBeenClosed()) database.close({ disableAutoOpen: false });
}

/** Chromium alone has these, and it alone needs them: stores in another folder, of which nothing but room is asked. */
interface StorageBuckets {
  open(name: string): Promise<{ indexedDB: IDBFactory }>;
  delete(name: string): Promise<void>;
}

/** Whether the disk takes so much more. True where the browser cannot be asked. */
async function hasRoom(): Promise<boolean> {
  const { storageBuckets } = navigator as { storageBuckets?: StorageBuckets };
  if (!storageBuckets) return true;
  try {
    const { indexedDB } = await storageBuckets.open(bucketName);
    const bucket = new Dexie('room', { indexedDB, chromeTransactionDurability: 'strict' });
    bucket.version(1).stores({ room: '' });
    try {
      const room = bucket.table('room');
      await room.put(new Uint8Array(neededBytes), 0);
      await room.clear();
    } finally {
      bucket.close();
    }
    return true;
  } catch {
    // What a full disk has broken in it would otherwise say the same for ever.
    await storageBuckets.delete(bucketName).catch(() => undefined);
    return false;
  }
}

/**
 * Deleting a database moves what Chromium's log holds into tables and begins a new one; it takes a few milliseconds. The
 * name is its own: no other window can keep it from being deleted. Rejects where the store fails.
 */
async function beginNewLog(): Promise<void> {
  const passing = new Dexie(`xunge-passing-${uuidV7()}`);
  passing.version(1).stores({ nothing: '' });
  // Its own connection is just closing, and it says so on the console.
  passing.on('blocked', () => undefined);
  await inTime(
    passing.open().then(() => passing.delete()),
    undefined
  );
}

function inTime<Value>(work: Promise<Value>, late: Value): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isLate = new Promise<Value>((resolve) => (timer = setTimeout(() => resolve(late), patienceMs)));
  return Promise.race([work, isLate]).finally(() => clearTimeout(timer));
}

/** Whether a write failed for want of room: Dexie wraps what the browser said where a whole transaction was given up. */
export function isStoreFull(fault: unknown): boolean {
  const { name, inner, failures } = fault as { name?: string; inner?: unknown; failures?: unknown[] };
  if (name === 'QuotaExceededError') return true;
  return [inner, ...(failures ?? [])].some((one) => one !== undefined && one !== null && isStoreFull(one));
}
