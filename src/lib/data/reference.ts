import type { Reference } from '../domain/reference';
import type { TabletDatabase } from './database';

export async function loadReferenceRevision(
  database: TabletDatabase,
  community: string
): Promise<string | undefined> {
  return (await database.reference.get(community))?.revision;
}

export async function storeReference(database: TabletDatabase, reference: Reference): Promise<void> {
  await database.reference.put(reference);
}
