import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LastBackup } from '../../domain/backup';

/** Beside the database and not in it: a backup writes nothing to a store in use, and a restored store has had none yet. */
const fileIn = (dataFolder: string) => join(dataFolder, 'last-backup.json');

/** Empty where there was none. */
export async function loadLastBackup(dataFolder: string): Promise<LastBackup> {
  try {
    return JSON.parse(await readFile(fileIn(dataFolder), 'utf8')) as LastBackup;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw fault;
  }
}

/** A backup that went well ends the trouble of those before it. */
export async function saveLastBackup(dataFolder: string, news: LastBackup): Promise<void> {
  const last = news.succeeded ? news : { ...(await loadLastBackup(dataFolder)), ...news };
  const file = fileIn(dataFolder);
  await writeFile(`${file}.partial`, JSON.stringify(last), { flush: true });
  await rename(`${file}.partial`, file);
}
