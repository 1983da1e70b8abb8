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
    return this.#files.get(path.resolve(name))?.bytes;
  }

  list(folder: string): string[] {
    const inside = [...this.#files.keys()].filter((name) => path.dirname(name) === path.resolve(folder));
    return inside.map((name) => path.basename(name)).sort();
  }

  /** Makes it where it is missing. */
  touch(name: string): void {
    const whole = path.resolve(name);
    if (!this.#files.has(whole)) this.#files.set(whole, { bytes: Buffer.alloc(0), synced: Buffer.alloc(0) });
  }

  write(name: string, position: number, bytes: Uint8Array): void {
    const file = this.#files.get(path.resolve(name))!;
    const whole = Buffer.alloc(Math.max(file.bytes.length, position + bytes.length));
    file.bytes.copy(whole);
    whole.set(bytes, position);
    file.bytes = whole;
  }

  empty(name: string): void {
    this.#files.get(path.resolve(name))!.bytes = Buffer.alloc(0);
  }

  rename(from: string, to: string): void {
    this.#files.set(path.resolve(to), this.#files.get(path.resolve(from))!);
    this.#files.delete(path.resolve(from));
  }

  remove(name: string): boolean {
    return this.#files.delete(path.resolve(name));
  }

  syncFile(name: string): void {
    const file = this.#files.get(path.resolve(name))!;
    file.synced = file.bytes;
  }

  syncFolder(name: string): void {
    const folder = path.resolve(name);
    for (const known of this.#syncedNames.keys())
      if (path.dirname(known) === folder && !this.#files.has(known)) this.#syncedNames.delete(known);
    for (const [known, file] of this.#files)
      if (path.dirname(known) === folder) this.#syncedNames.set(known, file);
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
