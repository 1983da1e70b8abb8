import { seal, unseal, type StoreKey } from './seal';

/**
 * A letterbox of one person on this tablet: through its slot anybody may put something in, and only its key, which lies in
 * the person's sealed store, takes it out. A pair of P-256; each letter is sealed under a key of its own.
 */
export interface Letterbox {
  slot: ArrayBuffer;
  key: JsonWebKey;
}

const curve = { name: 'ECDH', namedCurve: 'P-256' } as const;
const pointBytes = 65;
const place = 'letter';

export async function makeLetterbox(): Promise<Letterbox> {
  const pair = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
  return {
    slot: await crypto.subtle.exportKey('raw', pair.publicKey),
    key: await crypto.subtle.exportKey('jwk', pair.privateKey)
  };
}

export async function sealLetter(slot: ArrayBuffer, text: string): Promise<ArrayBuffer> {
  const once = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
  const sender = await crypto.subtle.exportKey('raw', once.publicKey);
  const key = await sharedKey(once.privateKey, slot, sender, slot);
  const sealed = seal(key, place, new TextEncoder().encode(text));
  const letter = new Uint8Array(pointBytes + sealed.byteLength);
  letter.set(new Uint8Array(sender));
  letter.set(new Uint8Array(sealed), pointBytes);
  return letter.buffer;
}

/** Null where it was put into another's, or a byte was changed. */
export async function openLetter({ slot, key }: Letterbox, letter: ArrayBuffer): Promise<string | null> {
  try {
    const own = await crypto.subtle.importKey('jwk', key, curve, false, ['deriveBits']);
    const sender = letter.slice(0, pointBytes);
    const opened = unseal(await sharedKey(own, sender, sender, slot), place, letter.slice(pointBytes));
    return new TextDecoder().decode(opened);
  } catch {
    return null;
  }
}

/** What the two halves make together, bound to both of them. */
async function sharedKey(
  own: CryptoKey,
  other: ArrayBuffer,
  sender: ArrayBuffer,
  slot: ArrayBuffer
): Promise<StoreKey> {
  const theirs = await crypto.subtle.importKey('raw', other, curve, false, []);
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, own, 256);
  const secret = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveBits']);
  const info = new Uint8Array([...new Uint8Array(sender), ...new Uint8Array(slot)]);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
  return new Uint8Array(await crypto.subtle.deriveBits(derivation, secret, 256));
}
