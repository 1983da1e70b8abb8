import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidV7 } from 'uuid';
import { msToInstant } from '../../src/lib/domain/instant';
import { Photo } from '../../src/lib/domain/photo';
import type { PictureName } from '../pictures/names';

const folder = join(import.meta.dirname, '../pictures');
/** What scripts/make-demo-pictures.ts draws. */
const size = { width: 1200, height: 900 };

export function readPicture(name: PictureName): Uint8Array {
  return readFileSync(join(folder, `${name}.jpg`));
}

export function readThumbnail(name: PictureName): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(folder, 'thumbnails', `${name}.jpg`)));
}

/** A photo as the tablet would declare it, taken half a minute before it was saved. */
export function photoOf(name: PictureName, stage: Photo['stage'], savedAtMs: number): Photo {
  const bytes = readPicture(name);
  return Photo.parse({
    id: uuidV7({ msecs: savedAtMs - 30_000 }),
    mime: 'image/jpeg',
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    source: 'camera',
    stage,
    takenAt: msToInstant(savedAtMs - 30_000),
    ...size,
    previewable: true
  });
}
