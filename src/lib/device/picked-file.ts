import { within } from './time-limit';

export type PickedFile =
  | { ok: true; bytes: ArrayBuffer; mime: string }
  | { ok: false; reason: 'empty' | 'too-large' | 'unreadable' };

/** No camera's JPEG is larger; a film picked by mistake is, and would fill the memory. */
const maxReadBytes = 64 * 1024 * 1024;
const readMs = 60_000;

/**
 * The bytes of a file from the system camera or the album. `unreadable`: gone meanwhile, or kept in a cloud that
 * cannot be reached now.
 */
export async function readFile(file: File): Promise<PickedFile> {
  if (file.size > maxReadBytes) return { ok: false, reason: 'too-large' };
  try {
    const bytes = await within(file.arrayBuffer(), readMs, null);
    if (!bytes) return { ok: false, reason: 'unreadable' };
    return bytes.byteLength ? { ok: true, bytes, mime: file.type } : { ok: false, reason: 'empty' };
  } catch {
    return { ok: false, reason: 'unreadable' };
  }
}
