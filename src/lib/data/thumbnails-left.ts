import type { PhotoId } from '../domain/ids';
import type { TabletDatabase } from './database';
import { loadSetting, saveSetting } from './settings';

/** Pictures the office has whole, and shows without their small one until that has come. */
export async function listThumbnailsLeft(database: TabletDatabase): Promise<PhotoId[]> {
  return (await loadSetting(database, 'thumbnailsLeft')) ?? [];
}

/** Inside a transaction: the small ones of these are waited for no longer. */
export async function forgetThumbnailsLeft(database: TabletDatabase, ids: readonly PhotoId[]): Promise<void> {
  const left = await listThumbnailsLeft(database);
  const still = left.filter((id) => !ids.includes(id));
  if (still.length < left.length) await saveSetting(database, 'thumbnailsLeft', still);
}
