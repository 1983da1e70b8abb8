import type { Refusal } from '../domain/refusal';
import { plainPassphrase } from './passphrase';

/** docs/lifeline-file.md describes the bytes. A released layout is never changed: a new one gets a new number. */
const formatVersion = 1;
const magic = 'XUNGE-LL';
const iterations = 600_000;
/** What a file may ask for: fewer would be easy to guess, more would keep a tablet busy for minutes. */
const mostIterations = 10_000_000;

const saltBytes = 16;
const checkBytes = 8;
const sumBytes = 4;
const headerBytes = 8 + 1 + 4 + saltBytes + checkBytes + sumBytes;
export const chunkBytes = 65_536;
const tagBytes = 16;
const sealedBytes = chunkBytes + tagBytes;
/** Read from the disk at once. */
const chunksPerRead = 16;

export type Bytes = Uint8Array<ArrayBuffer>;

/** What opens one file: its key, and the header every chunk is bound to. */
export interface Lock {
  key: CryptoKey;
  header: Bytes;
}

export type Outcome = { refusal: Refusal } | null;

const refuse = (code: Refusal['code']): { refusal: Refusal } => ({ refusal: { code } });

/** The plain pieces as a sealed file, chunk by chunk: nothing but one chunk and one piece lies in memory. */
export async function* sealed(passphrase: string, plain: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  const salt = crypto.getRandomValues(new Uint8Array(saltBytes));
  const { key, check } = await deriveKey(passphrase, salt, iterations);
  const lock = { key, header: await headerOf(salt, iterations, check) };
  yield lock.header;
  const chunk = new Uint8Array(chunkBytes);
  let filled = 0;
  let index = 0;
  for await (const piece of plain)
    for (let start = 0; start < piece.length;) {
      // Only once more is to come is a full chunk known not to be the last.
      if (filled === chunkBytes) {
        yield encrypt(lock, index++, false, chunk);
        filled = 0;
      }
      const taken = piece.subarray(start, start + chunkBytes - filled);
      chunk.set(taken, filled);
      filled += taken.length;
      start += taken.length;
    }
  yield encrypt(lock, index, true, chunk.slice(0, filled));
}

/** The key of a file, or why it cannot be opened: foreign, newer, damaged, or not this passphrase. */
export async function unlock(file: Blob, passphrase: string): Promise<Lock | { refusal: Refusal }> {
  const header = new Uint8Array(await file.slice(0, headerBytes).arrayBuffer());
  const start = new TextDecoder('latin1').decode(header.subarray(0, magic.length));
  if (start !== magic) return refuse('lifeline-foreign');
  if (header.length > magic.length && header[magic.length]! > formatVersion) return refuse('lifeline-newer');
  if (header.length < headerBytes) return refuse('lifeline-cut');
  const view = new DataView(header.buffer);
  const rounds = view.getUint32(magic.length + 1);
  const isSound = same(header.subarray(-sumBytes), await sumOf(header.subarray(0, -sumBytes)));
  if (!isSound || rounds < iterations || rounds > mostIterations) return refuse('lifeline-damaged');
  const salt = header.slice(13, 13 + saltBytes);
  const { key, check } = await deriveKey(passphrase, salt, rounds);
  const isRight = same(check, header.subarray(13 + saltBytes, -sumBytes));
  return isRight ? { key, header } : refuse('wrong-passphrase');
}

/**
 * The plain bytes in order, each chunk only once it is known to be the very one that was written there. Null when the
 * whole file was read and nothing is missing; what `take` returns that is no null ends it.
 */
export async function readSealed(
  file: Blob,
  lock: Lock,
  take: (plain: Bytes) => Promise<Outcome>
): Promise<Outcome> {
  if (file.size < headerBytes + tagBytes) return refuse('lifeline-cut');
  const count = Math.ceil((file.size - headerBytes) / sealedBytes);
  for (let first = 0; first < count; first += chunksPerRead) {
    const start = headerBytes + first * sealedBytes;
    const read = new Uint8Array(await file.slice(start, start + chunksPerRead * sealedBytes).arrayBuffer());
    for (let within = 0; within * sealedBytes < read.length; within++) {
      const chunk = read.subarray(within * sealedBytes, (within + 1) * sealedBytes);
      const index = first + within;
      const isLast = index === count - 1;
      const plain = await decrypt(lock, index, isLast, chunk);
      if (!plain) return refuse(isLast ? 'lifeline-cut' : 'lifeline-damaged');
      const outcome = await take(plain);
      if (outcome) return outcome;
    }
  }
  return null;
}

async function deriveKey(passphrase: string, salt: Bytes, rounds: number) {
  const typed = new TextEncoder().encode(plainPassphrase(passphrase));
  const secret = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveBits']);
  const slow = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  const master = await crypto.subtle.deriveBits(slow, secret, 256);
  const base = await crypto.subtle.importKey('raw', master, 'HKDF', false, ['deriveBits', 'deriveKey']);
  const purpose = (info: string) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: new TextEncoder().encode(info)
  });
  const cipher = { name: 'AES-GCM', length: 256 };
  return {
    key: await crypto.subtle.deriveKey(purpose('xunge lifeline key'), base, cipher, false, [
      'encrypt',
      'decrypt'
    ]),
    // Tells a wrong passphrase from a damaged file, and says nothing about the key.
    check: new Uint8Array(
      await crypto.subtle.deriveBits(purpose('xunge lifeline check'), base, checkBytes * 8)
    )
  };
}

async function headerOf(salt: Bytes, rounds: number, check: Bytes): Promise<Bytes> {
  const header = new Uint8Array(headerBytes);
  header.set(new TextEncoder().encode(magic));
  header[magic.length] = formatVersion;
  new DataView(header.buffer).setUint32(magic.length + 1, rounds);
  header.set(salt, 13);
  header.set(check, 13 + saltBytes);
  header.set(await sumOf(header.subarray(0, -sumBytes)), headerBytes - sumBytes);
  return header;
}

async function sumOf(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).slice(0, sumBytes);
}

/** Place and end are part of the nonce, the header of what is authenticated: no chunk fits anywhere else. */
function parameters({ header }: Lock, index: number, isLast: boolean) {
  const iv = new Uint8Array(12);
  new DataView(iv.buffer).setUint32(7, index);
  iv[11] = isLast ? 1 : 0;
  return { name: 'AES-GCM', iv, additionalData: header };
}

async function encrypt(lock: Lock, index: number, isLast: boolean, plain: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.encrypt(parameters(lock, index, isLast), lock.key, plain));
}

/** Null where it is not what was written at this place. */
async function decrypt(lock: Lock, index: number, isLast: boolean, chunk: Bytes): Promise<Bytes | null> {
  return crypto.subtle.decrypt(parameters(lock, index, isLast), lock.key, chunk).then(
    (plain) => new Uint8Array(plain),
    () => null
  );
}

function same(one: Bytes, other: Bytes): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
