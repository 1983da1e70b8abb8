import type { Sha256 } from '../domain/ids';

/** SHA-256 in lower-case hexadecimal. Needs a secure context. */
export async function sha256(bytes: ArrayBuffer): Promise<Sha256> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') as Sha256;
}
