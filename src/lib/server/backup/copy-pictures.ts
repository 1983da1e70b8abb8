import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StoredPicture } from '../database/copy';
import { lengthOfFile, syncFolder } from '../durable-file-store';
import { placeIn } from '../photo-store';
import { sha256Hex } from '../seal';

/**
 * Copies what is not there yet from one folder of pictures to another, and puts it on disk. Returns how many are missing or not
 * what their hash says at the source; those are left out. Throws where a disk does not let it.
 */
export async function copyPictures(
  from: string,
  to: string,
  pictures: readonly StoredPicture[]
): Promise<number> {
  let missing = 0;
  const folders = new Set<string>();
  for (const picture of pictures) {
    const place = placeIn(to, picture);
    if ((await lengthOfFile(place)) === picture.bytes) continue;
    const bytes = await readPicture(placeIn(from, picture));
    if (!bytes || sha256Hex(bytes) !== picture.sha256) {
      missing++;
      continue;
    }
    const folder = dirname(place);
    if (!folders.has(folder)) await mkdir(folder, { recursive: true });
    folders.add(folder);
    await writeFile(`${place}.partial`, bytes, { flush: true });
    await rename(`${place}.partial`, place);
  }
  for (const folder of folders) await syncFolder(folder);
  if (folders.size) await syncFolder(to);
  return missing;
}

async function readPicture(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fault;
  }
}
