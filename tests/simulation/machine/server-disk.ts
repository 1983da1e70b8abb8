import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

interface File {
  bytes: Buffer;
  /** What a power cut leaves of it. */
  synced: Buffer;
}

/** The server's disk: databases, and files whose bytes and names are safe only once they were synced. */
export class ServerDisk {
  readonly databases = new Map<string, DatabaseSync>();
  #files = new Map<string, File>();
  /** The names that a power cut leaves. */
  #syncedNames = new Map<string, File>();

  get(name: string): Buffer | undefined {
    return this.#files.get(name)?.bytes;
  }

  list(folder: string): string[] {
    const inside = [...this.#files.keys()].filter((name) => path.dirname(name) === folder);
    return inside.map((name) => path.basename(name)).sort();
  }

  /** Makes it where it is missing. */
  touch(name: string): void {
    if (!this.#files.has(name)) this.#files.set(name, { bytes: Buffer.alloc(0), synced: Buffer.alloc(0) });
  }

  write(name: string, position: number, bytes: Uint8Array): void {
    const file = this.#files.get(name)!;
    const whole = Buffer.alloc(Math.max(file.bytes.length, position + bytes.length));
    file.bytes.copy(whole);
    whole.set(bytes, position);
    file.bytes = whole;
  }

  empty(name: string): void {
    this.#files.get(name)!.bytes = Buffer.alloc(0);
  }

  rename(from: string, to: string): void {
    this.#files.set(to, this.#files.get(from)!);
    this.#files.delete(from);
  }

  remove(name: string): boolean {
    return this.#files.delete(name);
  }

  syncFile(name: string): void {
    const file = this.#files.get(name)!;
    file.synced = file.bytes;
  }

  syncFolder(folder: string): void {
    for (const name of this.#syncedNames.keys())
      if (path.dirname(name) === folder && !this.#files.has(name)) this.#syncedNames.delete(name);
    for (const [name, file] of this.#files)
      if (path.dirname(name) === folder) this.#syncedNames.set(name, file);
  }

  /** A killed process: what it had not committed is gone, what it wrote into files is there. */
  dropUncommitted(): void {
    for (const database of this.databases.values()) if (database.isTransaction) database.exec('ROLLBACK');
  }

  /** What was not synced is gone as well. */
  cutPower(): void {
    this.dropUncommitted();
    this.#files = new Map(
      [...this.#syncedNames].map(([name, { synced }]) => [name, { bytes: synced, synced }] as const)
    );
    this.#syncedNames = new Map(this.#files);
  }

  /** All of it as it is now, for a backup. */
  image(): DiskImage {
    return {
      databases: [...this.databases].map(([name, database]) => [name, database.serialize()]),
      files: [...this.#files].map(([name, { bytes }]) => [name, bytes])
    };
  }

  /** Puts a disk back as it was. */
  restore({ databases, files }: DiskImage): void {
    for (const [name, bytes] of databases) {
      this.databases.get(name)?.close();
      const database = new DatabaseSync(':memory:');
      database.deserialize(bytes);
      this.databases.set(name, database);
    }
    this.#files = new Map(files.map(([name, bytes]) => [name, { bytes, synced: bytes }]));
    this.#syncedNames = new Map(this.#files);
  }

  close(): void {
    for (const database of this.databases.values()) database.close();
  }
}

export interface DiskImage {
  databases: [string, Uint8Array][];
  files: [string, Buffer][];
}
