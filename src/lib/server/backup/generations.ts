// A backup folder: one database a generation, `2026-11-22T18-00-00.000Z.sqlite`, and the pictures of all of them in
// `photos`. A picture never changes, so that generations share it.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../../domain/instant';

const ofGeneration = /^(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z)\.sqlite$/;

/** Windows takes no colon in a name. */
export const generationAt = (at: Instant): string => at.replaceAll(':', '-');

export const databaseOf = (folder: string, generation: string): string =>
  join(folder, `${generation}.sqlite`);

export const picturesOf = (folder: string): string => join(folder, 'photos');

/** Whole ones only, oldest first; none where there is no such folder. */
export async function listGenerations(folder: string): Promise<string[]> {
  const names = await listNames(folder);
  return names.flatMap((name) => ofGeneration.exec(name)?.[1] ?? []).sort();
}

/** Empty where there is no such folder. */
export async function listNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fault;
  }
}
