import type { PhotoId, RecordId } from '../domain/ids';
import { declaredPhotoId } from './attachments';
import type { OutboxChange, QueuedPhoto, TabletDatabase, Trouble } from './database';
import type { Draft } from './draft';
import { listUnreceipted } from './outbox';
import { changeOf } from './overlay';
import { loadOriginal } from './photos';

/** Everything here that the office does not have and that was not given up, but for the bytes of pictures. */
export interface UnsentWork {
  drafts: Draft[];
  /** In their order, and with them the declarations of unsent pictures, also where the office has those. */
  changes: (OutboxChange & { trouble?: Trouble })[];
  photos: QueuedPhoto[];
}

/** As it stands at one moment. `only`: of this record alone, without drafts. */
export async function loadUnsentWork(database: TabletDatabase, only?: RecordId): Promise<UnsentWork> {
  const { drafts, photos, outbox, troubles, settings } = database;
  return database.transaction('r', [drafts, photos, outbox, troubles, settings], async () => {
    const unsent = photos.where('state').anyOf('raw', 'ready', 'refused');
    const media = await unsent.filter(({ recordId }) => !only || recordId === only).toArray();
    const rows = (await listUnreceipted(database)).filter(
      ({ recordIds }) => !only || recordIds.includes(only)
    );
    const rowsByOrder = new Map(
      [...rows, ...(await listDeclaring(database, media))].map((row) => [row.order, row])
    );
    const orders = [...rowsByOrder.keys()].sort((a, b) => a - b);
    const apart = await troubles.bulkGet(orders);
    return {
      drafts: only ? [] : await drafts.toArray(),
      changes: orders.map((order, index) => ({ ...rowsByOrder.get(order)!, trouble: apart[index] })),
      photos: media
    };
  });
}

/** The changes that declare these pictures: whoever brings the bytes must show them (step 14). */
async function listDeclaring(
  { outbox }: TabletDatabase,
  photos: readonly QueuedPhoto[]
): Promise<OutboxChange[]> {
  const ids = new Set<PhotoId | undefined>(photos.filter(({ declared }) => declared).map(({ id }) => id));
  const rows = await outbox
    .where('recordIds')
    .anyOf(photos.map(({ recordId }) => recordId))
    .distinct()
    .toArray();
  return rows.filter((row) => ids.has(declaredPhotoId(changeOf(row))));
}

/** The bytes of an unsent picture as they lie here, and its small one. Undefined where the disk does not give them any more. */
export async function loadUnsentBytes(database: TabletDatabase, id: PhotoId) {
  try {
    const thumbnail = (await database.thumbnails.get(id))?.bytes;
    const processed = (await database.pictures.get(id))?.bytes;
    if (processed) return { kind: 'processed' as const, bytes: processed, thumbnail };
    const original = await loadOriginal(database, id);
    return original ? { kind: 'original' as const, bytes: original, thumbnail } : undefined;
  } catch {
    // Told in the file: one picture that cannot be read takes no other's place in it.
    return undefined;
  }
}
