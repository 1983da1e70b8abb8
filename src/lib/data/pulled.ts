import type { HistoryEntry } from '../domain/history';
import type { RecordId } from '../domain/ids';
import type { AnyRecord } from '../domain/record';
import type { TabletDatabase } from './database';
import { layOver, tablesOfOverlay, type Rebase } from './overlay';
import { loadSetting, saveSetting } from './settings';

export interface PulledPage {
  community: string;
  cursor: { epoch: string; sequence: number; wholeThrough?: number };
  rows: { record: AnyRecord; history: HistoryEntry[] }[];
  leftScope: RecordId[];
}

export async function loadCursor(database: TabletDatabase, community: string) {
  return loadSetting(database, `cursor-${community}`);
}

/** The sequence of the first change this tablet had accepted: from there on it holds all its own. */
export async function loadFirstReceipt({ receipts }: TabletDatabase): Promise<number | undefined> {
  return (await receipts.orderBy('from').first())?.sequence;
}

/**
 * Step 9: one transaction stores page and cursor. Unsent work is laid over what came, never overwritten. What left the
 * account's scope goes, but for records that still carry unsent work: those stay until it is settled.
 */
export async function storePage(database: TabletDatabase, page: PulledPage, rebase: Rebase): Promise<void> {
  await database.transaction('rw', tablesOfOverlay(database), async () => {
    const fresh = new Map(page.rows.map((row) => [row.record.id, row.record]));
    const historyById = new Map(page.rows.map((row) => [row.record.id, row.history]));
    await layOver(database, fresh, rebase, historyById);
    const left = await loadOfficeRecords(database, page.leftScope);
    if (left.size) await layOver(database, left, rebase, historyById, new Set(left.keys()));
    await saveSetting(database, `cursor-${page.community}`, page.cursor);
  });
}

/** The records as the office gave them, without what lies over them; those this tablet never had are left out. */
async function loadOfficeRecords(
  database: TabletDatabase,
  ids: readonly RecordId[]
): Promise<Map<RecordId, AnyRecord>> {
  const bases = await database.bases.bulkGet([...ids]);
  const shown = await database.records.bulkGet([...ids]);
  return new Map(
    ids.flatMap((id, index) => {
      const record = bases[index]?.record ?? shown[index]?.record;
      return record ? [[id, record] as const] : [];
    })
  );
}
