import { gcm } from '@noble/ciphers/aes.js';

/** 256 bits, by which one account's store on this tablet is sealed. In memory only. */
export type StoreKey = Uint8Array<ArrayBuffer>;

const keyBytes = 32;
/** 96 bits, as NIST SP 800-38D wants it for AES-GCM. */
const nonceBytes = 12;

export const makeStoreKey = (): StoreKey => crypto.getRandomValues(new Uint8Array(keyBytes));

/**
 * AES-256-GCM: a nonce, and behind it what was sealed with its tag. `place` says where it lies; elsewhere it does not
 * open. Without waiting, since a transaction of the store waits for nothing.
 */
export function seal(key: StoreKey, place: string, plain: Uint8Array): ArrayBuffer {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
  const ciphertext = gcm(key, nonce, utf8.encode(place)).encrypt(plain);
  const sealed = new Uint8Array(nonceBytes + ciphertext.length);
  sealed.set(nonce);
  sealed.set(ciphertext, nonceBytes);
  return sealed.buffer;
}

/** Throws where the key is another's, the place is another, or a byte was changed. */
export function unseal(key: StoreKey, place: string, sealed: ArrayBuffer): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sealed);
  return gcm(key, bytes.subarray(0, nonceBytes), utf8.encode(place)).decrypt(bytes.subarray(nonceBytes));
}

const utf8 = new TextEncoder();
