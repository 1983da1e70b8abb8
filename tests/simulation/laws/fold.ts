import { isDeepStrictEqual } from 'node:util';
import type { Change } from '../../../src/lib/domain/changes';
import type { RecordId } from '../../../src/lib/domain/ids';
import { applyChange, touchedBy } from '../../../src/lib/domain/judge';
import type { AnyRecord } from '../../../src/lib/domain/record';
import { LawBroken } from '../scene';
import { query } from './office';

/**
 * Every record is what the changes of the log make of it, each taken once and in order. What was erased, and what was ever
 * touched together with it, cannot be told from the log any more. Where the office was restored, the order is that of the
 * log or, for what was built anew, that of the arrival.
 */
export function checkFold(wasRestored: boolean): void {
  const whole = query<LogRow>(
    `SELECT id, kind, body, received_at, version, coalesce(earlier_sequence, sequence) AS place
     FROM change ORDER BY community, sequence`
  )!;
  const untold = listUntold();
  const log = whole.filter(
    ({ body }) => body !== '' && !touchedBy(JSON.parse(body) as Change).some((id) => untold.has(id))
  );
  const asLogged = fold(log, wasRestored);
  const asArrived = wasRestored ? fold([...log].sort(byArrival), wasRestored) : asLogged;
  const all = query<{ id: RecordId; body: string }>('SELECT id, body FROM record')!;
  const stored = all.filter(({ id }) => !untold.has(id));
  if (stored.length !== asLogged.size)
    throw new LawBroken('a record is what its log says', `${stored.length} records, not ${asLogged.size}`);
  for (const { id, body } of stored) {
    const is = comparable(JSON.parse(body) as AnyRecord);
    const should = [asLogged, asArrived].map((records) => comparable(records.get(id)));
    if (!should.some((one) => isDeepStrictEqual(is, one)))
      throw new LawBroken(
        'a record is what its log says',
        `it is\n${JSON.stringify(is)}\nand should be\n${should.map((one) => JSON.stringify(one)).join('\nor\n')}`
      );
  }
  const erasedCases = whole.filter(({ kind, body }) => kind === 'case-opened' && body === '').length;
  checkCaseNumbers(
    all.map(({ body }) => JSON.parse(body) as AnyRecord),
    wasRestored ? Infinity : erasedCases
  );
}

function byArrival(a: LogRow, b: LogRow): number {
  return a.received_at === b.received_at ? a.place - b.place : a.received_at < b.received_at ? -1 : 1;
}

function fold(log: readonly LogRow[], wasRestored: boolean): Map<RecordId, AnyRecord> {
  const records = new Map<RecordId, AnyRecord>();
  for (const { body, received_at: receivedAt, version } of log) {
    const change = JSON.parse(body) as Change;
    const ids = touchedBy(change);
    const before = new Map(ids.flatMap((id) => (records.has(id) ? [[id, records.get(id)!] as const] : [])));
    if (change.kind === 'report-amended' && !wasRestored) checkNobodyOverwritten(change, before.get(ids[0]!));
    const after = apply(change, before, receivedAt, wasRestored);
    if (after[0]?.version !== version && !wasRestored)
      throw new LawBroken('a record is what its log says', `version ${version}, not ${after[0]?.version}`);
    for (const record of after) records.set(record.id, record);
  }
  return records;
}

/** What came back without something before it changes nothing. */
function apply(
  change: Change,
  before: ReadonlyMap<RecordId, AnyRecord>,
  receivedAt: string,
  wasRestored: boolean
): AnyRecord[] {
  try {
    return applyChange(change, before, { receivedAt, caseNumber: '-', dueAt: '-' });
  } catch (fault) {
    if (!wasRestored) throw fault;
    return [...before.values()];
  }
}

interface LogRow {
  id: string;
  kind: string;
  body: string;
  received_at: string;
  version: number;
  /** In the log of its earlier life, if it had one. */
  place: number;
}

/** Records that share a change with one whose changes are empty, and so on. */
function listUntold(): Set<RecordId> {
  const touches = query<{ record_id: RecordId; sequence: number; is_empty: number }>(
    `SELECT record_id, sequence, body = '' AS is_empty FROM touch JOIN change USING (community, sequence)`
  )!;
  const untold = new Set(touches.flatMap((touch) => (touch.is_empty ? [touch.record_id] : [])));
  for (let size = -1; size < untold.size;) {
    size = untold.size;
    const places = new Set(touches.flatMap((touch) => (untold.has(touch.record_id) ? [touch.sequence] : [])));
    for (const { record_id: id, sequence } of touches) if (places.has(sequence)) untold.add(id);
  }
  return untold;
}

/** Whoever amended had seen what stood there, or wanted what stands there. */
function checkNobodyOverwritten(change: Change<'report-amended'>, report: AnyRecord | undefined): void {
  for (const [field, edit] of Object.entries(change.facts.edits)) {
    const current = (report as unknown as Record<string, unknown>)[field] ?? null;
    const isSame = (value: unknown) => isDeepStrictEqual(value ?? null, current);
    if (edit && !isSame(edit.from) && !isSame(edit.to))
      throw new LawBroken('nobody is overwritten unseen', `${field} was ${JSON.stringify(current)}`);
  }
}

/** What only the server can say is left out. */
function comparable(record: AnyRecord | undefined): unknown {
  const plain = JSON.parse(JSON.stringify(record ?? null)) as Record<string, unknown> | null;
  if (plain?.kind !== 'case') return plain;
  const { number: _number, dueAt: _dueAt, ...rest } = plain;
  return rest;
}

/** Of an erased case its number is gone, too. */
function checkCaseNumbers(records: readonly AnyRecord[], erasedCases: number): void {
  const numbers = records.flatMap((record) => (record.kind === 'case' ? [record.number ?? ''] : []));
  const counted = numbers.map((number) => Number(number.slice(-4))).sort((a, b) => a - b);
  const isDouble = new Set(counted).size < counted.length;
  if (isDouble || counted.some((count) => !(count >= 1 && count <= counted.length + erasedCases)))
    throw new LawBroken('case numbers have no gap and no double', numbers.join());
}
