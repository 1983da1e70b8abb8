import type { ChangeId, RecordId } from '../domain/ids';
import { msToInstant } from '../domain/instant';
import type { OutboxChange, TabletDatabase, Trouble } from './database';
import { changeOf } from './overlay';
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
 * What to send next, oldest first: earlier exceptions whose time has come, then the outbox, at most `limit`.
 * A change waits for an earlier one of its record that waits itself: it is parked as `depends-on`.
 */
export async function listWaiting(
  database: TabletDatabase,
  nowMs: number,
  limit: number
): Promise<WaitingChange[]> {
  const { outbox, troubles, settings } = database;
  return database.transaction('rw', outbox, troubles, settings, async () => {
    const settledThrough = (await loadSetting(database, 'settledThrough')) ?? 0;
    const pending = (await troubles.toArray()).filter((trouble) => pendingStatuses.includes(trouble.status));
    const due = pending.filter((trouble) => isDue(trouble, pending, nowMs));
    const dueRows = (await outbox.bulkGet(due.map((trouble) => trouble.order))).flatMap((row, index) =>
      row ? [{ ...row, failures: due[index]!.failures }] : []
    );
    const fresh = await outbox.where('order').above(settledThrough).limit(limit).toArray();
    const blockers = pending.filter((trouble) => !due.includes(trouble));
    const free: WaitingChange[] = [];
    for (const row of fresh) {
      const blocker = blockers.find((trouble) => trouble.recordIds.some((id) => row.recordIds.includes(id)));
      if (!blocker) free.push({ ...row, failures: 0 });
      else {
        const parked = park(row, blocker.changeId);
        blockers.push(parked);
        await troubles.put(parked);
        if (!free.length) await saveSetting(database, 'settledThrough', row.order);
      }
    }
    return [...dueRows, ...free].slice(0, limit);
  });
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
  return {
    order: row.order,
    changeId: row.id,
    recordIds: row.recordIds,
    status: 'depends-on',
    dependsOn,
    failures: 0
  };
}

function isDue(trouble: Trouble, pending: readonly Trouble[], nowMs: number): boolean {
  if (trouble.status === 'depends-on') return !pending.some((other) => other.changeId === trouble.dependsOn);
  return !trouble.tryAgainAt || Date.parse(trouble.tryAgainAt) <= nowMs;
}

/** A change alone made the server fail: later again, and after the third time once a day. */
export async function noteFailureAlone(
  database: TabletDatabase,
  row: WaitingChange,
  nowMs: number
): Promise<void> {
  const failures = row.failures + 1;
  const isSetAside = failures >= maxFailuresAlone;
  await database.transaction('rw', database.troubles, database.settings, async () => {
    await database.troubles.put({
      order: row.order,
      changeId: row.id,
      recordIds: row.recordIds,
      status: isSetAside ? 'set-aside' : 'deferred',
      failures,
      tryAgainAt: msToInstant(nowMs + (isSetAside ? setAsideMs : failures * 60_000))
    });
    const settledThrough = (await loadSetting(database, 'settledThrough')) ?? 0;
    await saveSetting(database, 'settledThrough', Math.max(settledThrough, row.order));
  });
}

/** One line of 待上报: a record with everything of it that is not at the office. */
export interface UnsentItem {
  recordId: RecordId;
  changes: { id: ChangeId; kind: string; at: string; body: string; trouble?: Trouble }[];
}

/** Unsent and refused changes by record, oldest first; withdrawn ones are out of the way. */
export async function listUnsent(database: TabletDatabase): Promise<UnsentItem[]> {
  const settledThrough = (await loadSetting(database, 'settledThrough')) ?? 0;
  const troubles = (await database.troubles.toArray()).filter((trouble) => trouble.status !== 'withdrawn');
  const troubled = await database.outbox.bulkGet(troubles.map((trouble) => trouble.order));
  const unsent = await database.outbox.where('order').above(settledThrough).toArray();
  const rows = [
    ...troubled.flatMap((row, index) => (row ? [{ row, trouble: troubles[index] }] : [])),
    ...unsent.map((row) => ({ row, trouble: undefined }))
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

/** Changes of one record made on this tablet, sent or not, for its history. */
export async function listChangesOf(database: TabletDatabase, recordId: RecordId): Promise<OutboxChange[]> {
  return database.outbox.where('recordIds').equals(recordId).sortBy('order');
}

/** Every change without an acceptance that may still be sent, and the refused ones. */
export async function listUnreceipted(database: TabletDatabase): Promise<OutboxChange[]> {
  const settledThrough = (await loadSetting(database, 'settledThrough')) ?? 0;
  const troubled = await database.outbox.bulkGet(await database.troubles.toCollection().primaryKeys());
  const unsent = await database.outbox.where('order').above(settledThrough).toArray();
  return [...troubled.flatMap((row) => row ?? []), ...unsent];
}
