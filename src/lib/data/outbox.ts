import type { ChangeId, RecordId } from '../domain/ids';
import { msToInstant, type Instant } from '../domain/instant';
import type { OutboxChange, TabletDatabase, Trouble } from './database';
import { changeOf, listFresh, listOpen } from './overlay';
import { loadSetting, saveSetting } from './settings';
import { loadHeldBack } from './undo';

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
export const maxFailuresAlone = 3;
export const dailyMs = 24 * 3_600_000;
/** Longer than the longest pause between two runs, so that the others' turn comes. */
export const postponedMs = 5 * 60_000;

/**
 * What to send next, oldest first: exceptions whose time has come and the outbox, at most `limit`, none of those `tried`
 * already. The changes of one record go in their order: what comes after one that must wait is parked as `depends-on`.
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
    const blockedBy = new Map<RecordId, ChangeId>();
    const due = apart.filter((trouble) => {
      if (mayBeHandedIn(trouble) && isDue(trouble, nowMs)) return !tried.has(trouble.order);
      if (!pendingStatuses.includes(trouble.status)) return false;
      const isFree = !trouble.recordIds.some((id) => blockedBy.has(id));
      if (isDue(trouble, nowMs) && isFree && !tried.has(trouble.order)) return true;
      block(blockedBy, trouble.recordIds, trouble.changeId);
      return false;
    });
    const dueRows = (await outbox.bulkGet(due.map((trouble) => trouble.order))).flatMap((row, index) =>
      row ? [{ ...row, failures: due[index]!.failures }] : []
    );
    const isApart = new Set(apart.map((trouble) => trouble.order));
    const free = await listFree(database, blockedBy, isApart, limit);
    // In their order: the mark of what is settled may never be carried over one that nobody has answered yet.
    const inOrder = [...dueRows, ...free].sort((a, b) => a.order - b.order).slice(0, limit);
    const heldBack = await loadHeldBack(database, nowMs);
    const held = inOrder.findIndex((row) => heldBack && row.recordIds.includes(heldBack));
    return held < 0 ? inOrder : inOrder.slice(0, held);
  });
}

/**
 * Refused for a grid that is another's now: an officer may hand it in out of a lifeline file (step 14), and only asking tells.
 * Meanwhile it keeps nothing waiting.
 */
function mayBeHandedIn({ status, refusal }: Trouble): boolean {
  return status === 'refused' && refusal?.code === 'not-granted';
}

/** Nothing waits longer than a day: a time further ahead was set by a clock that was wrong. */
export function isDue({ tryAgainAt }: { tryAgainAt?: Instant }, nowMs: number): boolean {
  const leftMs = tryAgainAt ? Date.parse(tryAgainAt) - nowMs : 0;
  return leftMs <= 0 || leftMs > dailyMs;
}

function block(blockedBy: Map<RecordId, ChangeId>, recordIds: readonly RecordId[], blocker: ChangeId): void {
  for (const id of recordIds) if (!blockedBy.has(id)) blockedBy.set(id, blocker);
}

