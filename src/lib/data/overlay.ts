import type { Change } from '../domain/changes';
import type { ChangeId, RecordId } from '../domain/ids';
import type { HistoryEntry } from '../domain/history';
import type { AnyRecord } from '../domain/record';
import type { OutboxChange, TabletDatabase, Trouble } from './database';
import { loadSetting } from './settings';

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
  database.settings
];

/** The office did not take it for good: it lies over a record no longer. */
const over: readonly Trouble['status'][] = ['refused', 'conflict', 'withdrawn'];

/**
 * Changes that still lie over records, in order: unsent ones, waiting ones, and refused ones that made their record,
 * since their content must stay visible.
 */
export async function listLying(database: TabletDatabase): Promise<OutboxChange[]> {
  const settledThrough = (await loadSetting(database, 'settledThrough')) ?? 0;
  const unsent = await database.outbox.where('order').above(settledThrough).toArray();
  const troubles = await database.troubles.toArray();
  const kept = troubles.filter((trouble) => trouble.status !== 'withdrawn');
  const rows = (await database.outbox.bulkGet(kept.map((trouble) => trouble.order))).flatMap((row, index) =>
    row && (!over.includes(kept[index]!.status) || makes(row)) ? [row] : []
  );
  return [...rows, ...unsent].sort((a, b) => a.order - b.order);
}

function makes(row: OutboxChange): boolean {
  return changeOf(row).baseVersion === 0;
}

export function changeOf(row: Pick<OutboxChange, 'body'>): Change {
  return JSON.parse(row.body) as Change;
}

/**
 * Inside a transaction: `fresh` are the office's records as just learned. Stores them as bases where unsent changes
 * lie over them, re-applies those (step 9), and shows the result. Returns the changes no longer lawful there.
 */
export async function layOver(
  database: TabletDatabase,
  fresh: ReadonlyMap<RecordId, AnyRecord>,
  historyById: ReadonlyMap<RecordId, HistoryEntry[]>,
  rebase: Rebase
): Promise<ChangeId[]> {
  const { ids, changes } = connected(await listLying(database), fresh.keys());
  const free = [...fresh.values()].filter((record) => !ids.has(record.id));
  await show(database, free, historyById);
  await database.bases.bulkDelete(free.map((record) => record.id));
  if (!ids.size) return [];
  const bases = new Map<RecordId, AnyRecord>();
  for (const row of await database.bases.bulkGet([...ids])) if (row) bases.set(row.id, row.record);
  for (const [id, record] of fresh) if (ids.has(id)) bases.set(id, record);
  await database.bases.bulkPut([...bases.values()].map((record) => ({ id: record.id, record })));
  const { shown, unlawful } = rebase(bases, changes);
  await show(database, [...shown.values()], historyById);
  return unlawful;
}

/** The unsent changes that touch these records, and whatever those changes touch in turn. */
function connected(lying: readonly OutboxChange[], start: Iterable<RecordId>) {
  const reached = new Set(start);
  let rows: OutboxChange[] = [];
  for (let size = -1; size !== rows.length;) {
    size = rows.length;
    rows = lying.filter((row) => row.recordIds.some((id) => reached.has(id)));
    rows.forEach((row) => row.recordIds.forEach((id) => reached.add(id)));
  }
  return { ids: new Set(rows.flatMap((row) => row.recordIds)), changes: rows.map(changeOf) };
}

async function show(
  database: TabletDatabase,
  records: readonly AnyRecord[],
  historyById: ReadonlyMap<RecordId, HistoryEntry[]>
): Promise<void> {
  if (!records.length) return;
  const known = await database.records.bulkGet(records.map((record) => record.id));
  await database.records.bulkPut(
    records.map((record, index) => ({
      id: record.id,
      kind: record.kind,
      at: record.at,
      record,
      history: historyById.get(record.id) ?? known[index]?.history ?? []
    }))
  );
}
