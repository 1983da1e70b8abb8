import { mkdirSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { FileStore } from '@tus/file-store';
import { ERRORS, type Upload } from '@tus/server';

/** What names an upload under way: community and photo id. Nothing else ever becomes part of a path. */
const uploadKey = /^\d{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The tus file store, made safe against power cuts: the stock one never syncs, so that finished uploads vanish,
 * and it empties a file whose creation is asked for twice. What is under way may be lost: its sender begins it anew.
 */
export class DurableFileStore extends FileStore {
  /** Folders whose own names are known to be on disk. */
  readonly #named = new Set<string>();

  constructor(directory: string) {
    // The stock constructor makes the folder in the background, and a failure there ends the process.
    mkdirSync(directory, { recursive: true });
    super({ directory });
    // Neither termination nor deferred lengths: step 8 knows no DELETE and a length is declared beforehand.
    this.extensions = ['creation', 'creation-with-upload'];
  }

  /** Makes the upload. One that has bytes already keeps them all: that is a conflict, and nothing is written. */
  override async create(upload: Upload): Promise<Upload> {
    const file = this.fileOf(upload.id);
    // `a` makes what is missing and never truncates.
    await (await open(file, 'a')).close();
    await this.configstore.set(upload.id, upload);
    // The body of a creation starts at byte 0, and an upload under way is somewhere else.
    if (await this.lengthOf(upload.id)) throw tusError(ERRORS.INVALID_OFFSET);
    upload.storage = { type: 'file', path: file };
    return upload;
  }

  /** Returns the offset reached, on disk. After a cut, what arrived before it is kept and synced too. */
  override async write(bytes: Readable, id: string, offset: number): Promise<number> {
    const handle = await open(this.fileOf(id), 'r+');
    let position = offset;
    try {
      try {
        for await (const piece of bytes) position += await writeWhole(handle, piece as Uint8Array, position);
      } finally {
        await handle.sync();
      }
    } finally {
      await handle.close();
    }
    return position;
  }

  /** How many bytes are here; undefined where there is no such upload. */
  async lengthOf(id: string): Promise<number | undefined> {
    return lengthOfFile(this.fileOf(id));
  }

  /** Writes a whole upload at once. */
  async put(id: string, bytes: Uint8Array): Promise<void> {
    const handle = await open(this.fileOf(id), 'w');
    try {
      await writeWhole(handle, bytes, 0);
    } finally {
      await handle.close();
    }
  }

  /** Forgets an upload, also one of which only half is left. */
  async discard(id: string): Promise<void> {
    await rm(this.fileOf(id), { force: true });
    await rm(`${this.fileOf(id)}.json`, { force: true });
  }

  /** Forgets the uploads nobody has written to since then. */
  async discardOlder(thanMs: number): Promise<void> {
    const files = await readdir(this.directory);
    for (const id of new Set(files.map((file) => file.replace(/\.json$/, '')))) {
      if (!uploadKey.test(id)) continue;
      const times = await Promise.all([this.fileOf(id), `${this.fileOf(id)}.json`].map(writtenMs));
      if (Math.max(...times) < thanMs) await this.discard(id);
    }
  }

  /** Puts a finished upload in its place. Afterwards it lies there through any power cut; before, it still lies here. */
  async moveTo(id: string, place: string): Promise<void> {
    const file = this.fileOf(id);
    // A process killed while writing left bytes that nobody has synced.
    await syncFile(file);
    const folder = dirname(place);
    await mkdir(folder, { recursive: true });
    if (!this.#named.has(folder)) await syncFolder(dirname(folder));
    this.#named.add(folder);
    await rename(file, place);
    await syncFolder(folder);
  }

  fileOf(id: string): string {
    if (!uploadKey.test(id)) throw tusError(ERRORS.FILE_NOT_FOUND);
    return join(this.directory, id);
  }
}

/** tus answers with status and body; its own errors are no `Error`s. */
function tusError(reply: { status_code: number; body: string }): Error {
  return Object.assign(new Error(reply.body), reply);
}

/** Undefined where there is no file of that name. */
export async function lengthOfFile(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fault;
  }
}

/** 0 where there is no file of that name. */
async function writtenMs(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw fault;
  }
}

/** A write may stop short where the disk fills up; the next one then says why. */
async function writeWhole(handle: FileHandle, bytes: Uint8Array, position: number): Promise<number> {
  let done = 0;
  while (done < bytes.length)
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  return done;
}

/** Opened for writing, because Windows syncs nothing else. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Only then a power cut brings back nothing that was removed, and takes nothing that was put there. Windows cannot sync
 * a folder, and journals names by itself.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
