// Set up before a recording: ids, keys and the clock are the same each time, so that a recording can be made again.
import { vi } from 'vitest';

export const recordedOn = Date.parse('2026-11-20T01:00:00.000Z');

let made = 0;

/** A lawful UUID of version 7: the clock, and how many were made before. */
function nextId(): string {
  const ms = Date.now().toString(16).padStart(12, '0');
  const count = (++made).toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7000-8000-${count}`;
}

vi.mock('uuid', () => ({ v7: nextId }));
vi.mock('node:crypto', async (importOriginal) => ({
  ...(await importOriginal<typeof import('node:crypto')>()),
  randomUUID: () => nextId().replace('-7000-', '-4000-'),
  randomBytes: (length: number) => Buffer.alloc(length, 7)
}));
