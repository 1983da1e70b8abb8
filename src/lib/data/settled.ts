import { applyChange, makesRecord } from '../domain/judge';
import type { ChangeId, RecordId } from '../domain/ids';
import type { AnyRecord } from '../domain/record';
import type { OutboxChange, ReceiptRun, TabletDatabase, Trouble } from './database';
import { changeOf, layOver, tablesOfOverlay, type Rebase } from './overlay';
import { loadSetting, saveSetting } from './settings';

/** What came of the changes of one push, in the tablet's own terms. */
export interface Settlement {
  /** The changes that were sent, in order. */
  sent: readonly OutboxChange[];
  runs: ReceiptRun[];
  troubles: Trouble[];
  /** Records the office knows more about than this tablet. */
  news: AnyRecord[];
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
  const { sent, runs, troubles, news } = settlement;
  const last = sent.at(-1);
  if (!last) return;
  const tables = [...tablesOfOverlay(database), database.receipts];
  await database.transaction('rw', tables, async () => {
    await database.receipts.bulkPut(runs);
    // An earlier trouble that is accepted now is one no more.
    await database.troubles.bulkDelete(sent.map((row) => row.order));
    await database.troubles.bulkPut(troubles);
    const settledThrough = (await loadSetting(database, 'settledThrough')) ?? 0;
    const through = Math.max(settledThrough, last.order);
    await saveSetting(database, 'settledThrough', through);
    await moveBases(database, accepted(sent, runs), through);
    const fresh = new Map(news.map((record) => [record.id, record]));
    for (const id of dropped(troubles, fresh)) {
      const base = await database.bases.get(id);
      if (base) fresh.set(id, base.record);
    }
    if (fresh.size) await layOver(database, fresh, new Map(), rebase);
  });
}

function accepted(sent: readonly OutboxChange[], runs: readonly ReceiptRun[]): OutboxChange[] {
  return sent.filter((row) => runs.some((run) => run.from <= row.order && row.order <= run.to));
}

/** Records a refused change no longer lies over, of which the office said nothing new. */
function dropped(troubles: readonly Trouble[], news: ReadonlyMap<RecordId, AnyRecord>): Set<RecordId> {
  const ids = troubles
    .filter((trouble) => trouble.status === 'refused' || trouble.status === 'conflict')
    .flatMap((trouble) => trouble.recordIds);
  return new Set(ids.filter((id) => !news.has(id)));
}

/** The base of a record with more unsent changes takes in the accepted ones; of any other it is no longer needed. */
async function moveBases(
  database: TabletDatabase,
  rows: readonly OutboxChange[],
  through: number
): Promise<void> {
  const touched = [...new Set(rows.flatMap((row) => row.recordIds))];
  const isAllSent = (await database.outbox.where('order').above(through).count()) === 0;
  const troubled = (await database.troubles.count()) > 0;
  if (isAllSent && !troubled) {
    await database.bases.clear();
    return;
  }
  const later = await database.outbox.where('recordIds').anyOf(touched).primaryKeys();
  const open = new Set([
    ...later.filter((order) => order > through),
    ...(await database.troubles.toCollection().primaryKeys())
  ]);
  const openRows = await database.outbox.bulkGet([...open]);
  const covered = new Set(openRows.flatMap((row) => row?.recordIds ?? []));
  const bases = new Map<RecordId, AnyRecord>();
  for (const row of await database.bases.bulkGet(touched)) if (row) bases.set(row.id, row.record);
  for (const row of rows) {
    if (!row.recordIds.some((id) => covered.has(id))) continue;
    const change = changeOf(row);
    const others = await database.records.bulkGet(
      row.recordIds.filter((id) => !bases.has(id) && !covered.has(id))
    );
    const before = new Map([
      ...others.flatMap((other) => (other ? [[other.id, other.record] as const] : [])),
      ...bases
    ]);
    // Without its base a record is brought up to date by the next pull.
    if (!row.recordIds.every((id, index) => before.has(id) || (index === 0 && makesRecord(change)))) continue;
    for (const record of applyChange(change, before))
      if (covered.has(record.id)) bases.set(record.id, record);
  }
  await database.bases.bulkDelete(touched.filter((id) => !covered.has(id)));
  const kept = [...bases.values()].filter((record) => covered.has(record.id));
  await database.bases.bulkPut(kept.map((record) => ({ id: record.id, record })));
}

/** On the user's word: the change is given up. It stays in the outbox, marked, and lies over nothing. */
export async function withdrawTrouble(
  database: TabletDatabase,
  changeId: ChangeId,
  rebase: Rebase
): Promise<void> {
  await database.transaction('rw', tablesOfOverlay(database), async () => {
    const row = await database.outbox.where('id').equals(changeId).first();
    if (!row) return;
    const trouble = await database.troubles.get(row.order);
    if (!trouble) return;
    await database.troubles.put({ ...trouble, status: 'withdrawn' });
    const fresh = new Map<RecordId, AnyRecord>();
    for (const id of row.recordIds) {
      const base = await database.bases.get(id);
      if (base) fresh.set(id, base.record);
      else if (changeOf(row).baseVersion === 0) await database.records.delete(id);
    }
    await layOver(database, fresh, new Map(), rebase);
  });
}
