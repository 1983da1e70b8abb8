import { isDeepStrictEqual } from 'node:util';
import type { Transaction } from 'kysely';
import type { Settled } from '../domain/change';
import type { Change } from '../domain/changes';
import type { RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import { applyChange, neededBy, parseChange, touchedIn } from '../domain/judge';
import type { AnyRecord } from '../domain/record';
import { touchRow } from './batch';
import type { ChangeRow, Database, TouchRow } from './database/schema';
import { saveTouches } from './records/changes';
import { loadRecords, saveRecords } from './records/records';

type Write = Transaction<Database>;
type LoggedChange = Pick<
  ChangeRow,
  'kind' | 'body' | 'received_at' | 'sequence' | 'earlier_sequence' | 'settled'
>;

/**
 * Step 11: records as their changes make them in the order of their arrival, where some of those came back later than
 * others. Records whose changes are in their order already are as they should be. Left alone is what cannot be built any
 * more: the points of a track have had their time. `since`: where the log ended before those came back; what was not
 * written from there on and is another now is told with the last change of its group.
 */
export async function rebuildRecords(
  transaction: Write,
  community: string,
  ids: ReadonlySet<RecordId>,
  unapplied: ReadonlySet<RecordId>,
  since: number,
  now: Instant
): Promise<void> {
  const done = new Set<RecordId>();
  for (const id of ids) {
    if (done.has(id)) continue;
    const { group, changes } = await loadGroup(transaction, community, id);
    group.forEach((one) => done.add(one));
    const ordered = inOrderOfArrival(changes);
    const isInOrder = ordered.every((row, index) => row === changes[index]);
    const isWhole = isInOrder && ![...group].some((one) => unapplied.has(one));
    if (isWhole || ordered.some(({ body }) => body === '')) continue;
    const written = await loadLastTouches(transaction, community, group);
    const before = await loadRecords(transaction, community, [...group]);
    const last = changes.at(-1)!.sequence;
    const touches: TouchRow[] = [];
    const records = [...replay(ordered).values()].map((rebuilt) => {
      const sequence = written.get(rebuilt.id)!;
      const present = before.get(rebuilt.id);
      const record = keepSettled(rebuilt, present);
      if (sequence > since || isSame(record, present)) return { record, sequence };
      touches.push({ ...touchRow(community, last, record, present), is_rebuilt: 1 });
      return { record, sequence: last };
    });
    await saveTouches(transaction, touches);
    await saveRecords(transaction, records, now);
  }
}

/** Older stores did not write down with the change which number and limit it gave: the case has them. */
function keepSettled(record: AnyRecord, present: AnyRecord | undefined): AnyRecord {
  if (record.kind !== 'case' || present?.kind !== 'case') return record;
  return { ...record, number: record.number ?? present.number, dueAt: record.dueAt ?? present.dueAt };
}

/** As they are stored: what is not there is the same as nothing. */
function isSame(one: AnyRecord, other: AnyRecord | undefined): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(one)), other);
}

/** Where the log last wrote each record: whoever reads on from there is told of it. */
async function loadLastTouches(
  transaction: Write,
  community: string,
  ids: ReadonlySet<RecordId>
): Promise<Map<RecordId, number>> {
  const rows = await transaction
    .selectFrom('touch')
    .select(({ fn }) => ['record_id', fn.max('sequence').as('sequence')])
    .where('community', '=', community)
    .where('record_id', 'in', [...ids])
    .groupBy('record_id')
    .execute();
  return new Map(rows.map((row) => [row.record_id as RecordId, row.sequence]));
}

/** What was never lost stays in the order of the log, whatever the clock said; what came back goes in between by its arrival. */
function inOrderOfArrival(changes: readonly LoggedChange[]): LoggedChange[] {
  const own = changes.filter((row) => row.earlier_sequence === null);
  const back = changes.filter((row) => row.earlier_sequence !== null).sort(byArrival);
  const ordered: LoggedChange[] = [];
  for (const row of back) {
    while (own.length && byArrival(own[0]!, row) < 0) ordered.push(own.shift()!);
    ordered.push(row);
  }
  return [...ordered, ...own];
}

function byArrival(a: LoggedChange, b: LoggedChange): number {
  if (a.received_at !== b.received_at) return a.received_at < b.received_at ? -1 : 1;
  return (a.earlier_sequence ?? a.sequence) - (b.earlier_sequence ?? b.sequence);
}

/** The record, all that ever were touched together with it, and every change of theirs as the log has them. */
async function loadGroup(transaction: Write, community: string, first: RecordId) {
  const group = new Set<RecordId>([first]);
  for (let size = 0; size < group.size;) {
    size = group.size;
    const together = await transaction
      .selectFrom('touch')
      .select('record_id')
      .distinct()
      .where('community', '=', community)
      .where('sequence', 'in', touchesOf(transaction, community, group))
      .execute();
    together.forEach((row) => group.add(row.record_id as RecordId));
  }
  const changes = await transaction
    .selectFrom('change')
    .select(['kind', 'body', 'received_at', 'sequence', 'earlier_sequence', 'settled'])
    .where('community', '=', community)
    .where('sequence', 'in', touchesOf(transaction, community, group))
    .orderBy('sequence')
    .execute();
  return { group, changes };
}

function touchesOf(transaction: Write, community: string, ids: ReadonlySet<RecordId>) {
  return transaction
    .selectFrom('touch')
    .select('sequence')
    .where('community', '=', community)
    .where('record_id', 'in', [...ids]);
}

/** What finds nothing to act on counts once that is there: what it needs may have come in anew, later than it did. */
function replay(changes: readonly LoggedChange[]): Map<RecordId, AnyRecord> {
  const recordsById = new Map<RecordId, AnyRecord>();
  const left = changes.flatMap((row) => {
    const parsed = parseChange(JSON.parse(row.body));
    return 'change' in parsed ? [{ change: parsed.change, settled: settledOf(row) }] : [];
  });
  const isReady = ({ change }: { change: Change }) => neededBy(change).every((id) => recordsById.has(id));
  for (let next = left.findIndex(isReady); next >= 0; next = left.findIndex(isReady)) {
    const [{ change, settled }] = left.splice(next, 1) as [(typeof left)[number]];
    for (const record of applyChange(change, touchedIn(recordsById, change), settled))
      recordsById.set(record.id, record);
  }
  return recordsById;
}

function settledOf({ settled, received_at }: LoggedChange): Settled {
  const set = settled ? (JSON.parse(settled) as Omit<Settled, 'receivedAt'>) : {};
  return { ...set, receivedAt: received_at };
}
