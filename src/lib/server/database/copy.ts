import { backup, DatabaseSync } from 'node:sqlite';
import type { PhotoRow } from './schema';

/**
 * All pages in one step: SQLite begins a copy anew where another process has written between two steps, and of a store in
 * use it would never come to the end (https://sqlite.org/c3ref/backup_finish.html).
 */
const allPages = 2 ** 31 - 1;
const busyMs = 5000;

/** Copies a database that others are writing to, as it is at one moment. Throws where a disk does not let it. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true, timeout: busyMs });
  try {
    await backup(source, to, { rate: allPages });
  } finally {
    source.close();
  }
}

/** Makes a copy one plain file, reads every page of it, and says whether all is sound. */
export function checkCopy(file: string): boolean {
  const copy = new DatabaseSync(file);
  try {
    copy.exec('PRAGMA journal_mode=delete');
    return copy.prepare('PRAGMA integrity_check').get()?.integrity_check === 'ok';
  } catch (fault) {
    if (isDamage(fault)) return false;
    throw fault;
  } finally {
    copy.close();
  }
}

export type StoredPicture = Pick<PhotoRow, 'community' | 'id' | 'bytes' | 'sha256'>;

/** The pictures and voice notes whose bytes a copy counts on. */
export function listStoredPictures(file: string): StoredPicture[] {
  return read(file, (copy) =>
    copy.prepare('SELECT community, id, bytes, sha256 FROM photo WHERE stored_at IS NOT NULL').all()
  ) as unknown as StoredPicture[];
}

/** The same through all lives of a store, and no other store's. */
export function identityOf(file: string): unknown {
  return read(file, (copy) => copy.prepare('SELECT seal_key FROM store').get()?.seal_key);
}

function read<Result>(file: string, work: (database: DatabaseSync) => Result): Result {
  const database = new DatabaseSync(file, { readOnly: true, timeout: busyMs });
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/**
 * Holds a database for this process alone until it is closed; a file that is missing is made. Null where another process
 * has it open. The lock is SQLite's, which ends with its process, however that ends.
 */
export function hold(file: string): DatabaseSync | null {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode=exclusive; BEGIN EXCLUSIVE');
    return database;
  } catch (fault) {
    // Nobody can use what cannot be read.
    if (isDamage(fault)) return database;
    database.close();
    if (isResult(fault, 'busy')) return null;
    throw fault;
  }
}

/** Primary result codes of https://sqlite.org/rescode.html. */
const resultCodes = { busy: 5, readOnly: 8, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 };

const isResult = (fault: unknown, ...names: (keyof typeof resultCodes)[]): boolean =>
  names.some((name) => resultCodes[name] === ((fault as { errcode?: number }).errcode ?? 0) % 256);

export const isDamage = (fault: unknown): boolean => isResult(fault, 'corrupt', 'notADatabase');
export const isFull = (fault: unknown): boolean => isResult(fault, 'full');
export const isUnwritable = (fault: unknown): boolean => isResult(fault, 'readOnly', 'cannotOpen');
