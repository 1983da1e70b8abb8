import type { ExpandedTags } from 'exifreader';
import type { Exif } from '../domain/photo';

/** What the head of a file claims: evidence of camera, time and place, and its size before anything is decoded. */
export interface FileClaims {
  exif?: Exif;
  pixels?: number;
}

/** EXIF lies in front; the rest of the file is not needed. */
const headBytes = 256 * 1024;

const wanted = {
  file: true,
  pngFile: true,
  riff: true,
  gps: true,
  exif: ['Make', 'Model', 'DateTimeOriginal', 'DateTimeDigitized']
} as const;

/** Never fails: broken EXIF claims nothing. The reader is 35 kB and loaded only here. */
export async function readClaims(picture: Blob): Promise<FileClaims> {
  try {
    const [reader, head] = await Promise.all([
      import('exifreader'),
      picture.slice(0, headBytes).arrayBuffer()
    ]);
    return tagsToClaims(
      reader.load(head, { expanded: true, includeTags: { ...wanted, exif: [...wanted.exif] } })
    );
  } catch {
    return {};
  }
}

export function tagsToClaims(tags: ExpandedTags): FileClaims {
  const exif = Object.fromEntries(
    Object.entries({
      takenAtText: clean(
        tags.exif?.DateTimeOriginal?.description ?? tags.exif?.DateTimeDigitized?.description,
        40
      ),
      camera: cameraName(clean(tags.exif?.Make?.description, 40), clean(tags.exif?.Model?.description, 80)),
      position: position(tags.gps?.Longitude, tags.gps?.Latitude)
    }).filter(([, claim]) => claim !== undefined)
  ) as Exif;
  const sized = tags.file ?? tags.pngFile;
  const width = sized?.['Image Width']?.value ?? tags.riff?.ImageWidth?.value;
  const height = sized?.['Image Height']?.value ?? tags.riff?.ImageHeight?.value;
  return {
    ...(Object.keys(exif).length && { exif }),
    ...(width && height && { pixels: width * height })
  };
}

/** `NIKON COOLPIX P6000`, but not `Canon Canon PowerShot S40`. */
function cameraName(make: string | undefined, model: string | undefined): string | undefined {
  if (!make || !model || model.toLowerCase().startsWith(make.toLowerCase())) return model ?? make;
  return clean(`${make} ${model}`, 80);
}

function position(longitude: unknown, latitude: unknown): Exif['position'] {
  if (typeof longitude !== 'number' || typeof latitude !== 'number') return undefined;
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) return undefined;
  // What cameras write that have no fix.
  if (longitude === 0 && latitude === 0) return undefined;
  // A centimetre; the seconds of the file come out with sixteen digits.
  return { longitude: Number(longitude.toFixed(7)), latitude: Number(latitude.toFixed(7)) };
}

/** Files say what they like here: control characters, half characters, pages of text. */
function clean(text: unknown, maxLength: number): string | undefined {
  if (typeof text !== 'string') return undefined;
  const printable = text
    .slice(0, maxLength)
    .replace(/\p{C}+/gu, ' ')
    .trim();
  return printable || undefined;
}
