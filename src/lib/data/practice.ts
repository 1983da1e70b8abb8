import Dexie from 'dexie';
import { v7 as uuidV7 } from 'uuid';
import type { AccountId } from '../domain/ids';
import { TabletDatabase } from './database';
import { outlastFullDisk } from './full-disk';
import { loadSetting, saveSettings } from './settings';
import { makeStoreKey } from './vault/seal';

/** Of no account, so that whoever comes next throws it away. */
const practiceStore = 'xunge-practice';

/**
 * A store of its own for what is only tried, with what the person's own has of the communities. Its key and its account are made
 * here and kept nowhere: after a kill nobody opens it, and no office takes a change of that account.
 * `onGone`: another window has thrown it away.
 */
export async function openPractice(
  own: TabletDatabase,
  name: string,
  onGone: () => void
): Promise<TabletDatabase> {
  await Dexie.delete(practiceStore);
  const database = new TabletDatabase(uuidV7() as AccountId, makeStoreKey(), practiceStore);
  database.on('versionchange', () => {
    database.close({ disableAutoOpen: true });
    onGone();
  });
  outlastFullDisk(database);
  await database.open();
  const [references, lastOwnerGrid, categoriesUsed] = await Promise.all([
    own.reference.toArray(),
    loadSetting(own, 'lastOwnerGrid'),
    loadSetting(own, 'categoriesUsed')
  ]);
  const person = { id: database.account, name, roles: [] };
  await database.reference.bulkPut(references.map((one) => ({ ...one, people: [...one.people, person] })));
  await saveSettings(database, [
    ['lastOwnerGrid', lastOwnerGrid ?? ''],
    ['categoriesUsed', categoriesUsed ?? []]
  ]);
  return database;
}

/** Nothing of it stays. What a page still wants to write to it is refused. */
export async function closePractice(database: TabletDatabase): Promise<void> {
  database.close({ disableAutoOpen: true });
  await Dexie.delete(practiceStore);
}

/** Throws away what a kill or a reload left behind. Another window that practises is told. */
export async function sweepPractice(): Promise<void> {
  if ((await Dexie.getDatabaseNames()).includes(practiceStore)) await Dexie.delete(practiceStore);
}
