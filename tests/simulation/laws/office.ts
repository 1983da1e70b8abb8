import { createHash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { QueuedPhoto } from '../../../src/lib/data/database';
import type { RecordId } from '../../../src/lib/domain/ids';
import { machine } from '../machine/machine';
import { LawBroken } from '../scene';
import type { Tablet } from '../tablet';
import { standOf } from './places';

interface LogRow {
  id: string;
  sequence: number;
  community: string;
  sha256: string;
  is_retold: number;
}

interface PhotoRow {
  id: string;
  community: string;
  sha256: string;
  stored_at: string | null;
  /** The body of its record. */
  record: string | null;
}

const prepared = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

/** Reads the office's database from outside, also what a transaction has written that is not over. */
export function peek<Row>(sql: string): Row[] {
  const [database] = machine().serverDisk.databases.values();
  const known = prepared.get(database!) ?? new Map<string, StatementSync>();
  prepared.set(database!, known);
  const statement = known.get(sql) ?? database!.prepare(sql);
  known.set(sql, statement);
  return statement.all() as Row[];
}

/** Reads the office's database from outside. Null while a transaction is open: what it shows is not there yet. */
export function query<Row>(sql: string): Row[] | null {
  const [database] = machine().serverDisk.databases.values();
  return !database || database.isTransaction ? null : peek<Row>(sql);
}

export function listOutcomes(): string[] {
  return peek<{ id: string }>('SELECT change_id AS id FROM outcome').map(({ id }) => id);
}

/** Watches the office's log as it grows. */
export class OfficeWatch {
  #log: LogRow[] = [];
  #ids = new Map<string, LogRow>();
  readonly #checkedPhotos = new Set<string>();
  /** Records that were ever erased, also where a backup brought them back. */
  readonly #erased = new Set<string>();

  /** Records whose erasure has begun: of them, and of what goes with them, no picture need be there any more. */
  readonly erasing = new Set<RecordId>();

  /** The office was put back from a backup, and tablets may know more than it. */
  wasRestored = false;
  readonly #everInLog = new Set<string>();
  readonly #lostOutcomes = new Set<string>();

  /** Also in the log of an earlier life. */
  wasInLog = (id: string): boolean => this.#everInLog.has(id);

  wasErased = (recordId: string): boolean => this.#erased.has(recordId);

  /** Changes whose refusal a restored office does not know any more. */
  wasOutcomeLost = (id: string): boolean => this.#lostOutcomes.has(id);

  /** A restored backup is another log. `outcomes`: what the office had refused before. */
  startAnew(outcomes: readonly string[]): void {
    const kept = new Set(listOutcomes());
    for (const id of outcomes) if (!kept.has(id)) this.#lostOutcomes.add(id);
    this.#log = [];
    this.#ids.clear();
    this.wasRestored = true;
    this.erasing.clear();
    this.#checkedPhotos.clear();
  }

  check(tablets: readonly Tablet[]): boolean {
    for (const { record_id: id } of peek<{ record_id: string }>('SELECT record_id FROM erased'))
      this.#erased.add(id);
    if (!this.#read()) return false;
    for (const tablet of tablets) this.#checkReceipts(tablet);
    this.#checkStored(tablets);
    return true;
  }

  #read(): boolean {
    const log = query<LogRow>(
      'SELECT id, sequence, community, sha256, is_retold FROM change ORDER BY community, sequence'
    );
    if (!log) return false;
    const heads = query<{ code: string; head: number }>('SELECT code, head FROM community')!;
    for (const { code, head } of heads) {
      const own = log.filter(({ community }) => community === code);
      if (own.length !== head || own.some(({ sequence }, index) => sequence !== index + 1))
        throw new LawBroken('the log has no gap and no double', `${own.length} changes, head ${head}`);
    }
    for (const [index, before] of this.#log.entries())
      // What was only told makes way, once, for the bytes of whoever made it.
      if (
        log[index]?.id !== before.id ||
        (log[index].sha256 !== before.sha256 && !(before.is_retold && !log[index].is_retold))
      )
        throw new LawBroken('the log only grows', `${before.sequence} was …${before.id.slice(-4)}`);
    this.#log = log;
    this.#ids = new Map(log.map((row) => [row.id, row]));
    for (const { id } of log) this.#everInLog.add(id);
    return true;
  }

  #checkReceipts(tablet: Tablet): void {
    for (const database of tablet.store.names())
      for (const { row, places } of standOf(tablet, database))
        if (places[0] === 'accepted' && !this.#has(row))
          throw new LawBroken('what was receipted is in the log', `${tablet.name}: …${row.id.slice(-4)}`);
  }

  /** A restored office has it again once a tablet has handed it back; that it does is judged in the end. */
  #has({ id, sha256 }: { id: string; sha256: string }): boolean {
    return this.wasRestored ? this.wasInLog(id) : this.#ids.get(id)?.sha256 === sha256;
  }

  /** Of whichever side says that a picture is stored. */
  #checkStored(tablets: readonly Tablet[]): void {
    const rows = query<PhotoRow>(
      `SELECT photo.id, photo.community, sha256, stored_at, record.body AS record
       FROM photo LEFT JOIN record ON record.id = photo.record_id`
    )!;
    const known = new Map(rows.map((row) => [row.id, row]));
    const stored = new Set(rows.filter(({ stored_at }) => stored_at !== null).map(({ id }) => id));
    // What a restored office has lost of them is offered again.
    for (const tablet of this.wasRestored ? [] : tablets)
      for (const database of tablet.store.names())
        for (const { id, state, recordId } of tablet.store.rows<QueuedPhoto>(database, 'photos'))
          if (state === 'stored' && !this.wasErased(recordId)) stored.add(id);
    for (const id of stored) {
      if (this.#checkedPhotos.has(id)) continue;
      const row = known.get(id);
      if ([...this.erasing].some((erasing) => row?.record?.includes(erasing))) continue;
      const bytes = row && machine().serverDisk.get(`data/photos/${row.community}/${id}`);
      if (!bytes || createHash('sha256').update(bytes).digest('hex') !== row.sha256)
        throw new LawBroken('a stored picture is on the disk', `…${id.slice(-4)}`);
      this.#checkedPhotos.add(id);
    }
  }

  /** A power cut may not take what was called stored. */
  forgetCheckedPhotos(): void {
    this.#checkedPhotos.clear();
  }
}
