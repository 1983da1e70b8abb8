import { maxPhotoBytes, maxThumbnailBytes, type Exif } from '../domain/photo';
import type { ShrunkPhoto, WorkerMessage, WorkerOrder } from './photo-worker';
import { sha256 } from './sha256';
import { sniffMime } from './sniff-mime';
import { within } from './time-limit';

/**
 * too-large: cannot be shrunk here and may not travel as it is. unavailable: the worker could not be loaded (or there
 * is no secure context), which says nothing about the picture: keep its bytes and try again later.
 */
export type ProcessedPhoto =
  { ok: true; photo: ShrunkPhoto } | { ok: false; reason: 'empty' | 'too-large' | 'unavailable' };

/** No picture takes this long; a worker that does is hanging. */
const photoMs = 20_000;

let lastInLine: Promise<unknown> = Promise.resolve();

/** The camera's bytes as they are, unseen: for what cannot be decoded, or brought the page down whenever it was tried. */
export async function keepUnseen(bytes: ArrayBuffer, exif?: Exif): Promise<ProcessedPhoto> {
  if (bytes.byteLength === 0) return { ok: false, reason: 'empty' };
  if (bytes.byteLength > maxPhotoBytes) return { ok: false, reason: 'too-large' };
  const facts = { mime: sniffMime(bytes), sha256: await sha256(bytes), previewable: false };
  return { ok: true, photo: { bytes, ...facts, exif } };
}

/**
 * Makes of the camera's bytes the picture that travels: upright, at most 1600 pixels, JPEG, with its hash and a
 * thumbnail, all in a thread of its own. What the browser cannot decode is kept as it is and not previewable.
 * One at a time, however often it is called; never throws, never hangs. `limitMs` is for tests.
 */
export function processPhoto(bytes: ArrayBuffer, mime: string, limitMs = photoMs): Promise<ProcessedPhoto> {
  const turn = lastInLine
    .then(() => processNow(bytes, mime, limitMs))
    // No worker at all, no memory for one more copy: the bytes are with the caller still.
    .catch((): ProcessedPhoto => ({ ok: false, reason: 'unavailable' }));
  lastInLine = turn;
  return turn;
}

async function processNow(bytes: ArrayBuffer, mime: string, limitMs: number): Promise<ProcessedPhoto> {
  if (!isSecureContext) return { ok: false, reason: 'unavailable' };
  if (bytes.byteLength === 0) return { ok: false, reason: 'empty' };
  // Only a browser that knows more kinds than the sniffer may profit from what the sender said.
  const sniffed = sniffMime(bytes);
  const type = sniffed === 'application/octet-stream' ? mime : sniffed;
  const answer = await askWorker(new Blob([bytes], { type }), limitMs);
  if (answer.step === 'unavailable') return { ok: false, reason: 'unavailable' };
  if (answer.step === 'shrunk') return { ok: true, photo: answer.photo };
  return keepUnseen(bytes, answer.exif);
}

type Answer =
  { step: 'shrunk'; photo: ShrunkPhoto } | { step: 'undecodable'; exif?: Exif } | { step: 'unavailable' };

/** A worker per picture, ended after it whatever happened. */
async function askWorker(picture: Blob, limitMs: number): Promise<Answer> {
  const worker = new Worker(new URL('./photo-worker.ts', import.meta.url), { type: 'module' });
  let soFar: Answer = { step: 'unavailable' };
  const answered = new Promise<void>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
      if (data.step === 'started') soFar = { step: 'undecodable' };
      else if (data.step === 'read') soFar = { step: 'undecodable', exif: data.exif };
      else {
        if (data.step === 'shrunk') soFar = data;
        resolve();
      }
    };
    worker.onerror = () => resolve();
    worker.onmessageerror = () => resolve();
  });
  worker.postMessage({ original: picture, maxThumbnailBytes } satisfies WorkerOrder);
  await within(answered, limitMs, undefined);
  worker.terminate();
  return soFar;
}
