import type { Judgement } from '../domain/change';
import type { PhotoId, RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import { actingOn, type Author } from './author';
import type { QueuedPhoto, TabletDatabase } from './database';
import { sealAttachments } from './attachments';
import { tablesOfWriting, writeChange } from './write';

/** Rows stay under 5 MB: larger ones break the connection on iOS. */
const pieceBytes = 4 * 1024 * 1024;

/** What the photo worker (or the recorder) made of the camera's bytes. */
export interface Processed {
  bytes: ArrayBuffer;
  mime: string;
  sha256: string;
  originalSha256?: string;
  thumbnail?: ArrayBuffer;
  width?: number;
  height?: number;
  previewable: boolean;
  exif?: QueuedPhoto['exif'];
}

/** Step 8, at the shutter: the camera's own bytes into the store before anything is done with them. */
export async function keepOriginal(
  database: TabletDatabase,
  photo: Pick<QueuedPhoto, 'id' | 'recordId' | 'stage' | 'source' | 'mime' | 'takenAt'>,
  bytes: ArrayBuffer
): Promise<void> {
  await database.transaction('rw', database.photos, database.originals, async () => {
    await database.photos.add({
      ...photo,
      medium: 'photo',
      state: 'raw',
      declared: false,
      bytes: bytes.byteLength,
      previewable: true,
      thumbnailSent: false
    });
    await keepOriginalPieces(database, photo.id, bytes);
  });
}

/** Inside a transaction. */
export async function keepOriginalPieces(
  { originals }: TabletDatabase,
  photoId: PhotoId,
  bytes: ArrayBuffer
): Promise<void> {
  for (let piece = 0; piece * pieceBytes < bytes.byteLength; piece++)
    await originals.put({
      photoId,
      piece,
      bytes: bytes.slice(piece * pieceBytes, (piece + 1) * pieceBytes)
    });
}

/** The bytes as camera or recorder gave them, in their order. */
export function piecesOf({ originals }: TabletDatabase, id: PhotoId) {
  return originals.where('[photoId+piece]').between([id, 0], [id, Infinity]);
}

export async function loadOriginal(database: TabletDatabase, id: PhotoId): Promise<ArrayBuffer | null> {
  const pieces = await piecesOf(database, id).toArray();
  if (!pieces.length) return null;
  return new Blob(pieces.map((piece) => piece.bytes)).arrayBuffer();
}

export async function noteTries(database: TabletDatabase, id: PhotoId, tries: number): Promise<void> {
  await database.photos.update(id, { tries });
}

/** The processed picture replaces the camera's bytes, once: not where it was removed, given up or processed meanwhile. */
export async function keepProcessed(
  database: TabletDatabase,
  id: PhotoId,
  processed: Processed
): Promise<void> {
  const { photos, pictures, thumbnails, originals } = database;
  await database.transaction('rw', photos, pictures, thumbnails, originals, async () => {
    if ((await photos.get(id))?.state !== 'raw') return;
    const { bytes, thumbnail, ...facts } = processed;
    await pictures.put({ photoId: id, bytes });
    if (thumbnail) await thumbnails.put({ photoId: id, bytes: thumbnail });
    await photos.update(id, {
      ...facts,
      bytes: bytes.byteLength,
      state: 'ready',
      thumbnailSent: !thumbnail
    });
    await piecesOf(database, id).delete();
  });
}

export interface CutVoice {
  voice: QueuedPhoto;
  pieces: { bytes: ArrayBuffer }[];
}

type Voice = Pick<QueuedPhoto, 'id' | 'recordId' | 'mime' | 'takenAt'>;

const voiceFacts = {
  medium: 'voice',
  declared: false,
  stage: 'before',
  source: 'camera',
  previewable: false,
  thumbnailSent: true
} as const;

/** A part of a voice note that is still being spoken: what was said so far survives a kill. */
export async function keepVoicePiece(
  database: TabletDatabase,
  voice: Voice,
  piece: number,
  bytes: ArrayBuffer
): Promise<void> {
  const { drafts, photos, originals } = database;
  await database.transaction('rw', drafts, photos, originals, async () => {
    const known = await photos.get(voice.id);
    // The last piece may come after the whole note, or after its form was saved or thrown away.
    if ((known && known.state !== 'raw') || !(await drafts.get(voice.recordId))) return;
    await photos.put({
      ...voice,
      ...voiceFacts,
      state: 'raw',
      bytes: (known?.bytes ?? 0) + bytes.byteLength
    });
    await originals.put({ photoId: voice.id, piece, bytes });
  });
}

/** A voice note is ready as it comes from the recorder; its pieces have done their duty. */
export async function keepVoice(
  database: TabletDatabase,
  voice: Voice & Pick<QueuedPhoto, 'seconds' | 'sha256'>,
  bytes: ArrayBuffer
): Promise<void> {
  const { photos, pictures, originals } = database;
  await database.transaction('rw', photos, pictures, originals, async () => {
    await pictures.put({ photoId: voice.id, bytes });
    await photos.put({ ...voice, ...voiceFacts, state: 'ready', bytes: bytes.byteLength });
    await piecesOf(database, voice.id).delete();
  });
}

/** Voice notes that were never ended, with the pieces there are: one of them may be being spoken. */
export async function listCutVoices(database: TabletDatabase): Promise<CutVoice[]> {
  const cut = await database.photos
    .where('state')
    .equals('raw')
    .and(({ medium }) => medium === 'voice')
    .toArray();
  return Promise.all(
    cut.map(async (voice) => ({
      voice,
      pieces: await piecesOf(database, voice.id).toArray()
    }))
  );
}

/** Out of a form. Not out of a record: another window may have saved the form meanwhile. */
export async function removePhoto(database: TabletDatabase, id: PhotoId): Promise<void> {
  const { records, photos, pictures, thumbnails, originals } = database;
  await database.transaction('rw', records, photos, pictures, thumbnails, originals, async () => {
    const photo = await photos.get(id);
    if (photo?.declared || (photo && (await records.get(photo.recordId)))) return;
    await photos.delete(id);
    await pictures.delete(id);
    await thumbnails.delete(id);
    await piecesOf(database, id).delete();
  });
}

/** Pictures a kill left unprocessed, oldest first. */
export async function listRawPhotos(database: TabletDatabase): Promise<QueuedPhoto[]> {
  return database.photos
    .where('state')
    .equals('raw')
    .and(({ medium }) => medium === 'photo')
    .sortBy('takenAt');
}

/**
 * Declares processed pictures of records that are saved already: those the worker finished after saving,
 * and those a kill left behind. Running it twice declares nothing twice.
 */
export async function declarePhotos(author: Author, at: Instant): Promise<void> {
  const { database } = author;
  const waiting = await database.photos
    .where('state')
    .equals('ready')
    .filter((photo) => !photo.declared)
    .toArray();
  for (const recordId of new Set(waiting.map((photo) => photo.recordId)))
    await declareOf(
      author,
      recordId,
      waiting.filter((photo) => photo.recordId === recordId),
      at
    );
}

async function declareOf(by: Author, recordId: RecordId, photos: QueuedPhoto[], at: Instant): Promise<void> {
  const { database } = by;
  const { author, version } = await actingOn(by, recordId);
  if (version === 0) return giveUpOrphans(database, recordId);
  const sealed = await sealAttachments(author, photos, at, version);
  await database.transaction('rw', [...tablesOfWriting(database), database.photos], async () => {
    // It may have been taken back into its draft meanwhile.
    if (!(await database.records.get(recordId))) return;
    const fresh = await database.photos.bulkGet(photos.map((photo) => photo.id));
    for (const [index, attachment] of sealed.entries()) {
      const photo = fresh[index];
      if (!photo || photo.declared || photo.state !== 'ready' || photo.recordId !== recordId) continue;
      await database.photos.put(declaredPhoto(photo, await writeChange(author, attachment)));
    }
  });
}

/** A draft declares its pictures when it is saved. Without draft and record, nobody is left to declare them to. */
async function giveUpOrphans(database: TabletDatabase, recordId: RecordId): Promise<void> {
  const { drafts, records, photos } = database;
  await database.transaction('rw', drafts, records, photos, async () => {
    if ((await drafts.get(recordId)) || (await records.get(recordId))) return;
    await photos
      .where('recordId')
      .equals(recordId)
      .and((photo) => photo.state === 'ready' && !photo.declared)
      .modify({ state: 'refused', refusal: { code: 'unknown-record' } });
  });
}

/** The picture once its declaration was written, or why it could not be. */
export function declaredPhoto(photo: QueuedPhoto, judgement: Judgement): QueuedPhoto {
  const isKnown = judgement.verdict !== 'refused' || judgement.refusal.code === 'already-exists';
  return isKnown
    ? { ...photo, declared: true }
    : { ...photo, declared: true, state: 'refused', refusal: judgement.refusal };
}