/** The first changes nobody has answered and nothing holds up; those held up on the way there are parked. */
async function listFree(
  database: TabletDatabase,
  blockedBy: Map<RecordId, ChangeId>,
  isApart: ReadonlySet<number>,
  limit: number
): Promise<WaitingChange[]> {
  const free: WaitingChange[] = [];
  let through = (await loadSetting(database, 'settledThrough')) ?? 0;
  while (free.length < limit) {
    const rows = await database.outbox.where('order').above(through).limit(limit).toArray();
    if (!rows.length) break;
    through = rows.at(-1)!.order;
    for (const row of rows.filter(({ order }) => !isApart.has(order))) {
      const blocker = row.recordIds.map((id) => blockedBy.get(id)).find(Boolean);
      if (!blocker) free.push({ ...row, failures: 0 });
      else {
        block(blockedBy, row.recordIds, blocker);
        await database.troubles.put(trouble(row, { status: 'depends-on', dependsOn: blocker, failures: 0 }));
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
    const [first, last] = [batch[0]?.order ?? 0, batch.at(-1)?.order ?? 0];
    const present = new Set(await outbox.where('order').between(first, last, true, true).primaryKeys());
    const offeredThrough = (await loadSetting(database, 'offeredThrough')) ?? 0;
    if (last > offeredThrough) await saveSetting(database, 'offeredThrough', last);
    return batch.filter((row) => present.has(row.order));
  });
}

/** A change went out alone and came to nothing: the others go on without it. Nobody says yet that it is to blame. */
export async function setApart(database: TabletDatabase, row: WaitingChange): Promise<void> {
  await keepTroubles(database, [trouble(row, { status: 'deferred', failures: row.failures })]);
}

/** None of these came to anything while the office answered otherwise: the others have their turn, without blame. */
export async function postpone(
  database: TabletDatabase,
  rows: readonly WaitingChange[],
  nowMs: number
): Promise<void> {
  const tryAgainAt = msToInstant(nowMs + postponedMs);
  await keepTroubles(
    database,
    rows.map((row) => trouble(row, { status: 'deferred', failures: row.failures, tryAgainAt }))
  );
}

/** The server fails on these changes and on no others: later again, and after the third time once a day. */
export async function blame(
  database: TabletDatabase,
  rows: readonly WaitingChange[],
  nowMs: number
): Promise<void> {
  await keepTroubles(
    database,
    rows.map((row) => trouble(row, faultOf(row.failures, nowMs)))
  );
}

/** Not where the person gave a change up while it was under way; and what was asked about once more stays refused. */
async function keepTroubles({ troubles }: TabletDatabase, rows: readonly Trouble[]): Promise<void> {
  if (!rows.length) return;
  await troubles.db.transaction('rw', troubles, async () => {
    const known = await troubles.bulkGet(rows.map(({ order }) => order));
    const kept = rows.map((row, index) =>
      known[index]?.status === 'refused' ? { ...known[index], tryAgainAt: row.tryAgainAt } : row
    );
    await troubles.bulkPut(kept.filter((_, index) => known[index]?.status !== 'withdrawn'));
  });
}

/** On the user's word: nothing waits for its time any more. */
export async function endWaits(database: TabletDatabase): Promise<void> {
  const { troubles, photos, toHandBack, settings } = database;
  await database.transaction('rw', troubles, photos, toHandBack, settings, async () => {
    await troubles.toCollection().modify({ tryAgainAt: undefined });
    await toHandBack.toCollection().modify({ tryAgainAt: undefined });
    await photos.where('state').equals('ready').modify({ tryAgainAt: undefined });
    await saveSetting(database, 'heldBack', null);
  });
}

/** What a further failure of a change makes of it. */
export function faultOf(
  failuresBefore: number,
  nowMs: number
): Pick<Trouble, 'status' | 'failures' | 'tryAgainAt'> {
  const failures = failuresBefore + 1;
  if (failures >= maxFailuresAlone)
    return { status: 'set-aside', failures, tryAgainAt: msToInstant(nowMs + dailyMs) };
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

/** Every change without an acceptance that may still be sent, and the refused ones; not what was given up. */
export async function listUnreceipted(database: TabletDatabase): Promise<OutboxChange[]> {
  // In this order: what is set apart between the two reads is found twice, and never not at all.
  const fresh = await listFresh(database);
  const apart = await database.troubles.filter(({ status }) => status !== 'withdrawn').primaryKeys();
  const known = new Set(fresh.map(({ order }) => order));
  const troubled = await database.outbox.bulkGet(apart.filter((order) => !known.has(order)));
  return [...troubled.flatMap((row) => row ?? []), ...fresh];
}

/** The same, of these records alone: a list that shows fifty records reads no more than theirs. */
export async function listUnreceiptedOf(
  database: TabletDatabase,
  recordIds: ReadonlySet<RecordId>
): Promise<OutboxChange[]> {
  const rows = await listOpen(database, recordIds);
  const troubles = await database.troubles.bulkGet(rows.map(({ order }) => order));
  return rows.filter((_, index) => troubles[index]?.status !== 'withdrawn');
}
