import { hex } from '../sealed-change';
import { seal, unseal, type StoreKey } from './seal';

/** A store's key, wrapped by a PIN and this tablet's own secret. */
export interface PinLock {
  salt: ArrayBuffer;
  rounds: number;
  wrapped: ArrayBuffer;
}

/** PBKDF2-HMAC-SHA256 as OWASP's Password Storage Cheat Sheet asks for it (2023): a quarter of a second on a cheap tablet. */
const rounds = 600_000;
const place = 'store-key';

/** Signs for scripts of this browser and is given to none: guesses can be made on this tablet only, not elsewhere. */
export const makeTabletSecret = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);

export async function lockWithPin(key: StoreKey, pin: string, tabletSecret: CryptoKey): Promise<PinLock> {
  const salt = crypto.getRandomValues(new Uint8Array(16)).buffer;
  return { salt, rounds, wrapped: seal(await wrappingKey(pin, { salt, rounds }, tabletSecret), place, key) };
}

/** Null where it is another PIN. */
export async function unlockWithPin(
  lock: PinLock,
  pin: string,
  tabletSecret: CryptoKey
): Promise<StoreKey | null> {
  return open(await wrappingKey(pin, lock, tabletSecret), lock.wrapped);
}

/** The same with a secret that the office keeps, for whoever has forgotten their PIN. */
export const lockWithSecret = (key: StoreKey, secret: string): ArrayBuffer =>
  seal(keyOfSecret(secret), place, key);

export const unlockWithSecret = (wrapped: ArrayBuffer, secret: string): StoreKey | null =>
  open(keyOfSecret(secret), wrapped);

/** 256 bits in hexadecimal. */
export const makeSecret = (): string => hex(crypto.getRandomValues(new Uint8Array(32)).buffer);

const keyOfSecret = (secret: string): StoreKey =>
  Uint8Array.from(secret.match(/../g) ?? [], (pair) => parseInt(pair, 16));

async function wrappingKey(
  pin: string,
  { salt, rounds }: Pick<PinLock, 'salt' | 'rounds'>,
  tabletSecret: CryptoKey
): Promise<StoreKey> {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveBits'
  ]);
  const stretched = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
    typed,
    256
  );
  return new Uint8Array(await crypto.subtle.sign('HMAC', tabletSecret, stretched));
}

function open(wrappingKey: StoreKey, wrapped: ArrayBuffer): StoreKey | null {
  try {
    return unseal(wrappingKey, place, wrapped);
  } catch {
    return null;
  }
}
