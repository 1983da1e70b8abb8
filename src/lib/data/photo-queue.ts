import type { PhotoId } from '../domain/ids';
import type { Refusal } from '../domain/refusal';
import type { QueuedPhoto, TabletDatabase } from './database';
import { changeOf } from './overlay';
import { listUnreceipted } from './outbox';

/** Pictures of saved records that the office does not have: on their way, or refused. Those of a draft are not meant to travel. */
export async function listUnsentPhotos(database: TabletDatabase): Promise<QueuedPhoto[]> {
  const drafts = new Set(await database.drafts.toCollection().primaryKeys());
  return database.photos
    .where('state')
    .anyOf('raw', 'ready', 'refused')
    .filter((photo) => !drafts.has(photo.recordId))
    .toArray();
}

/** Declared pictures the office does not have yet, oldest first; those whose declaration is still unsent wait for it. */
export async function listPhotosToUpload(database: TabletDatabase, limit: number): Promise<QueuedPhoto[]> {
  const declaring = await listUnsentDeclarations(database);
  return database.photos
    .where('state')
    .equals('ready')
    .filter((photo) => photo.declared && !declaring.has(photo.id))
    .limit(limit)
    .toArray();
}

export async function listThumbnailsToSend(database: TabletDatabase, limit: number) {
  const declaring = await listUnsentDeclarations(database);
  const photos = await database.photos
    .where('state')
    .equals('ready')
    .filter((photo) => photo.declared && !photo.thumbnailSent && !declaring.has(photo.id))
    .limit(limit)
    .toArray();
  const thumbnails = await database.thumbnails.bulkGet(photos.map((photo) => photo.id));
  return thumbnails.flatMap((row) => (row ? [{ id: row.photoId, bytes: row.bytes }] : []));
}

/** Pictures whose declaring change has no receipt: the office would not let their bytes in (step 8). */
async function listUnsentDeclarations(database: TabletDatabase): Promise<Set<PhotoId>> {
  const rows = await listUnreceipted(database);
  const ids = rows.flatMap((row) => {
    const change = changeOf(row);
    if (change.kind === 'photo-attached') return [change.facts.photo.id];
    return change.kind === 'voice-attached' ? [change.facts.voice.id] : [];
  });
  return new Set(ids);
}

export async function loadPicture(database: TabletDatabase, id: PhotoId): Promise<ArrayBuffer | null> {
  return (await database.pictures.get(id))?.bytes ?? null;
}

export async function markThumbnailsSent(database: TabletDatabase, ids: readonly PhotoId[]): Promise<void> {
  await database.photos.where('id').anyOf(ids).modify({ thumbnailSent: true });
}

export async function markPhotoStored(database: TabletDatabase, id: PhotoId): Promise<void> {
  await database.photos.update(id, { state: 'stored' });
}

/** On the user's word: a picture the office refused is asked about no longer. Its bytes stay for the export. */
export async function withdrawPhoto(database: TabletDatabase, id: PhotoId): Promise<void> {
  await database.photos
    .where('id')
    .equals(id)
    .and(({ state }) => state === 'refused')
    .modify({ state: 'withdrawn' });
}

export async function markPhotoRefused(
  database: TabletDatabase,
  id: PhotoId,
  refusal: Refusal
): Promise<void> {
  await database.photos.update(id, { state: 'refused', refusal });
}
