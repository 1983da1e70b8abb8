import type { PhotoId, RecordId } from '../domain/ids';
import type { OutboxChange, TabletDatabase } from './database';
import { piecesOf } from './photos';
import { forgetErasedItems } from './received';
import { loadSetting, saveSetting } from './settings';
import { forgetThumbnailsLeft } from './thumbnails-left';

/**
 * Step 12, inside a transaction: the office erased these records. They go at once, with their pictures and with the
 * changes it has taken. What is unsent stays: its receipt will say why it cannot be taken, and the person decides.
 */
export async function forgetErased(database: TabletDatabase, ids: readonly RecordId[]): Promise<void> {
  if (!ids.length) return;
  const { records, bases, outbox } = database;
  const shown = (await records.bulkGet([...ids])).flatMap((row) => row ?? []);
  await records.bulkDelete([...ids]);
  await bases.bulkDelete([...ids]);
  const erased = new Set([...((await loadSetting(database, 'erased')) ?? []), ...ids]);
  await saveSetting(database, 'erased', [...erased]);
  await forgetErasedItems(database, erased);
  const touching = await outbox.where('recordIds').anyOf(ids).distinct().toArray();
  const whole = touching.filter((row) => row.recordIds.every((id) => erased.has(id)));
  const taken = await onlyTaken(database, whole);
  await outbox.bulkDelete(taken.map((row) => row.order));
  await database.toHandBack.where('recordIds').anyOf(ids).delete();
  const told = shown.flatMap(({ record }) => ('photos' in record ? record.photos.map(({ id }) => id) : []));
  await forgetBytes(database, [...told, ...(await listPhotosOf(database, ids))]);
}

async function listPhotosOf({ photos }: TabletDatabase, ids: readonly RecordId[]): Promise<PhotoId[]> {
  return photos.where('recordId').anyOf(ids).primaryKeys();
}

/** Inside a transaction: a backup from before the erasure has brought these back. */
export async function noteBroughtBack(
  database: TabletDatabase,
  ids: ReadonlyMap<RecordId, unknown>
): Promise<void> {
  const erased = (await loadSetting(database, 'erased')) ?? [];
  const rest = erased.filter((id) => !ids.has(id));
  if (rest.length < erased.length) await saveSetting(database, 'erased', rest);
}

/**
 * Inside a transaction: the receipt of what was sent before the office erased its record may come afterwards, also where an
 * old lifeline file has brought it here once more.
 */
export async function forgetTaken(database: TabletDatabase, taken: readonly OutboxChange[]): Promise<void> {
  const erased = new Set(await loadSetting(database, 'erased'));
  if (!erased.size) return;
  // Settled one by one they have made it anew.
  const ids = [...new Set(taken.flatMap((row) => row.recordIds))].filter((id) => erased.has(id));
  await database.records.bulkDelete(ids);
  await database.bases.bulkDelete(ids);
  const gone = taken.filter((row) => row.recordIds.every((id) => erased.has(id)));
  await database.outbox.bulkDelete(gone.map((row) => row.order));
  await forgetBytes(database, await listPhotosOf(database, ids));
}

/** Those the office has accepted. */
export async function onlyTaken(
  database: TabletDatabase,
  rows: readonly OutboxChange[]
): Promise<OutboxChange[]> {
  const settledThrough = (await loadSetting(database, 'settledThrough')) ?? 0;
  const apart = await database.troubles.bulkGet(rows.map((row) => row.order));
  return rows.filter((row, index) => row.order <= settledThrough && !apart[index]);
}

export async function forgetBytes(database: TabletDatabase, ids: readonly PhotoId[]): Promise<void> {
  if (!ids.length) return;
  await forgetThumbnailsLeft(database, ids);
  await database.photos.bulkDelete([...ids]);
  await database.pictures.bulkDelete([...ids]);
  await database.thumbnails.bulkDelete([...ids]);
  for (const id of ids) await piecesOf(database, id).delete();
}
