import type { Change } from '../domain/changes';
import type { PhotoId } from '../domain/ids';
import { msToInstant, type Instant } from '../domain/instant';
import type { Refusal } from '../domain/refusal';
import type { QueuedPhoto, TabletDatabase } from './database';
import { declaredPhotoId } from './attachments';
import { changeOf } from './overlay';
import { faultOf, isDue, listUnreceipted, maxFailuresAlone, postponedMs } from './outbox';
import { noteAhead } from './pulled';
import { saveSetting, type Place } from './settings';
import { forgetThumbnailsLeft, listThumbnailsLeft } from './thumbnails-left';

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
  return database.transaction('r', tablesOfAwaited(database), async () => {
    const isAwaited = await awaitedByOffice(database);
    return database.photos
      .where('state')
      .equals('ready')
      .filter((photo) => isAwaited(photo) && isDue(photo, nowMs))
      .toArray();
  });
}

/** A form saved between two reads would show its pictures and not yet what declares them. */
const tablesOfAwaited = ({ photos, outbox, troubles, settings, toHandBack }: TabletDatabase) => [
  photos,
  outbox,
  troubles,
  settings,
  toHandBack
];

/** Whether the office has what declares a picture: not before its receipt, and a restored office not yet again (step 11). */
async function awaitedByOffice(database: TabletDatabase): Promise<(photo: QueuedPhoto) => boolean> {
  const declaring = new Set([
    ...(await listUnsentDeclarations(database)),
    ...(await listDeclarationsToHandBack(database))
  ]);
  return ({ id, declared }) => declared && !declaring.has(id);
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

/** The office failed on it that often that it is tried once a day. */
export function isSetAside({ state, failures = 0 }: QueuedPhoto): boolean {
  return state === 'ready' && failures >= maxFailuresAlone;
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
  return database.transaction('r', [...tablesOfAwaited(database), database.thumbnails], async () => {
    const isAwaited = await awaitedByOffice(database);
    const ready = await database.photos
      .where('state')
      .equals('ready')
      .filter((photo) => isAwaited(photo) && !photo.thumbnailSent)
      .limit(limit)
      .primaryKeys();
    const ids = [...new Set([...(await listThumbnailsLeft(database)), ...ready])];
    const thumbnails = await database.thumbnails.where('photoId').anyOf(ids).limit(limit).toArray();
    return thumbnails.map(({ photoId, bytes }) => ({ id: photoId, bytes }));
  });
}

/** Pictures whose declaring change has no receipt: the office would not let their bytes in (step 8). */
async function listUnsentDeclarations(database: TabletDatabase): Promise<PhotoId[]> {
  const rows = await listUnreceipted(database);
  return rows.flatMap((row) => declaredPhotoId(changeOf(row)) ?? []);
}

/** Their own declarations only: what else of their records is to be handed back may wait for somebody else's. */
async function listDeclarationsToHandBack({ toHandBack }: TabletDatabase): Promise<PhotoId[]> {
  const rows = await toHandBack.filter(({ line }) => line.includes('-attached')).toArray();
  return rows.flatMap(({ line }) => {
    const { body, entry } = JSON.parse(line) as { body?: string; entry?: Change };
    return declaredPhotoId(body === undefined ? entry! : changeOf({ body })) ?? [];
  });
}

export async function loadPicture(database: TabletDatabase, id: PhotoId): Promise<ArrayBuffer | null> {
  return (await database.pictures.get(id))?.bytes ?? null;
}

export async function markThumbnailsSent(database: TabletDatabase, ids: readonly PhotoId[]): Promise<void> {
  const { photos, settings } = database;
  await database.transaction('rw', photos, settings, async () => {
    await photos.where('id').anyOf(ids).modify({ thumbnailSent: true });
    await forgetThumbnailsLeft(database, ids);
  });
}

export async function markPhotoStored(
  database: TabletDatabase,
  id: PhotoId,
  storedAt: Instant,
  ahead: Readonly<Record<string, Place>> = {}
): Promise<void> {
  const { photos, thumbnails, settings } = database;
  await database.transaction('rw', photos, thumbnails, settings, async () => {
    await photos.update(id, { state: 'stored', storedAt });
    await noteAhead(database, ahead);
    const isLeft = (await photos.get(id))?.thumbnailSent === false && (await thumbnails.get(id));
    const left = isLeft ? await listThumbnailsLeft(database) : [];
    if (isLeft && !left.includes(id)) await saveSetting(database, 'thumbnailsLeft', [...left, id]);
  });
}

/** On the user's word: a picture the office refused, or fails on each time, is asked about no longer. Its bytes stay on the tablet. */
export async function withdrawPhoto(database: TabletDatabase, id: PhotoId): Promise<void> {
  await database.photos
    .where('id')
    .equals(id)
    .and((photo) => photo.state === 'refused' || isSetAside(photo))
    .modify({ state: 'withdrawn' });
}

export async function markPhotoRefused(
  database: TabletDatabase,
  id: PhotoId,
  refusal: Refusal
): Promise<void> {
  await database.photos.update(id, { state: 'refused', refusal });
}
