import { maxThumbnailBytes } from '../../domain/photo';

const longestSide = 1600;
const thumbnailSide = 200;

/** The picture upright and at most 1600 px, without what the camera wrote into it, and its thumbnail; null where this browser cannot read it. */
export async function shrunkPicture(file: Blob): Promise<{ picture: Blob; thumbnail: Blob } | null> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (!bitmap) return null;
  const picture = await drawn(bitmap, longestSide, 0.85);
  const thumbnail = await smallThumbnail(bitmap);
  bitmap.close();
  return picture && thumbnail ? { picture, thumbnail } : null;
}

/** As good as fits into the size the server takes. */
async function smallThumbnail(bitmap: ImageBitmap): Promise<Blob | null> {
  for (const [side, quality] of [
    [thumbnailSide, 0.6],
    [thumbnailSide, 0.35],
    [thumbnailSide / 2, 0.4]
  ] as const) {
    const thumbnail = await drawn(bitmap, side, quality);
    if (thumbnail && thumbnail.size <= maxThumbnailBytes) return thumbnail;
  }
  return null;
}

function drawn(bitmap: ImageBitmap, side: number, quality: number): Promise<Blob | null> {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (!context) return Promise.resolve(null);
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
}
