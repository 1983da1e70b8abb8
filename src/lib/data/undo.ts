import type { RecordId } from '../domain/ids';
import { msToInstant } from '../domain/instant';
import type { TabletDatabase } from './database';
import type { Draft } from './draft';
import { loadSetting, type HeldBack } from './settings';

/** So long a report can be undone as if it had never been saved, and is not sent. */
export const undoMs = 10_000;

/** Kept while saving: this report, and what comes after it, is not sent while it can be undone. */
export function heldBackFrom(recordId: RecordId, nowMs: number): HeldBack {
  return { recordId, until: msToInstant(nowMs + undoMs) };
}

/** The report that is held back now. A clock set back in between holds nothing for long. */
export async function loadHeldBack(database: TabletDatabase, nowMs: number): Promise<RecordId | null> {
  const held = await loadSetting(database, 'heldBack');
  const leftMs = held ? Date.parse(held.until) - nowMs : 0;
  return held && leftMs > 0 && leftMs <= undoMs ? held.recordId : null;
}

/** How long until what was held back since then may be sent: 0 where its time has come meanwhile; null where nothing was. */
export async function heldBackForMs(
  database: TabletDatabase,
  sinceMs: number,
  nowMs: number
): Promise<number | null> {
  const held = await loadSetting(database, 'heldBack');
  const untilMs = held ? Date.parse(held.until) : 0;
  return untilMs > sinceMs && untilMs - nowMs <= undoMs ? Math.max(0, untilMs - nowMs) : null;
}

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
