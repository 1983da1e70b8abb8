import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RestoreTrouble } from '../../domain/backup';
import type { Instant } from '../../domain/instant';
import { checkCopy, hold, listStoredPictures } from '../database/copy';
import { NewerStore } from '../database/migrate';
import { syncFolder } from '../durable-file-store';
import { beginNewLife } from '../restored';
import { closeStore, databaseIn, openStore, photosIn } from '../store';
import { copyPictures } from './copy-pictures';
import { databaseOf, generationAt, listGenerations, listNames, picturesOf } from './generations';
import { troubleOf } from './trouble';

/** The folder first: where it may not be moved, nothing has been yet. */
const partsOfStore = ['photos', 'xunge.sqlite-wal', 'xunge.sqlite-shm', 'xunge.sqlite', 'last-backup.json'];

interface Restored {
  generation: string;
  pictures: number;
  /** Pictures that the backup has lost, or that are not any more what their hash says. */
  picturesMissing: number;
  /** Where the store that was there lies now. */
  movedTo?: string;
}

interface Wish {
  from: string;
  dataFolder: string;
  /** The newest where none is named. */
  generation?: string;
  /** Moves a store that is there aside. */
  replace: boolean;
}

/**
 * Puts a generation into the data folder and tells it that it was restored (step 11). Checks everything before it touches
 * what is there; a store that is there is moved, never deleted.
 */
export async function restore(
  wish: Wish,
  now: Instant
): Promise<Restored | { trouble: RestoreTrouble; fault?: unknown }> {
  const { from, dataFolder } = wish;
  try {
    const generations = await listGenerations(from);
    if (!generations.length) return { trouble: 'backup-missing' };
    const generation = wish.generation ?? generations.at(-1)!;
    if (!generations.includes(generation)) return { trouble: 'generation-missing' };
    await mkdir(dataFolder, { recursive: true });
    const lock = hold(join(dataFolder, 'backup.lock'));
    if (!lock) return { trouble: 'already-running' };
    try {
      return await replaceStore(wish, generation, now);
    } finally {
      lock.close();
    }
  } catch (fault) {
    return { trouble: fault instanceof NewerStore ? 'newer-store' : troubleOf(fault), fault };
  }
}

async function replaceStore(
  { from, dataFolder, replace }: Wish,
  generation: string,
  now: Instant
): Promise<Restored | { trouble: RestoreTrouble }> {
  const prepared = join(dataFolder, 'restoring');
  const listPresent = async () => {
    const names = await listNames(dataFolder);
    return partsOfStore.filter((part) => names.includes(part));
  };
  const present = await listPresent();
  // A server has its database open as long as it runs.
  const held = present.includes('xunge.sqlite') ? hold(databaseIn(dataFolder)) : undefined;
  if (held === null) return { trouble: 'store-in-use' };
  try {
    if (present.length && !replace) return { trouble: 'store-exists' };
    const restored = await prepare(from, prepared, generation, now);
    if (!restored) return { trouble: 'damaged' };
    const movedTo = present.length ? join(dataFolder, `before-${generationAt(now)}`) : undefined;
    // Windows moves no file that is open. What a killed server left beside its database goes into it now.
    held?.close();
    if (movedTo) await move(await listPresent(), dataFolder, movedTo);
    await move(['photos', 'xunge.sqlite'], prepared, dataFolder);
    return { ...restored, movedTo };
  } finally {
    if (held?.isOpen) held.close();
    await rm(prepared, { recursive: true, force: true });
  }
}

/** A whole store in a folder of its own, which knows that it was restored. Null where its database is damaged. */
async function prepare(from: string, folder: string, generation: string, now: Instant) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  await copyFile(databaseOf(from, generation), databaseIn(folder));
  if (!checkCopy(databaseIn(folder))) return null;
  const pictures = listStoredPictures(databaseIn(folder));
  const picturesMissing = await copyPictures(picturesOf(from), photosIn(folder), pictures);
  const store = await openStore(folder);
  try {
    await beginNewLife(store, now);
  } finally {
    await closeStore(store);
  }
  return { generation, pictures: pictures.length - picturesMissing, picturesMissing };
}

async function move(names: readonly string[], from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of names) await rename(join(from, name), join(to, name));
  for (const folder of [from, to, dirname(to)]) await syncFolder(folder);
}
