import { isDeepStrictEqual } from 'node:util';
import type { Change } from '../../../src/lib/domain/changes';
import type { RecordId } from '../../../src/lib/domain/ids';
import { applyChange, makesRecord, touchedBy } from '../../../src/lib/domain/judge';
import type { AnyRecord } from '../../../src/lib/domain/record';
import { LawBroken } from '../scene';
import { query } from './office';

/**
 * Every record is what the changes of the log make of it, each taken once and in order. What was erased, and what was ever
 * touched together with it, cannot be told from the log any more. What a restored office is handed back is put into the
 * order of its arrival, and so is whatever was touched together with it by then (step 11).
 */
export function checkFold(wasRestored: boolean): void {
  const whole = query<LogRow>(
    `SELECT id, kind, body, received_at, version, coalesce(earlier_sequence, sequence) AS place,
       earlier_sequence IS NOT NULL AS is_handed_back
     FROM change ORDER BY community, sequence`
  )!;
  const untold = listTouchedWith("body = ''");
  const handedBack = listTouchedWith('earlier_sequence IS NOT NULL');
  const touchesOne = (row: LogRow, ids: ReadonlySet<RecordId>) => idsOf(row).some((id) => ids.has(id));
  const log = whole.filter((row) => row.body !== '' && !touchesOne(row, untold));
  const records = new Map([
    ...fold(
      log.filter((row) => !touchesOne(row, handedBack)),
      'as-judged'
    ),
    ...fold(asPutInOrder(log.filter((row) => touchesOne(row, handedBack))), 'handed-back')
  ]);
  const all = query<{ id: RecordId; body: string }>('SELECT id, body FROM record')!;
  const stored = all.filter(({ id }) => !untold.has(id));
  if (stored.length !== records.size)
    throw new LawBroken('a record is what its log says', `${stored.length} records, not ${records.size}`);
  for (const { id, body } of stored) {
    const is = comparable(JSON.parse(body) as AnyRecord);
    const should = comparable(records.get(id));
    if (!isDeepStrictEqual(is, should))
      throw new LawBroken(
        'a record is what its log says',
        `it is\n${JSON.stringify(is)}\nand should be\n${JSON.stringify(should)}`
      );
  }
  const erasedCases = whole.filter(({ kind, body }) => kind === 'case-opened' && body === '').length;
  // A new life skips numbers, and gives no reckoning of how many of the old ones come back.
  checkCaseNumbers(
    all.map(({ body }) => JSON.parse(body) as AnyRecord),
    wasRestored ? Infinity : erasedCases
  );
}

function asPutInOrder(log: readonly LogRow[]): LogRow[] {
  let order: LogRow[] = [];
  for (const row of log) {
    order.push(row);
    if (!row.is_handed_back) continue;
    const together = new Set(idsOf(row));
    for (let size = 0; size < together.size;) {
      size = together.size;
      for (const ids of order.map(idsOf))
        if (ids.some((id) => together.has(id))) ids.forEach((id) => together.add(id));
    }
    const isOfThem = (one: LogRow) => idsOf(one).some((id) => together.has(id));
    order = [...order.filter((one) => !isOfThem(one)), ...putBack(order.filter(isOfThem))];
  }
  return order;
}

/** What was never lost keeps its order, whatever the clock said; the rest goes before the first that came later than it. */
function putBack(rows: readonly LogRow[]): LogRow[] {
  const order = rows.filter((row) => !row.is_handed_back).sort((a, b) => a.place - b.place);
  const back = rows.filter((row) => row.is_handed_back).sort(byArrival);
  for (const [index, row] of back.entries()) {
    const before = back[index - 1];
    const from = before ? order.indexOf(before) + 1 : 0;
    const at = order.findIndex((one, place) => place >= from && byArrival(one, row) > 0);
    order.splice(at < 0 ? order.length : at, 0, row);
  }
  return order;
}

const idsOf = ({ body }: LogRow): RecordId[] => touchedBy(JSON.parse(body) as Change);

function byArrival(a: LogRow, b: LogRow): number {
  return a.received_at === b.received_at ? a.place - b.place : a.received_at < b.received_at ? -1 : 1;
}

/**
 * What was handed back was judged in another life: what stood there then, and at which version, is not in this log. Where
 * what it needs has come in anew since, it counts once that is there.
 */
function fold(log: readonly LogRow[], how: 'as-judged' | 'handed-back'): Map<RecordId, AnyRecord> {
  const records = new Map<RecordId, AnyRecord>();
  const left = [...log];
  const isReady = ({ body }: LogRow) => {
    const change = JSON.parse(body) as Change;
    return touchedBy(change).every((id, index) => records.has(id) || (index === 0 && makesRecord(change)));
  };
  while (left.length > 0) {
    const next = how === 'as-judged' ? 0 : Math.max(0, left.findIndex(isReady));
    const [{ body, received_at: receivedAt, version }] = left.splice(next, 1) as [LogRow];
    const change = JSON.parse(body) as Change;
    const ids = touchedBy(change);
    const before = new Map(ids.flatMap((id) => (records.has(id) ? [[id, records.get(id)!] as const] : [])));
    if (change.kind === 'report-amended' && how === 'as-judged')
      checkNobodyOverwritten(change, before.get(ids[0]!));
    const after = applyChange(change, before, { receivedAt, caseNumber: '-', dueAt: '-' });
    if (after[0]?.version !== version && how === 'as-judged')
      throw new LawBroken('a record is what its log says', `version ${version}, not ${after[0]?.version}`);
    for (const record of after) records.set(record.id, record);
  }
  return records;
}

interface LogRow {
  id: string;
  kind: string;
  body: string;
  received_at: string;
  version: number;
  /** In the log of its earlier life, if it had one. */
  place: number;
  is_handed_back: number;
}

/** Records of such changes, those that share a change with one of them, and so on. */
function listTouchedWith(condition: string): Set<RecordId> {
  const touches = query<{ record_id: RecordId; sequence: number; is_meant: number }>(
    `SELECT record_id, sequence, ${condition} AS is_meant FROM touch JOIN change USING (community, sequence)`
  )!;
  const reached = new Set(touches.flatMap((touch) => (touch.is_meant ? [touch.record_id] : [])));
  for (let size = -1; size < reached.size;) {
    size = reached.size;
    const places = new Set(
      touches.flatMap((touch) => (reached.has(touch.record_id) ? [touch.sequence] : []))
    );
    for (const { record_id: id, sequence } of touches) if (places.has(sequence)) reached.add(id);
  }
  return reached;
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
