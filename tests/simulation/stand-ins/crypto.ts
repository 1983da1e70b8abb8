// In place of node:crypto: the same functions, with chance from the world.
import { v4 } from 'uuid';

export * from 'node:crypto';

export function randomBytes(length: number): Buffer {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(length)));
}

export function randomUUID(): string {
  return v4({ random: randomBytes(16) });
}
