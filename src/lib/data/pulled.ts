import type { HistoryEntry } from '../domain/history';
import type { RecordId } from '../domain/ids';
import type { AnyRecord } from '../domain/record';
import type { TabletDatabase } from './database';
import { layOver, listLying, tablesOfOverlay, type Rebase } from './overlay';
import { loadSetting, saveSetting } from './settings';

export interface PulledPage {
  community: string;
  cursor: { epoch: string; sequence: number };
  rows: { record: AnyRecord; history: HistoryEntry[] }[];
  leftScope: RecordId[];
}

export async function loadCursor(database: TabletDatabase, community: string) {
  return loadSetting(database, `cursor-${community}`);
}

/** Step 9: one transaction stores page and cursor. Unsent work is laid over what came, never overwritten. */
export async function storePage(database: TabletDatabase, page: PulledPage, rebase: Rebase): Promise<void> {
  await database.transaction('rw', tablesOfOverlay(database), async () => {
    const fresh = new Map(page.rows.map((row) => [row.record.id, row.record]));
    const historyById = new Map(page.rows.map((row) => [row.record.id, row.history]));
    await layOver(database, fresh, historyById, rebase);
    await forget(database, page.leftScope);
    await saveSetting(database, `cursor-${page.community}`, page.cursor);
  });
}

/** What left this account's scope goes, but for records that still carry unsent work: those stay until it is settled. */
async function forget(database: TabletDatabase, ids: readonly RecordId[]): Promise<void> {
  if (!ids.length) return;
  const lying = new Set((await listLying(database)).flatMap((row) => row.recordIds));
  const gone = ids.filter((id) => !lying.has(id));
  await database.records.bulkDelete(gone);
  await database.bases.bulkDelete(gone);
}
