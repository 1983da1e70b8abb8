import type { ChangeId, RecordId } from '../domain/ids';
import { msToInstant } from '../domain/instant';
import type { OutboxChange, TabletDatabase, Trouble } from './database';
import { changeOf, listFresh } from './overlay';
import { loadSetting, saveSetting } from './settings';

/** An unsent change and how often it failed alone. */
export interface WaitingChange extends OutboxChange {
  failures: number;
}

/** Still to be sent, some day; the others are the office's last word. */
const pendingStatuses: readonly Trouble['status'][] = [
  'deferred',
  'depends-on',
  'upgrade-needed',
  'set-aside'
];

/** A change that fails alone this often is set aside and tried daily, so that the others go on (step 5). */
const maxFailuresAlone = 3;
const setAsideMs = 24 * 3_600_000;

/**
 * What to send next, oldest first: earlier exceptions whose time has come, then the outbox, at most `limit`; none of
 * those `tried` already. A change waits for an earlier one of its record that waits itself: it is parked as `depends-on`.
 */
export async function listWaiting(
  database: TabletDatabase,
  nowMs: number,
  limit: number,
  tried: ReadonlySet<number> = new Set()
): Promise<WaitingChange[]> {
  const { outbox, troubles, settings } = database;
  return database.transaction('rw', outbox, troubles, settings, async () => {
    const apart = await troubles.toArray();
    const pending = apart.filter((trouble) => pendingStatuses.includes(trouble.status));
    const due = pending.filter((trouble) => !tried.has(trouble.order) && isDue(trouble, pending, nowMs));
    const dueRows = (await outbox.bulkGet(due.map((trouble) => trouble.order))).flatMap((row, index) =>
      row ? [{ ...row, failures: due[index]!.failures }] : []
    );
    const blockers = pending.filter((trouble) => !due.includes(trouble));
    const fresh = await listFree(database, blockers, new Set(apart.map((trouble) => trouble.order)), limit);
    return [...dueRows, ...fresh].slice(0, limit);
  });
}

/** The first changes nobody has answered and nothing holds up; those held up on the way there are parked. */
async function listFree(
  database: TabletDatabase,
  blockers: readonly Trouble[],
  apart: ReadonlySet<number>,
  limit: number
): Promise<WaitingChange[]> {
  const blockedBy = new Map(
    blockers.flatMap(({ recordIds, changeId }) => recordIds.map((id) => [id, changeId]))
  );
  const free: WaitingChange[] = [];
  let through = (await loadSetting(database, 'settledThrough')) ?? 0;
  while (free.length < limit) {
    const rows = await database.outbox.where('order').above(through).limit(limit).toArray();
    if (!rows.length) break;
    through = rows.at(-1)!.order;
    for (const row of rows.filter(({ order }) => !apart.has(order))) {
      const blocker = row.recordIds.map((id) => blockedBy.get(id)).find(Boolean);
      if (!blocker) free.push({ ...row, failures: 0 });
      else {
        row.recordIds.forEach((id) => blockedBy.set(id, row.id));
        await database.troubles.put(park(row, blocker));
      }
    }
  }
  return free;
}

/** Just before a batch is sent: marks it as offered and leaves out what was undone since it was chosen. */
export async function markOffered(
  database: TabletDatabase,
  batch: readonly WaitingChange[]
): Promise<WaitingChange[]> {
  const { outbox, settings } = database;
  return database.transaction('rw', outbox, settings, async () => {
    const present = await outbox.bulkGet(batch.map((row) => row.order));
    const offeredThrough = (await loadSetting(database, 'offeredThrough')) ?? 0;
    const last = batch.at(-1)?.order ?? 0;
    if (last > offeredThrough) await saveSetting(database, 'offeredThrough', last);
    return batch.filter((_, index) => present[index]);
  });
}

function park(row: OutboxChange, dependsOn: ChangeId): Trouble {
  return trouble(row, { status: 'depends-on', dependsOn, failures: 0 });
}

/** What waits for another change is due once that one has come to an end; if the office knows better it will say so. */
function isDue(
  { status, dependsOn, tryAgainAt }: Trouble,
  pending: readonly Trouble[],
  nowMs: number
): boolean {
  if (status === 'depends-on' && pending.some((other) => other.changeId === dependsOn)) return false;
  return !tryAgainAt || Date.parse(tryAgainAt) <= nowMs;
}

/** A change went out alone and came to nothing: the others go on without it. Nobody says yet that it is to blame. */
export async function setApart(database: TabletDatabase, row: WaitingChange): Promise<void> {
  await database.troubles.put(trouble(row, { status: 'deferred', failures: row.failures }));
}

/** The server fails on these changes and on no others: later again, and after the third time once a day. */
export async function blame(
  database: TabletDatabase,
  rows: readonly WaitingChange[],
  nowMs: number
): Promise<void> {
  await database.troubles.bulkPut(rows.map((row) => trouble(row, faultOf(row.failures, nowMs))));
}

/** What a further failure of a change makes of it. */
export function faultOf(
  failuresBefore: number,
  nowMs: number
): Pick<Trouble, 'status' | 'failures' | 'tryAgainAt'> {
  const failures = failuresBefore + 1;
  if (failures >= maxFailuresAlone)
    return { status: 'set-aside', failures, tryAgainAt: msToInstant(nowMs + setAsideMs) };
  return { status: 'deferred', failures, tryAgainAt: msToInstant(nowMs + failures * 60_000) };
}

function trouble(
  row: OutboxChange,
  facts: Pick<Trouble, 'status' | 'failures' | 'tryAgainAt' | 'dependsOn'>
): Trouble {
  return { order: row.order, changeId: row.id, recordIds: row.recordIds, ...facts };
}

/** One line of 待上报: a record with everything of it that is not at the office. */
export interface UnsentItem {
  recordId: RecordId;
  changes: { id: ChangeId; kind: string; at: string; body: string; trouble?: Trouble }[];
}

/** Unsent and refused changes by record, oldest first; withdrawn ones are out of the way. */
export async function listUnsent(database: TabletDatabase): Promise<UnsentItem[]> {
  const troubles = (await database.troubles.toArray()).filter((one) => one.status !== 'withdrawn');
  const troubled = await database.outbox.bulkGet(troubles.map((one) => one.order));
  // One that was only set apart has no trouble of its own to speak of.
  const toTell = troubles.map((one) => (one.status === 'deferred' && !one.failures ? undefined : one));
  const rows = [
    ...troubled.flatMap((row, index) => (row ? [{ row, trouble: toTell[index] }] : [])),
    ...(await listFresh(database)).map((row) => ({ row, trouble: undefined }))
  ];
  const itemsById = new Map<RecordId, UnsentItem>();
  for (const { row, trouble } of rows.sort((a, b) => a.row.order - b.row.order)) {
    const recordId = row.recordIds[0]!;
    const item = itemsById.get(recordId) ?? { recordId, changes: [] };
    const { kind, at } = changeOf(row);
    item.changes.push({ id: row.id, kind, at, body: row.body, trouble });
    itemsById.set(recordId, item);
  }
  return [...itemsById.values()];
}

/** Every change without an acceptance that may still be sent, and the refused ones. */
export async function listUnreceipted(database: TabletDatabase): Promise<OutboxChange[]> {
  const troubled = await database.outbox.bulkGet(await database.troubles.toCollection().primaryKeys());
  return [...troubled.flatMap((row) => row ?? []), ...(await listFresh(database))];
}
