import type { Change } from '../domain/changes';
import type { ChangeId, RecordId } from '../domain/ids';
import type { HistoryEntry } from '../domain/history';
import type { AnyRecord } from '../domain/record';
import type { OutboxChange, TabletDatabase, Trouble } from './database';
import { loadSetting } from './settings';
import { shownRecord } from './shown-record';

/** Lays unsent changes over the office's records. Pure; lives in `sync` and is handed in. */
export type Rebase = (
  bases: ReadonlyMap<RecordId, AnyRecord>,
  unsent: readonly Change[]
) => { shown: Map<RecordId, AnyRecord>; unlawful: ChangeId[] };

/** What a transaction needs that calls the functions below. */
export const tablesOfOverlay = (database: TabletDatabase) => [
  database.outbox,
  database.troubles,
  database.records,
  database.bases,
  database.photos,
  database.thumbnails,
  database.settings
];

export function changeOf(row: Pick<OutboxChange, 'body'>): Change {
  return JSON.parse(row.body) as Change;
}

/** Whether the change made its main record: only then had its author seen no version of it. */
export function isMaker(row: Pick<OutboxChange, 'body'>): boolean {
  return changeOf(row).baseVersion === 0;
}

/** The office did not take it for good: it lies over no record any more, but for the one it made. */
export const endedStatuses: readonly Trouble['status'][] = ['refused', 'conflict', 'withdrawn'];

/** Changes nobody has answered yet: above the mark, and not set apart. */
export async function listFresh(database: TabletDatabase): Promise<OutboxChange[]> {
  const settledThrough = (await loadSetting(database, 'settledThrough')) ?? 0;
  const apart = new Set(await database.troubles.where('order').above(settledThrough).primaryKeys());
  const rows = await database.outbox.where('order').above(settledThrough).toArray();
  return apart.size ? rows.filter((row) => !apart.has(row.order)) : rows;
}

/**
 * Changes that lie over these records, in order, and over whatever those changes touch in turn, each with the records it
 * lies over: unsent ones, waiting ones, and refused ones over the record they made, since their content must stay visible.
 */
export async function listLyingOn(
  database: TabletDatabase,
  recordIds: Iterable<RecordId>
): Promise<OutboxChange[]> {
  const reached = new Set(recordIds);
  const lyingByOrder = new Map<number, OutboxChange>();
  for (let edge = reached; edge.size;) {
    const beyond = new Set<RecordId>();
    for (const row of await onlyLying(database, await listOpen(database, edge))) {
      if (lyingByOrder.has(row.order) || !row.recordIds.some((id) => edge.has(id))) continue;
      lyingByOrder.set(row.order, row);
      row.recordIds.filter((id) => !reached.has(id)).forEach((id) => beyond.add(id));
    }
    beyond.forEach((id) => reached.add(id));
    edge = beyond;
  }
  return [...lyingByOrder.values()].sort((a, b) => a.order - b.order);
}

/** Every change on one of these records that the office has not accepted, in order, whatever became of it. */
export async function listOpen(
  database: TabletDatabase,
  recordIds: ReadonlySet<RecordId>
): Promise<OutboxChange[]> {
  const settledThrough = (await loadSetting(database, 'settledThrough')) ?? 0;
  const apart = new Set(await database.troubles.toCollection().primaryKeys());
  const fresh = database.outbox.where('order').above(settledThrough);
  const few = 100;
  // By whichever way is shorter: much may wait, or many records may be asked for.
  const orders =
    recordIds.size > few && (await fresh.count()) <= recordIds.size
      ? [...apart, ...(await fresh.primaryKeys())]
      : (
          await database.outbox
            .where('recordIds')
            .anyOf([...recordIds])
            .primaryKeys()
        ).filter((order) => order > settledThrough || apart.has(order));
  const rows = await database.outbox.bulkGet([...new Set(orders)].sort((a, b) => a - b));
  return rows.filter((row) => row?.recordIds.some((id) => recordIds.has(id))) as OutboxChange[];
}

async function onlyLying(database: TabletDatabase, rows: readonly OutboxChange[]): Promise<OutboxChange[]> {
  const troubles = await database.troubles.bulkGet(rows.map((row) => row.order));
  return rows.flatMap((row, index) => {
    const status = troubles[index]?.status;
    if (status === undefined || !endedStatuses.includes(status)) return row;
    return status !== 'withdrawn' && isMaker(row) ? { ...row, recordIds: row.recordIds.slice(0, 1) } : [];
  });
}

