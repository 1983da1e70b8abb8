import { createSecretKey, randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { connect, type Connection } from './database/connect';
import { migrate } from './database/migrate';
import { createLive, type Live } from './live';

/** Everything the server remembers: one folder with the database and the pictures. */
export interface Store {
  connection: Connection;
  folder: string;
  photoFolder: string;
  /** Names this life of the store; a restored backup begins a new one (step 11). */
  epoch: string;
  restoredAt: string | null;
  /** Seals receipts, so that a restored server can trust what a tablet hands in again (step 11). */
  sealKey: KeyObject;
  live: Live;
  /** Writes what was deleted out of the files of the database as well. */
  compact(): Promise<void>;
}

export const databaseIn = (folder: string): string => join(folder, 'xunge.sqlite');
export const photosIn = (folder: string): string => join(folder, 'photos');

/** Opens the store in `folder`, making it on first use. Throws where the disk does not let it, and `NewerStore`. */
export async function openStore(folder: string): Promise<Store> {
  const photoFolder = photosIn(folder);
  mkdirSync(photoFolder, { recursive: true });
  const connection = connect(databaseIn(folder));
  const now = new Date().toISOString();
  await migrate(connection, now);
  await connection
    .insertInto('store')
    .values({ id: 1, epoch: randomUUID(), seal_key: randomBytes(32).toString('hex'), created_at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const { epoch, seal_key, restored_at } = await connection
    .selectFrom('store')
    .selectAll()
    .executeTakeFirstOrThrow();
  return {
    connection,
    folder,
    photoFolder,
    epoch,
    restoredAt: restored_at,
    sealKey: createSecretKey(seal_key, 'hex'),
    live: createLive(),
    compact: async () => void (await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(connection))
  };
}

export async function closeStore(store: Store): Promise<void> {
  await store.connection.destroy();
}
