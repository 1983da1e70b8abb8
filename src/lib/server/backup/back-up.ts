import { realpath, rename, rm, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { CommunityCode } from '../../domain/area';
import type { BackupTrouble } from '../../domain/backup';
import { PhotoId } from '../../domain/ids';
import type { Instant } from '../../domain/instant';
import { checkCopy, copyDatabase, hold, identityOf, listStoredPictures } from '../database/copy';
import { lengthOfFile, syncFile, syncFolder } from '../durable-file-store';
import { placeIn } from '../photo-store';
import { databaseIn, photosIn } from '../store';
import { copyPictures } from './copy-pictures';
import { databaseOf, generationAt, listGenerations, listNames, picturesOf } from './generations';
import { saveLastBackup } from './last-backup';
import { troubleOf } from './trouble';

interface Generation {
  generation: string;
  /** Of its database and all its pictures, also those that lay there already. */
  bytes: number;
  pictures: number;
}

/** `fault`: what was thrown, where the trouble does not say it. */
type Failed = { trouble: BackupTrouble; fault?: unknown };

/**
 * Makes a generation of the store in `dataFolder`, which may be in use, and removes the oldest beyond `keep`. It counts
 * once it is whole and on disk; until then the earlier ones are as they were. What became of it is noted in `dataFolder`.
 */
export async function backUp(
  { dataFolder, target, keep }: { dataFolder: string; target: string; keep: number },
  now: Instant
): Promise<Generation | Failed> {
  return safely(async () => {
    if (!(await lengthOfFile(databaseIn(dataFolder)))) return { trouble: 'store-missing' };
    const lock = hold(join(dataFolder, 'backup.lock'));
    if (!lock) return { trouble: 'already-running' };
    try {
      const made = await safely(async () => {
        const trouble = await objectionTo(dataFolder, target);
        return trouble ? { trouble } : make(dataFolder, target, keep, generationAt(now));
      });
      await saveLastBackup(
        dataFolder,
        'trouble' in made
          ? { failed: { at: now, trouble: made.trouble } }
          : { succeeded: { at: now, bytes: made.bytes } }
      );
      return made;
    } finally {
      lock.close();
    }
  });
}

async function safely(work: () => Promise<Generation | Failed>): Promise<Generation | Failed> {
  try {
    return await work();
  } catch (fault) {
    return { trouble: troubleOf(fault), fault };
  }
}

/** The folder is never made: the place where a disk belongs would be filled instead of the disk that is not there. */
async function objectionTo(dataFolder: string, target: string): Promise<BackupTrouble | undefined> {
  if (!(await stat(target).catch(() => null))?.isDirectory()) return 'target-missing';
  const way = relative(await realpath(dataFolder), await realpath(target));
  // Absolute: on another drive of Windows.
  if (way.split(sep)[0] !== '..' && !isAbsolute(way)) return 'target-inside-store';
  const last = (await listGenerations(target)).at(-1);
  const isOther = last && identityOf(databaseOf(target, last)) !== identityOf(databaseIn(dataFolder));
  return isOther ? 'other-store' : undefined;
}

async function make(
  dataFolder: string,
  target: string,
  keep: number,
  generation: string
): Promise<Generation | Failed> {
  await discardPartial(target);
  const file = databaseOf(target, generation);
  const partial = `${file}.partial`;
  const copy = async () => {
    await rm(partial, { force: true });
    await copyDatabase(databaseIn(dataFolder), partial);
    if (!checkCopy(partial)) return null;
    // After the database: a picture it names is there, and one more does no harm.
    const pictures = listStoredPictures(partial);
    const missing = await copyPictures(photosIn(dataFolder), picturesOf(target), pictures);
    return { pictures, missing };
  };
  let copied = await copy();
  // Of a record erased in between, a second copy names no pictures. What is missing then is lost.
  if (copied?.missing) copied = await copy();
  if (!copied) return { trouble: 'damaged' };
  const bytes = (await stat(partial)).size + copied.pictures.reduce((sum, one) => sum + one.bytes, 0);
  await syncFile(partial);
  await rename(partial, file);
  await syncFolder(target);
  await prune(target, keep, generation);
  if (copied.missing) return { trouble: 'pictures-missing' };
  return { generation, bytes, pictures: copied.pictures.length };
}

/** What a backup left that was killed. */
async function discardPartial(target: string): Promise<void> {
  for (const name of await listNames(target))
    if (name.includes('.sqlite.partial')) await rm(join(target, name));
}

/** Removes the oldest generations, never the one just made, whatever the clock says; then what none of the others names. */
async function prune(target: string, keep: number, made: string): Promise<void> {
  const older = (await listGenerations(target)).filter((generation) => generation !== made).reverse();
  for (const generation of older.slice(keep - 1)) await rm(databaseOf(target, generation));
  const kept = [made, ...older.slice(0, keep - 1)];
  const pictures = kept.flatMap((generation) => listStoredPictures(databaseOf(target, generation)));
  const named = new Set(pictures.map((picture) => placeIn(picturesOf(target), picture)));
  for (const place of await listPictures(picturesOf(target))) if (!named.has(place)) await rm(place);
}

/** Also what was being written when a backup was killed. Whatever else lies there is somebody else's. */
async function listPictures(folder: string): Promise<string[]> {
  const places: string[] = [];
  for (const community of await listNames(folder)) {
    if (!CommunityCode.safeParse(community).success) continue;
    for (const name of await listNames(join(folder, community)))
      if (PhotoId.safeParse(name.replace(/\.partial$/, '')).success)
        places.push(join(folder, community, name));
  }
  return places;
}
