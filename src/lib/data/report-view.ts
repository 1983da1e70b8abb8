import type { Case } from '../domain/case';
import type { PhotoId, RecordId } from '../domain/ids';
import { isReport } from '../domain/record';
import type { TabletDatabase } from './database';
import { listUnreceiptedOf } from './outbox';
import { changeOf } from './overlay';
import { loadPending, marksOf } from './reads';

/** Everything a record's page shows: itself, its case, both histories, its pictures on this tablet. */
export async function loadReport(database: TabletDatabase, id: RecordId) {
  const shown = await database.records.get(id);
  if (!shown || !isReport(shown.record)) return null;
  const report = shown.record;
  const work = report.caseId ? await database.records.get(report.caseId) : undefined;
  const pending = await loadPending(database, [id]);
  const own = await listOwnChanges(database, [id, ...(work ? [work.id] : [])]);
  return {
    report,
    work: work?.record as Case | undefined,
    marks: marksOf(report, pending),
    isUnsent: pending.unmade.has(id),
    history: [...shown.history, ...(work?.history ?? [])],
    own,
    photos: await database.photos
      .where('recordId')
      .anyOf([id, ...(work ? [work.id] : [])])
      .toArray()
  };
}
export type ReportView = NonNullable<Awaited<ReturnType<typeof loadReport>>>;

/** Changes made on this tablet, for the history: also those the office has not told back. */
async function listOwnChanges(database: TabletDatabase, ids: readonly RecordId[]) {
  const rows = await database.outbox
    .where('recordIds')
    .anyOf([...ids])
    .distinct()
    .sortBy('order');
  const unreceipted = new Set((await listUnreceiptedOf(database, new Set(ids))).map((row) => row.order));
  const withdrawn = await database.troubles.filter((trouble) => trouble.status === 'withdrawn').primaryKeys();
  return rows
    .filter((row) => !withdrawn.includes(row.order))
    .map((row) => ({ change: changeOf(row), isUnsent: unreceipted.has(row.order) }));
}

export async function loadThumbnail(database: TabletDatabase, id: PhotoId): Promise<ArrayBuffer | null> {
  return (await database.thumbnails.get(id))?.bytes ?? (await database.pictures.get(id))?.bytes ?? null;
}
