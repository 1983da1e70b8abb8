import type { PhotoId } from '../domain/ids';
import { msToInstant, type Instant } from '../domain/instant';
import type { Refusal } from '../domain/refusal';
import type { QueuedPhoto, TabletDatabase } from './database';
import { declaredPhotoId } from './attachments';
import { changeOf } from './overlay';
import { faultOf, isDue, listUnreceipted, postponedMs } from './outbox';

/** Pictures of saved records that the office does not have: on their way, or refused. Those of a draft are not meant to travel. */
export async function listUnsentPhotos(database: TabletDatabase): Promise<QueuedPhoto[]> {
  const drafts = new Set(await database.drafts.toCollection().primaryKeys());
  return database.photos
    .where('state')
    .anyOf('raw', 'ready', 'refused')
    .filter((photo) => photo.declared || !drafts.has(photo.recordId))
    .toArray();
}

/** Declared pictures the office does not have yet, oldest first. Those whose declaration is still unsent wait for it, and some for their time. */
export async function listPhotosToUpload(database: TabletDatabase, nowMs: number): Promise<QueuedPhoto[]> {
  const declaring = await listUnsentDeclarations(database);
  return database.photos
    .where('state')
    .equals('ready')
    .filter((photo) => photo.declared && !declaring.has(photo.id) && isDue(photo, nowMs))
    .toArray();
}

/** The office fails on this picture: later again, after the third time once a day, and the others go on. */
export async function notePhotoFailure(
  database: TabletDatabase,
  { id, failures = 0 }: QueuedPhoto,
  nowMs: number
): Promise<void> {
  const fault = faultOf(failures, nowMs);
  await database.photos.update(id, { failures: fault.failures, tryAgainAt: fault.tryAgainAt });
}

/** Nobody knows whose fault it is: the others have their turn. */
export async function postponePhotos(
  { photos }: TabletDatabase,
  postponed: readonly QueuedPhoto[],
  nowMs: number
): Promise<void> {
  const tryAgainAt = msToInstant(nowMs + postponedMs);
  await photos.bulkUpdate(postponed.map(({ id }) => ({ key: id, changes: { tryAgainAt } })));
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
  return new Set(rows.flatMap((row) => declaredPhotoId(changeOf(row)) ?? []));
}

export async function loadPicture(database: TabletDatabase, id: PhotoId): Promise<ArrayBuffer | null> {
  return (await database.pictures.get(id))?.bytes ?? null;
}

export async function markThumbnailsSent(database: TabletDatabase, ids: readonly PhotoId[]): Promise<void> {
  await database.photos.where('id').anyOf(ids).modify({ thumbnailSent: true });
}

export async function markPhotoStored(
  database: TabletDatabase,
  id: PhotoId,
  storedAt: Instant
): Promise<void> {
  await database.photos.update(id, { state: 'stored', storedAt });
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
