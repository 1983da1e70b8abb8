// In place of node:fs/promises: the world's own disk. Each access waits for the server's turn, so that it can be killed
// before and after it.
import { machine } from '../machine/machine';

const disk = () => machine().serverDisk;

async function turn(what: string, name: string): Promise<void> {
  await machine().loop.turn(`${what} ${name.slice(-12)}`);
}

function missing(name: string): Error {
  return Object.assign(new Error(`no such file: ${name}`), { code: 'ENOENT' });
}

export type FileHandle = Awaited<ReturnType<typeof open>>;

/** `r`, `r+`: what is there. `w`: emptied. `a`: made where it is missing. A folder is opened to be synced only. */
export async function open(name: string, flags: 'r' | 'r+' | 'w' | 'a') {
  await turn('open', name);
  const isFolder = flags === 'r' && disk().get(name) === undefined;
  if (!isFolder && flags.startsWith('r') && disk().get(name) === undefined) throw missing(name);
  if (!isFolder && !flags.startsWith('r')) disk().touch(name);
  if (flags === 'w') disk().empty(name);
  return {
    async write(bytes: Uint8Array, start: number, length: number, position: number) {
      await turn('write', name);
      if (disk().get(name) === undefined) throw missing(name);
      disk().write(name, position, bytes.subarray(start, start + length));
      return { bytesWritten: length };
    },
    async sync() {
      await turn('sync', name);
      if (isFolder) disk().syncFolder(name);
      else if (disk().get(name) !== undefined) disk().syncFile(name);
    },
    close: () => Promise.resolve()
  };
}

export async function mkdir(): Promise<void> {}

export async function readdir(folder: string): Promise<string[]> {
  await turn('list', folder);
  return disk().list(folder);
}

export async function rename(from: string, to: string): Promise<void> {
  await turn('rename', from);
  if (disk().get(from) === undefined) throw missing(from);
  disk().rename(from, to);
}

export async function rm(name: string, { force = false } = {}): Promise<void> {
  await turn('remove', name);
  if (!disk().remove(name) && !force) throw missing(name);
}

export async function stat(name: string) {
  await turn('look', name);
  const bytes = disk().get(name);
  if (bytes === undefined) throw missing(name);
  return { size: bytes.length, mtimeMs: machine().loop.now, isDirectory: () => false };
}

export async function readFile(name: string): Promise<Buffer> {
  await turn('read', name);
  const bytes = disk().get(name);
  if (bytes === undefined) throw missing(name);
  return bytes;
}

export async function writeFile(name: string, content: string): Promise<void> {
  await turn('empty', name);
  disk().touch(name);
  disk().empty(name);
  await turn('write', name);
  disk().touch(name);
  disk().write(name, 0, Buffer.from(content));
}

const all = { open, mkdir, readdir, rename, rm, stat, readFile, writeFile };
export default all;
