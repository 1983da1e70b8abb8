import type { RecordId } from '../domain/ids';
import type { TabletDatabase } from './database';
import type { Draft } from './draft';
import { loadSetting } from './settings';

/**
 * Takes a just saved report back into its draft, with its pictures, as if it had never been saved. False where something
 * of it was already offered to the office: then only a `report-withdrawn` change undoes it (step 7).
 */
export async function undoReport(
  database: TabletDatabase,
  recordId: RecordId,
  draft: Draft
): Promise<boolean> {
  const { outbox, records, photos, drafts, settings } = database;
  return database.transaction('rw', outbox, records, photos, drafts, settings, async () => {
    const orders = await outbox.where('recordIds').equals(recordId).primaryKeys();
    const offeredThrough = (await loadSetting(database, 'offeredThrough')) ?? 0;
    if (!orders.length || orders.some((order) => order <= offeredThrough)) return false;
    await outbox.bulkDelete(orders);
    await records.delete(recordId);
    await photos.where('recordId').equals(recordId).modify({ declared: false });
    await drafts.put(draft);
    return true;
  });
}
