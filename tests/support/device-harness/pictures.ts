// Runs in the page: makes pictures, and tells what one looks like.
import { processPhoto } from '../../../src/lib/device/process-photo';

/** What came of a picture, in a form that leaves the page. Bytes are base64. */
export type Outcome =
  | { ok: false; reason: string }
  | {
      ok: true;
      mime: string;
      sha256: string;
      originalSha256?: string;
      previewable: boolean;
      width?: number;
      height?: number;
      exif?: unknown;
      bytes: string;
      thumbnail?: string;
      picture: Look | null;
      thumbnailPicture: Look | null;
    };

/** Size, and the red, green and blue of a raster of points, row by row. */
export interface Look {
  width: number;
  height: number;
  points: number[][];
}

/** Fetches a picture as the camera would hand it over, and processes it. */
export async function processFrom(address: string, mime = ''): Promise<Outcome> {
  return tell(await processPhoto(await (await fetch(address)).arrayBuffer(), mime));
}

export async function tell(processed: Awaited<ReturnType<typeof processPhoto>>): Promise<Outcome> {
  if (!processed.ok) return processed;
  const { bytes, thumbnail, ...facts } = processed.photo;
  return {
    ok: true,
    ...facts,
    bytes: await toBase64(bytes),
    thumbnail: thumbnail && (await toBase64(thumbnail)),
    picture: facts.previewable ? await lookAt(bytes) : null,
    thumbnailPicture: thumbnail ? await lookAt(thumbnail) : null
  };
}

export async function lookAt(bytes: ArrayBuffer, across = 12): Promise<Look> {
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(across, across);
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, across, across);
  bitmap.close();
  const { data } = context.getImageData(0, 0, across, across);
  const points = Array.from({ length: across * across }, (_, at) => [...data.slice(at * 4, at * 4 + 3)]);
  return { width, height, points };
}

/** Four quarters: red and green above, blue and yellow below. */
export function quarters(width: number, height: number, type: string): Promise<string> {
  return drawn(width, height, type, (context) => {
    for (const [at, colour] of ['#f00', '#0f0', '#00f', '#ff0'].entries()) {
      context.fillStyle = colour;
      context.fillRect(((at % 2) * width) / 2, (Math.floor(at / 2) * height) / 2, width / 2, height / 2);
    }
  });
}

/** Nothing at all, see-through. */
export function clear(width: number, height: number, type: string): Promise<string> {
  return drawn(width, height, type, () => undefined);
}

/** As full of detail as a picture can be: neighbouring points have nothing to do with each other. */
export function noise(width: number, height: number, type: string): Promise<string> {
  return drawn(width, height, type, (context) => {
    const image = context.createImageData(width, height);
    const words = new Uint32Array(image.data.buffer);
    let state = 1;
    for (let at = 0; at < words.length; at++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      words[at] = 0xff000000 | (state >>> 8);
    }
    context.putImageData(image, 0, 0);
  });
}

async function drawn(
  width: number,
  height: number,
  type: string,
  draw: (context: OffscreenCanvasRenderingContext2D) => void
): Promise<string> {
  const canvas = new OffscreenCanvas(width, height);
  draw(canvas.getContext('2d')!);
  return toBase64(await (await canvas.convertToBlob({ type, quality: 0.9 })).arrayBuffer());
}

export async function toBase64(bytes: ArrayBuffer): Promise<string> {
  const reader = new FileReader();
  const read = new Promise<string>((resolve) => (reader.onload = () => resolve(reader.result as string)));
  reader.readAsDataURL(new Blob([bytes]));
  const address = await read;
  return address.slice(address.indexOf(',') + 1);
}
