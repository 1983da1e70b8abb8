import { createHmac, createHash, type KeyObject } from 'node:crypto';

/** 96 bits are plenty against guessing and a third of the bytes on the wire. */
const sealLength = 16;

/** The server's mark on a receipt: over id, hash, sequence and version of the change (step 5). */
export function seal(key: KeyObject, id: string, sha256: string, sequence: number, version: number): string {
  return createHmac('sha256', key)
    .update(`${id}\n${sha256}\n${sequence}\n${version}`)
    .digest('base64url')
    .slice(0, sealLength);
}

export function sha256Hex(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}
