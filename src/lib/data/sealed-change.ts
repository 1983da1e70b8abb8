import type { Change } from '../domain/changes';

/** A change made here, as the bytes that travel and stay for ever. */
export interface SealedChange {
  change: Change;
  body: string;
  sha256: string;
}

/** Fixes a change as bytes with their hash. Before any transaction: WebCrypto inside one would end it. */
export async function sealChange(change: Change): Promise<SealedChange> {
  const body = JSON.stringify(change);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body));
  return { change, body, sha256: hex(digest) };
}

export function hex(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
