// What a finder of a disk can read.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Whether any file of the folder, at whatever depth, has these bytes. */
export function isOnDisk(bytes: Buffer, folder: string): boolean {
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return isOnDisk(bytes, path);
    return entry.isFile() && statSync(path).size < 64 * 1024 * 1024 && readFileSync(path).includes(bytes);
  });
}

/** In either of the encodings in which browsers keep text. */
export const isTextOnDisk = (text: string, folder: string): boolean =>
  isOnDisk(Buffer.from(text, 'utf8'), folder) || isOnDisk(Buffer.from(text, 'utf16le'), folder);
