// In place of node:zlib: the same bytes, without a thread that is ready whenever it likes.
import { gunzipSync } from 'node:zlib';

// Nobody here asks for a compressed answer.
export { brotliCompress, constants, gzip } from 'node:zlib';

export function gunzip(
  bytes: Uint8Array,
  options: { maxOutputLength: number },
  done: (fault: unknown, inflated?: Buffer) => void
): void {
  try {
    done(null, gunzipSync(bytes, options));
  } catch (fault) {
    done(fault);
  }
}
