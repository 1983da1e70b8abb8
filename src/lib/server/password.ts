import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);

/** OWASP's second recommendation for argon2id: 19 MiB, two passes, one lane. */
const cost = { memory: 19 * 1024, passes: 2, parallelism: 1, tagLength: 32 };

/** Each derivation takes 19 MiB and a core: more at once would let sign-ins starve everything else. */
const maxAtOnce = 4;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= maxAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await inTurn(() => derive('argon2id', { ...cost, message: password.normalize('NFKC'), nonce }));
  return `argon2id$${nonce.toString('base64url')}$${tag.toString('base64url')}`;
}

export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [algorithm, nonceText, tagText] = hash.split('$');
  if (algorithm !== 'argon2id' || !nonceText || !tagText) return false;
  const nonce = Buffer.from(nonceText, 'base64url');
  const expected = Buffer.from(tagText, 'base64url');
  const tag = await inTurn(() => derive('argon2id', { ...cost, message: password.normalize('NFKC'), nonce }));
  return tag.length === expected.length && timingSafeEqual(tag, expected);
}

/** Takes the time of a real check, so that an unknown login cannot be told from a wrong password. */
export async function pretendToCheck(password: string): Promise<void> {
  await hashPassword(password);
}
