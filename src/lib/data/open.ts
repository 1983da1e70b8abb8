import Dexie from 'dexie';
import { v7 as uuidV7 } from 'uuid';
import type { AccountId } from '../domain/ids';
import { storeNameOf, TabletDatabase } from './database';
import { outlastFullDisk } from './full-disk';
import { loadSetting, saveSetting } from './settings';
import type { StoreKey } from './vault/seal';

/**
 * Opens an account's database. If another tab brings a newer version, this one stops writing and says so:
 * Dexie would otherwise reopen the newer database and go on with old code.
 */
export async function openDatabase(
  account: AccountId,
  key: StoreKey,
  onOutdated: () => void
): Promise<TabletDatabase> {
  const database = new TabletDatabase(account, key);
  database.on('versionchange', () => {
    database.close({ disableAutoOpen: true });
    onOutdated();
  });
  outlastFullDisk(database);
  await database.open();
  return database;
}

/** Whether this account ever worked in this browser. Opening would make a store. */
export function hasDatabase(account: AccountId): Promise<boolean> {
  return Dexie.exists(storeNameOf(account));
}

/** Made with the store, and the same for as long as it lives. */
export async function loadStoreId(database: TabletDatabase): Promise<string> {
  return database.transaction('rw', database.settings, async () => {
    const known = await loadSetting(database, 'storeId');
    if (known) return known;
    const made = uuidV7();
    await saveSetting(database, 'storeId', made);
    return made;
  });
}

/** A cheap read after the page was in the background: WebKit drops the connection there. Reopens once. */
export async function revive(database: TabletDatabase): Promise<void> {
  try {
    await database.settings.get('device');
  } catch (fault) {
    if (fault instanceof Dexie.DatabaseClosedError || (fault as Error).name === 'UnknownError') {
      database.close({ disableAutoOpen: false });
      await database.open();
      return;
    }
    throw fault;
  }
}
