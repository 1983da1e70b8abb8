import type { HistoryEntry } from '../domain/history';
import { msToInstant, type Instant } from '../domain/instant';
import { declaredPhotoId } from './attachments';
import type { OutboxChange, QueuedPhoto, TabletDatabase } from './database';
import { changeOf, isMaker } from './overlay';
import { loadSetting } from './settings';

const keptMs = 14 * 86_400_000;
const rowsPerTransaction = 200;

/**
 * Step 7: what the office has taken is kept here for a fortnight, so that it can be handed in again after a restored
 * backup. Then changes leave the outbox, and of pictures the small one stays. Where storage is short, the pictures the
 * office has go at once. Nothing that waits, was refused or was given up is touched. `officeMs`: the office's time, null
 * where it is not known: then nothing is old.
 */
export async function sweep(
  database: TabletDatabase,
  officeMs: number | null,
  isStorageLow: boolean
): Promise<void> {
  const before = officeMs === null ? null : msToInstant(officeMs - keptMs);
  await sweepPictures(database, before, isStorageLow);
  if (before === null) return;
  let order = 0;
  while (order < Infinity) order = await sweepChanges(database, order, before);
}

/** `before` null: nothing is old. */
async function sweepPictures(
  { photos, pictures }: TabletDatabase,
  before: Instant | null,
  isStorageLow: boolean
): Promise<void> {
  const stored = await photos.where('state').equals('stored').toArray();
  const isOld = ({ storedAt }: QueuedPhoto) => before !== null && storedAt !== undefined && storedAt < before;
  const gone = isStorageLow ? stored : stored.filter(isOld);
  await pictures.bulkDelete(gone.map(({ id }) => id));
}

/** One portion of the receipted changes above `order`; returns how far it came. */
async function sweepChanges(database: TabletDatabase, order: number, before: Instant): Promise<number> {
  const { outbox, troubles, receipts, records, photos, settings } = database;
  const tables = [outbox, troubles, receipts, records, photos, settings];
  return database.transaction('rw', tables, async () => {
    const settledThrough = (await loadSetting(database, 'settledThrough')) ?? 0;
    const rows = await outbox
      .where('order')
      .between(order, settledThrough, false, true)
      .limit(rowsPerTransaction)
      .toArray();
    const last = rows.at(-1);
    if (!last) return Infinity;
    const apart = new Set(
      await troubles.where('order').between(order, last.order, false, true).primaryKeys()
    );
    for (const row of rows.filter(({ order }) => !apart.has(order))) {
      const run = await receipts.where('from').belowOrEqual(row.order).last();
      if (!run || run.receivedAt >= before) continue;
      // A lifeline file must show the declaration of a picture that is still to come.
      if (await declaresUnsent(database, row)) continue;
      if (isTold(row)) await keepInHistory(database, row, run.receivedAt);
      await outbox.delete(row.order);
    }
    return last.order;
  });
}

async function declaresUnsent({ photos }: TabletDatabase, row: OutboxChange): Promise<boolean> {
  const id = declaredPhotoId(changeOf(row));
  const photo = id && (await photos.get(id));
  return photo !== undefined && photo.state !== 'stored' && photo.state !== 'withdrawn';
}

/** What made a record is told by the record itself; the points of a track are nobody's to keep. */
const isTold = (row: OutboxChange) => !isMaker(row) && changeOf(row).kind !== 'track-recorded';

/** The office does not tell a tablet its own changes back: their line in the timeline stays when they go. */
async function keepInHistory(
  database: TabletDatabase,
  row: OutboxChange,
  receivedAt: Instant
): Promise<void> {
  const { id, kind, at, author, facts } = changeOf(row);
  const entry = { id, kind, at, receivedAt, author, facts } as HistoryEntry;
  await database.records
    .where('id')
    .anyOf(row.recordIds)
    .and(({ history }) => !history.some((known) => known.id === id))
    .modify((shown) => void shown.history.push(entry));
}
