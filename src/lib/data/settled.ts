import { applyChange, makesRecord } from '../domain/judge';
import type { RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import type { AnyRecord } from '../domain/record';
import { forgetTakenOfBlanked } from './blanked';
import type { OutboxChange, ReceiptRun, TabletDatabase, Trouble } from './database';
import { forgetTaken } from './erased';
import {
  changeOf,
  endedStatuses,
  isMaker,
  layOver,
  listLyingOn,
  tablesOfOverlay,
  type Rebase
} from './overlay';
import { noteAhead } from './pulled';
import { loadSetting, saveSetting, type Place } from './settings';

/** What came of the changes of one push, in the tablet's own terms. */
export interface Settlement {
  /** The changes that were sent, in order. */
  sent: readonly OutboxChange[];
  runs: ReceiptRun[];
  troubles: Trouble[];
  /** How far the log of each community has come. */
  ahead: Readonly<Record<string, Place>>;
  /** Records the office knows more about than this tablet, as they are after the push. */
  news: AnyRecord[];
}

interface Accepted {
  row: OutboxChange;
  receivedAt: Instant;
}

/**
 * Step 7, one transaction: receipts as one row per run, exceptions apart, and the mark moved on. The outbox itself is
 * not touched. Bases follow the accepted changes, so that what is still unsent lies over the right version.
 */
export async function settle(
  database: TabletDatabase,
  settlement: Settlement,
  rebase: Rebase
): Promise<void> {
  const { sent, runs, troubles, news, ahead } = settlement;
  const last = sent.at(-1);
  if (!last) return;
  const { receipts, pictures, originals } = database;
  const tables = [...tablesOfOverlay(database), receipts, pictures, originals];
  await database.transaction('rw', tables, async () => {
    await receipts.bulkPut(runs);
    const before = await loadTroubles(database, sent);
    const uncovered = await listUncovered(database, sent, before);
    await settleTroubles(database, before, troubles);
    const settledThrough = (await loadSetting(database, 'settledThrough')) ?? 0;
    await saveSetting(database, 'settledThrough', Math.max(settledThrough, last.order));
    await noteAhead(database, ahead);
    const taken = acceptedIn(sent, runs);
    await wakeDependants(
      database,
      taken.map(({ row }) => row)
    );
    const known = await loadBases(
      database,
      sent.flatMap((row) => row.recordIds)
    );
    for (const record of uncovered) if (!known.records.has(record.id)) known.records.set(record.id, record);
    const fresh = await advance(database, known.records, sent, taken);
    const hidden = await loadHidden(database, taken);
    for (const record of hidden) if (!fresh.has(record.id)) fresh.set(record.id, record);
    for (const record of news) fresh.set(record.id, record);
    const gone = [...known.left, ...hidden.map(({ id }) => id)];
    const left = new Set(gone.filter((id) => !news.some((record) => record.id === id)));
    if (fresh.size) await layOver(database, fresh, rebase, new Map(), left);
    for (const forget of [forgetTaken, forgetTakenOfBlanked])
      await forget(
        database,
        taken.map(({ row }) => row)
      );
  });
}

/** What was wrong with them so far, by order; few are. */
async function loadTroubles(
  { troubles }: TabletDatabase,
  sent: readonly OutboxChange[]
): Promise<Map<number, Trouble>> {
  const orders = new Set(sent.map((row) => row.order));
  const [first, last] = [sent[0]!.order, sent.at(-1)!.order];
  const known = await troubles.where('order').between(first, last, true, true).toArray();
  return new Map(known.flatMap((one) => (orders.has(one.order) ? [[one.order, one] as const] : [])));
}

/** Records of changes that lay over nothing, being refused or given up: shown as the office has them, so far. */
async function listUncovered(
  database: TabletDatabase,
  sent: readonly OutboxChange[],
  before: ReadonlyMap<number, Trouble>
): Promise<AnyRecord[]> {
  const rows = sent.filter((row) => {
    const trouble = before.get(row.order);
    return trouble && endedStatuses.includes(trouble.status) && !isMaker(row);
  });
  const shown = await database.records.bulkGet(rows.flatMap((row) => row.recordIds));
  return shown.flatMap((row) => (row ? [row.record] : []));
}

/** What the person gave up meanwhile stays given up, unless the office has taken it after all. */
async function settleTroubles(
  database: TabletDatabase,
  before: ReadonlyMap<number, Trouble>,
  troubles: readonly Trouble[]
): Promise<void> {
  await database.troubles.bulkDelete([...before.keys()]);
  await database.troubles.bulkPut(
    troubles.map((trouble) => {
      const known = before.get(trouble.order);
      return known?.status === 'withdrawn' ? known : trouble;
    })
  );
}

/** Step 10: what these made is not shown to this account any more; it was kept for as long as the office might not have it. */
async function loadHidden(database: TabletDatabase, taken: readonly Accepted[]): Promise<AnyRecord[]> {
  const { records, settings } = database;
  const lists = await settings.where('key').startsWith('hidden-').toArray();
  const hidden = new Set(lists.flatMap(({ value }) => value as RecordId[]));
  if (!hidden.size) return [];
  const made = taken.filter(({ row }) => isMaker(row)).map(({ row }) => row.recordIds[0]!);
  const shown = await records.bulkGet(made.filter((id) => hidden.has(id)));
  return shown.flatMap((row) => (row ? [row.record] : []));
}

function acceptedIn(sent: readonly OutboxChange[], runs: readonly ReceiptRun[]): Accepted[] {
  return sent.flatMap((row) => {
    const run = runs.find(({ from, to }) => from <= row.order && row.order <= to);
    return run ? [{ row, receivedAt: run.receivedAt }] : [];
  });
}

/** Inside a transaction: what waits for one of these, or for its turn on their records, is asked about again. */
export async function wakeDependants(database: TabletDatabase, done: readonly OutboxChange[]): Promise<void> {
  const ids = new Set(done.map((row) => row.id));
  const recordIds = new Set(done.flatMap((row) => row.recordIds));
  await database.troubles
    .filter(({ status, dependsOn, recordIds: touched }) => {
      const isOnThem = (dependsOn && ids.has(dependsOn)) || touched.some((id) => recordIds.has(id));
      return status === 'depends-on' && Boolean(isOnThem);
    })
    .modify({ tryAgainAt: undefined });
}

/** What the office has of these records, as far as unsent work lies over them, and which of them left the scope. */
export async function loadBases(database: TabletDatabase, ids: readonly RecordId[]) {
  // There are few, and a push has many changes: each would be a request to the store that finds nothing.
  const known = new Set(await database.bases.toCollection().primaryKeys());
  const based = [...new Set(ids)].filter((id) => known.has(id));
  const rows = (await database.bases.bulkGet(based)).flatMap((row) => row ?? []);
  return {
    records: new Map(rows.map(({ id, record }) => [id, record] as const)),
    left: new Set(rows.flatMap(({ id, left }) => (left ? [id] : [])))
  };
}

/** The office's version of the records that are to be shown anew, with the accepted changes taken in. */
async function advance(
  database: TabletDatabase,
  bases: ReadonlyMap<RecordId, AnyRecord>,
  sent: readonly OutboxChange[],
  taken: readonly Accepted[]
): Promise<Map<RecordId, AnyRecord>> {
  const known = new Map(bases);
  const stale = await listStale(database, bases, sent, taken);
  for (const { row, receivedAt } of taken) {
    if (!row.recordIds.some((id) => stale.has(id))) continue;
    const change = changeOf(row);
    const before = new Map(
      row.recordIds.flatMap((id) => (known.has(id) ? [[id, known.get(id)!] as const] : []))
    );
    const main = before.get(row.recordIds[0]!);
    // A pull may have brought it before its receipt: then it is in there already.
    if (main && main.version > change.baseVersion) continue;
    if (!row.recordIds.every((id, index) => before.has(id) || (index === 0 && makesRecord(change)))) continue;
    // The arrival of a record is that of its maker.
    const settled = isMaker(row) ? { receivedAt } : undefined;
    for (const record of applyChange(change, before, settled)) known.set(record.id, record);
  }
  return known;
}

/**
 * Records of which what is shown is not just what was taken: they have a base, something lies over them still, or some of
 * what was sent was not taken; and whatever a taken change binds to them.
 */
async function listStale(
  database: TabletDatabase,
  bases: ReadonlyMap<RecordId, AnyRecord>,
  sent: readonly OutboxChange[],
  taken: readonly Accepted[]
): Promise<Set<RecordId>> {
  const takenOrders = new Set(taken.map(({ row }) => row.order));
  const untaken = sent.filter((row) => !takenOrders.has(row.order));
  const touched = sent.flatMap((row) => row.recordIds);
  const lying = await listLyingOn(database, touched);
  const stale = new Set([...bases.keys(), ...[...untaken, ...lying].flatMap((row) => row.recordIds)]);
  for (let size = -1; size < stale.size;) {
    size = stale.size;
    for (const { row } of taken)
      if (row.recordIds.some((id) => stale.has(id))) row.recordIds.forEach((id) => stale.add(id));
  }
  return stale;
}
