import { v7 as uuidV7 } from 'uuid';
import { hasAfterPhoto } from '$lib/domain/case';
import { PhotoId, type Sha256 } from '$lib/domain/ids';
import { maxPhotoBytes, maxThumbnailBytes, type Photo } from '$lib/domain/photo';
import type { Refusal } from '$lib/domain/refusal';
import { makeChanges, type DeskAct } from '$lib/server/desk-change';
import { storeWholePhoto } from '$lib/server/photo-store';
import { loadPhoto, saveThumbnails } from '$lib/server/records/photos';
import { sha256Hex } from '$lib/server/seal';
import type { Store } from '$lib/server/store';
import type { FoundRecord } from './find-record.server';

/** More pictures of one result than anybody needs; keeps a form under the size the server takes. */
const maxResultPhotos = 6;

interface UploadedPhoto {
  photo: Photo;
  bytes: Uint8Array;
  thumbnail?: Uint8Array;
}

/**
 * A result with its after-photos. The pictures come first, as some categories ask for one; nothing at all is
 * written where the form, the state or a file does not fit.
 */
export async function receiveResult(
  store: Store,
  found: FoundRecord,
  text: string,
  form: FormData
): Promise<{ ok: true } | { refusal: Refusal }> {
  const { work, community, desk } = found;
  if (!work) return { refusal: { code: 'wrong-state' } };
  const uploads = await readUploads(form);
  if ('code' in uploads) return { refusal: uploads };
  const refusal = whyNot(found, uploads.length);
  if (refusal) return { refusal };
  const recordId = work.id;
  const send = (acts: DeskAct[]) => makeChanges(store, desk.session, community, acts, desk.now);
  if (uploads.length) {
    const attached = await send(
      uploads.map(({ photo }) => ({ kind: 'photo-attached', facts: { recordId, photo } }))
    );
    if ('refusal' in attached) return attached;
    for (const upload of uploads) {
      const stored = await storeUpload(store, community, upload);
      if ('refusal' in stored) return stored;
    }
  }
  return send([{ kind: 'case-handled', facts: { recordId, text } }]);
}

/** What `case-handled` would be refused for, known before a picture is attached for nothing. */
function whyNot({ work }: FoundRecord, photoCount: number): Refusal | null {
  if (work?.state !== 'dispatched' && work?.state !== 'rework') return { code: 'wrong-state' };
  const isShown = photoCount > 0 || hasAfterPhoto(work);
  return work.afterPhoto === 'required' && !isShown ? { code: 'after-photo-required' } : null;
}

async function readUploads(form: FormData): Promise<UploadedPhoto[] | Refusal> {
  const files = form
    .getAll('photo')
    .filter((value): value is File => value instanceof File && value.size > 0);
  const thumbnails = form.getAll('thumbnail').filter((value): value is File => value instanceof File);
  if (files.length > maxResultPhotos) return { code: 'too-large', details: { maximum: maxResultPhotos } };
  if (files.some(({ size }) => size > maxPhotoBytes))
    return { code: 'too-large', details: { maximum: maxPhotoBytes } };
  const uploads: UploadedPhoto[] = [];
  for (const [index, file] of files.entries()) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const mime = pictureType(bytes);
    const photo: Photo = {
      id: uuidV7() as PhotoId,
      mime: mime ?? 'application/octet-stream',
      bytes: bytes.length,
      sha256: sha256Hex(bytes) as Sha256,
      source: 'file',
      stage: 'after',
      previewable: mime !== undefined
    };
    uploads.push({ photo, bytes, thumbnail: await readThumbnail(thumbnails[index]) });
  }
  return uploads;
}

/** A thumbnail the browser made; left out where it is none. */
async function readThumbnail(file: File | undefined): Promise<Uint8Array | undefined> {
  if (!file || file.size === 0 || file.size > maxThumbnailBytes) return undefined;
  const bytes = new Uint8Array(await file.arrayBuffer());
  return pictureType(bytes) === 'image/jpeg' ? bytes : undefined;
}

/** By what the bytes say, never by what the file is called; undefined where no browser is sure to show it. */
function pictureType(bytes: Uint8Array): string | undefined {
  const starts = (...first: number[]) => first.every((byte, index) => bytes[index] === byte);
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (starts(0x89, 0x50, 0x4e, 0x47)) return 'image/png';
  const text = String.fromCharCode(...bytes.slice(0, 12));
  return text.startsWith('RIFF') && text.endsWith('WEBP') ? 'image/webp' : undefined;
}

async function storeUpload(store: Store, community: string, { photo, bytes, thumbnail }: UploadedPhoto) {
  const stored = await storeWholePhoto(store, community, photo.id, bytes);
  const row = thumbnail && (await loadPhoto(store, community, photo.id));
  if (row) await saveThumbnails(store, [{ photo: row, jpeg: thumbnail }]);
  return stored;
}