/**
 * Inside a transaction: `fresh` are the office's records as it is known by now. Stores them as bases where unsent
 * changes lie over them, re-applies those (step 9), and shows the result. What `left` the account's scope goes as soon
 * as nothing lies over it. Returns the changes no longer lawful there.
 */
export async function layOver(
  database: TabletDatabase,
  fresh: ReadonlyMap<RecordId, AnyRecord>,
  rebase: Rebase,
  historyById: ReadonlyMap<RecordId, HistoryEntry[]> = new Map(),
  left: ReadonlySet<RecordId> = new Set()
): Promise<ChangeId[]> {
  const lying = await listLyingOn(database, fresh.keys());
  const covered = new Set(lying.flatMap((row) => row.recordIds));
  const free = [...fresh.values()].filter((record) => !covered.has(record.id));
  const gone = free.filter((record) => left.has(record.id));
  await show(
    database,
    free.filter((record) => !left.has(record.id)),
    historyById
  );
  if (gone.length) {
    await database.records.bulkDelete(gone.map((record) => record.id));
    await forgetPictures(database, gone);
  }
  await forgetBases(database, free);
  if (!covered.size) return [];
  const bases = new Map<RecordId, AnyRecord>();
  for (const row of await database.bases.bulkGet([...covered])) if (row) bases.set(row.id, row.record);
  for (const [id, record] of fresh) {
    if (!covered.has(id)) continue;
    bases.set(id, record);
    await database.bases.put({ id, record, left: left.has(id) });
  }
  const { shown, unlawful } = rebase(bases, lying.map(changeOf));
  await show(database, [...shown.values()], historyById);
  return unlawful;
}

/** Inside a transaction: sets aside what the office has of these records, before the first unsent change covers it. */
export async function keepBases(database: TabletDatabase, shown: Iterable<AnyRecord>): Promise<void> {
  for (const record of shown)
    if (!(await listLyingOn(database, [record.id])).length)
      await database.bases.put({ id: record.id, record });
}

/** Inside a transaction: shows these records anew, with the unsent changes laid over what the office has of them. */
export async function layAnew(
  database: TabletDatabase,
  ids: readonly RecordId[],
  rebase: Rebase
): Promise<void> {
  const lying = await listLyingOn(database, ids);
  const covered = new Set(lying.flatMap((row) => row.recordIds));
  const bases = await database.bases.bulkGet([...covered]);
  const basesById = new Map(bases.flatMap((row) => (row ? [[row.id, row.record] as const] : [])));
  await show(database, [...rebase(basesById, lying.map(changeOf)).shown.values()], new Map());
}

/** There are few bases, and a page has many records: each would be a request to the store that finds nothing. */
async function forgetBases({ bases }: TabletDatabase, free: readonly AnyRecord[]): Promise<void> {
  const known = new Set(await bases.toCollection().primaryKeys());
  if (known.size) await bases.bulkDelete(free.map(({ id }) => id).filter((id) => known.has(id)));
}

/** What left the scope takes its small pictures along; those this tablet took itself stay with its own work. */
async function forgetPictures(database: TabletDatabase, records: readonly AnyRecord[]): Promise<void> {
  const ids = records.flatMap((record) => ('photos' in record ? record.photos.map(({ id }) => id) : []));
  const own = new Set(await database.photos.where('id').anyOf(ids).primaryKeys());
  await database.thumbnails.bulkDelete(ids.filter((id) => !own.has(id)));
}

async function show(
  database: TabletDatabase,
  records: readonly AnyRecord[],
  historyById: ReadonlyMap<RecordId, HistoryEntry[]>
): Promise<void> {
  if (!records.length) return;
  const untold = records.map(({ id }) => id).filter((id) => !historyById.has(id));
  const known = untold.length ? await database.records.bulkGet(untold) : [];
  const knownById = new Map(known.flatMap((row) => (row ? [[row.id, row.history] as const] : [])));
  await database.records.bulkPut(
    records.map((record) => shownRecord(record, historyById.get(record.id) ?? knownById.get(record.id) ?? []))
  );
}
