// In place of node:fs: the world's own disk.
import { Readable } from 'node:stream';
import { machine } from '../machine/machine';

export function mkdirSync(): void {}

export function mkdir(_folder: string, _how: object, done: (fault: null) => void): void {
  done(null);
}

export function createReadStream(name: string, { start = 0, end = Infinity } = {}): Readable {
  const bytes = machine().serverDisk.get(name) ?? Buffer.alloc(0);
  return Readable.from([bytes.subarray(start, end + 1)]);
}

export function createWriteStream(): never {
  throw new Error('nothing is written but by the durable store');
}

const all = { mkdirSync, mkdir, createReadStream, createWriteStream };
export default all;
