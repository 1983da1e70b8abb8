// The thread that works on one picture and is ended after it: its memory goes with it.
import type { Exif } from '../domain/photo';
import { readClaims, type FileClaims } from './exif-facts';
import { sha256 } from './sha256';
import { within } from './time-limit';

/** The picture as it travels, and what is known of it. */
export interface ShrunkPhoto {
  bytes: ArrayBuffer;
  mime: string;
  sha256: string;
  /** Of the camera's own bytes. */
  originalSha256?: string;
  thumbnail?: ArrayBuffer;
  width?: number;
  height?: number;
  previewable: boolean;
  exif?: Exif;
}

/** The limit comes with the picture: the schemas it stands among need not be loaded here. */
export interface WorkerOrder {
  original: Blob;
  maxThumbnailBytes: number;
}

/** In this order. A worker that never says `started` could not be loaded: that says nothing about the picture. */
export type WorkerMessage =
  | { step: 'started' }
  | { step: 'read'; exif?: Exif }
  | { step: 'shrunk'; photo: ShrunkPhoto }
  | { step: 'undecodable' };

const longestSide = 1600;
const quality = 0.8;
const thumbnailSide = 160;
/** Decoding takes four bytes a pixel; beyond this a cheap tablet kills the whole page. */
const maxPixels = 80_000_000;
/** The EXIF reader comes over the network if it must: no picture waits for it. */
const claimsMs = 3_000;

const say = (message: WorkerMessage, transfer: Transferable[] = []) => postMessage(message, { transfer });

addEventListener('message', ({ data }: MessageEvent<WorkerOrder>) => void work(data));
say({ step: 'started' });

async function work(order: WorkerOrder): Promise<void> {
  const claims = await within<FileClaims>(readClaims(order.original), claimsMs, {});
  say({ step: 'read', exif: claims.exif });
  try {
    const photo = await shrinkPhoto(order, claims);
    say(
      { step: 'shrunk', photo },
      [photo.bytes, photo.thumbnail].filter((bytes) => bytes !== undefined)
    );
  } catch {
    say({ step: 'undecodable' });
  }
}

async function shrinkPhoto(
  { original, maxThumbnailBytes }: WorkerOrder,
  { exif, pixels = 0 }: FileClaims
): Promise<ShrunkPhoto> {
  if (pixels > maxPixels) throw new RangeError('too many pixels');
  const picture = await drawUpright(original);
  const bytes = await encode(picture, quality);
  return {
    bytes,
    mime: 'image/jpeg',
    sha256: await sha256(bytes),
    originalSha256: await sha256(await original.arrayBuffer()),
    thumbnail: await thumbnailOf(picture, maxThumbnailBytes, thumbnailSide),
    width: picture.width,
    height: picture.height,
    previewable: true,
    exif
  };
}

/**
 * Upright by its EXIF orientation. That is every browser's default; the option `imageOrientation: 'from-image'` says
 * the same and must not be given, Chromium before 112 and Safari before 17 throw on the word.
 */
async function drawUpright(original: Blob): Promise<OffscreenCanvas> {
  const bitmap = await createImageBitmap(original);
  try {
    return draw(bitmap, longestSide);
  } finally {
    bitmap.close();
  }
}

function draw(source: ImageBitmap | OffscreenCanvas, side: number): OffscreenCanvas {
  const scale = Math.min(1, side / Math.max(source.width, source.height));
  const width = Math.max(1, Math.round(source.width * scale));
  const height = Math.max(1, Math.round(source.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('no canvas');
  context.imageSmoothingQuality = 'high';
  // JPEG knows no transparency; it would come out black.
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.drawImage(source, 0, 0, width, height);
  return canvas;
}

/** The best quality that fits the bytes a thumbnail may have; if none does, a smaller picture. */
async function thumbnailOf(picture: OffscreenCanvas, maxBytes: number, side: number): Promise<ArrayBuffer> {
  const small = draw(picture, side);
  for (const tried of [0.8, 0.7, 0.6, 0.5, 0.4, 0.3]) {
    const bytes = await encode(small, tried);
    if (bytes.byteLength <= maxBytes) return bytes;
  }
  return thumbnailOf(picture, maxBytes, Math.round(side * 0.75));
}

async function encode(canvas: OffscreenCanvas, quality: number): Promise<ArrayBuffer> {
  return (await canvas.convertToBlob({ type: 'image/jpeg', quality })).arrayBuffer();
}
