import type { ChangeId, PhotoId, RecordId } from '../domain/ids';
import type { QueuedPhoto, TabletDatabase, Trouble } from './database';
import type { Draft } from './draft';
import { keepBases, layAnew, tablesOfOverlay, type Rebase } from './overlay';
import { keepOriginalPieces, piecesOf } from './photos';

/** A change that another tablet of this account made, and what the office said where it said no. */
export interface ForeignChange {
  id: ChangeId;
  sha256: string;
  body: string;
  recordIds: RecordId[];
  said?: Pick<Trouble, 'status' | 'refusal' | 'conflict'>;
}

export interface TakenIn {
  /** Records with something that was not on this tablet. */
  records: number;
  changes: number;
  drafts: number;
}

/**
 * What another tablet wrote goes into this outbox as it was written, in one transaction: shown at once, judged by nobody
 * but the office. What is here already stays as it is, so reading it twice changes nothing.
 */
export async function takeIn(
  database: TabletDatabase,
  work: { changes: readonly ForeignChange[]; drafts: readonly Draft[] },
  rebase: Rebase
): Promise<TakenIn> {
  const { outbox, troubles, drafts } = database;
  return database.transaction('rw', [...tablesOfOverlay(database), drafts], async () => {
    const ids = work.changes.map(({ id }) => id);
    const known = new Set((await outbox.where('id').anyOf(ids).toArray()).map(({ id }) => id));
    const fresh = work.changes.filter(({ id }) => !known.has(id));
    const recordIds = [...new Set(fresh.flatMap((change) => change.recordIds))];
    const shown = await database.records.bulkGet(recordIds);
    await keepBases(
      database,
      shown.flatMap((row) => row?.record ?? [])
    );
    for (const { id, sha256, body, recordIds, said } of fresh) {
      const order = await outbox.add({ id, recordIds, body, sha256 });
      if (said) await troubles.put({ order, changeId: id, recordIds, failures: 0, ...said });
    }
    await layAnew(database, recordIds, rebase);
    const open = await listMissing(database, work.drafts);
    await drafts.bulkAdd(open);
    return { records: recordIds.length, changes: fresh.length, drafts: open.length };
  });
}

/** A draft that was saved since is no draft any more. */
async function listMissing(
  { drafts, records, outbox }: TabletDatabase,
  found: readonly Draft[]
): Promise<Draft[]> {
  const missing: Draft[] = [];
  for (const draft of found) {
    const isSaved =
      (await records.get(draft.id)) ?? (await outbox.where('recordIds').equals(draft.id).first());
    if (!isSaved && !(await drafts.get(draft.id))) missing.push(draft);
  }
  return missing;
}

/** A picture another tablet took, with its bytes, in one transaction. False where it is here already. */
export async function takeInPhoto(
  database: TabletDatabase,
  photo: QueuedPhoto,
  kind: 'processed' | 'original',
  bytes: ArrayBuffer,
  thumbnail?: ArrayBuffer
): Promise<boolean> {
  const { photos, pictures, thumbnails, originals } = database;
  return database.transaction('rw', photos, pictures, thumbnails, originals, async () => {
    if ((await photos.get(photo.id)) && (await hasBytes(database, photo.id))) return false;
    // Tries and failures were the other tablet's.
    const { failures: _, tryAgainAt: __, tries: ___, ...facts } = photo;
    await photos.put({ ...facts, thumbnailSent: !thumbnail });
    if (thumbnail) await thumbnails.put({ photoId: photo.id, bytes: thumbnail });
    // Processed while the file was written: its row was read before, and says nothing of these bytes.
    if (kind === 'processed' && photo.state !== 'raw') await pictures.put({ photoId: photo.id, bytes });
    else await keepOriginalPieces(database, photo.id, bytes);
    return true;
  });
}

/** One that the office has and whose large picture was swept away is not wanted back. */
async function hasBytes(database: TabletDatabase, id: PhotoId): Promise<boolean> {
  if ((await database.photos.get(id))?.state === 'stored') return true;
  return Boolean((await database.pictures.get(id)) ?? (await piecesOf(database, id).first()));
}
