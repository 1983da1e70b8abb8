import { v7 as uuidV7 } from 'uuid';
import type { Transaction } from 'kysely';
import type { RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import { visibilityOf, type AnyRecord } from '../domain/record';
import { nobody } from '../domain/seen-record';
import type { Receipt } from '../protocol/receipt';
import type { Database, PhotoRow } from './database/schema';
import { discardPhoto, serverDevice } from './photo-store';
import { lockCommunity, saveHead } from './records/changes';
import { loadRecords, rowToRecord } from './records/records';
import { sha256Hex } from './seal';
import type { Store } from './store';

/** By the number printed on it, or by its id. Numbers come again: with the year, with a namesake, in another community. */
export async function findRecords(
  store: Store,
  name: string
): Promise<{ community: string; record: AnyRecord }[]> {
  const rows = await store.connection
    .selectFrom('record')
    .select(['community', 'body'])
    .where((where) => where.or([where('id', '=', name), where('number', '=', name)]))
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ community: row.community, record: rowToRecord(row) }));
}

/** How the log calls it. No kind of change: nobody hands it in, and nothing is applied. */
const recordErased = 'record-erased';

/**
 * Step 12: a record goes for good, a report and its case together, with pictures, search words and answers. Of its
 * changes id, hash and sequence stay, so that a late copy is known and brings nothing back. Whoever could see it is told
 * with the next pull. Returns what went; nothing where there is no such record. Throws where the store fails.
 */
export async function eraseRecord(
  store: Store,
  community: string,
  recordId: RecordId,
  now: Instant
): Promise<RecordId[]> {
  const { erased, photos, sequence } = await store.connection.transaction().execute(async (transaction) => {
    const rows = await eraseRows(transaction, community, recordId, now);
    // Before it counts: what is cut short here is found again and done again.
    for (const photo of rows.photos) await discardPhoto(store, photo);
    return rows;
  });
  // An upload may have come to its end meanwhile.
  for (const photo of photos) await discardPhoto(store, photo);
  await store.compact();
  if (erased.length) store.live.announce({ community, sequence });
  return erased;
}

async function eraseRows(
  transaction: Transaction<Database>,
  community: string,
  recordId: RecordId,
  now: Instant
): Promise<{ erased: RecordId[]; photos: PhotoRow[]; sequence: number }> {
  const { head } = await lockCommunity(transaction, community);
  const records = await loadWhole(transaction, community, recordId);
  const ids = records.map(({ id }) => id);
  const sequence = head + 1;
  if (!ids.length) return { erased: [], photos: [], sequence: head };
  const photos = await transaction
    .selectFrom('photo')
    .selectAll()
    .where('community', '=', community)
    .where('record_id', 'in', ids)
    .execute();
  await emptyChanges(transaction, community, ids);
  for (const table of ['record', 'photo'] as const)
    await transaction
      .deleteFrom(table)
      .where('community', '=', community)
      .where(table === 'record' ? 'id' : 'record_id', 'in', ids)
      .execute();
  await enterErasure(transaction, community, sequence, records, now);
  await saveHead(transaction, community, sequence);
  return { erased: ids, photos, sequence };
}

/** The record, and what cannot stand without it: a report and its cases (two where both sides of a restored backup opened one). */
async function loadWhole(
  transaction: Transaction<Database>,
  community: string,
  recordId: RecordId
): Promise<AnyRecord[]> {
  const first = (await loadRecords(transaction, community, [recordId])).get(recordId);
  if (!first) return [];
  const reportId = first.kind === 'case' ? first.subjectId : first.id;
  const cases = await transaction
    .selectFrom('record')
    .select('id')
    .where('community', '=', community)
    .where('subject_id', '=', reportId)
    .execute();
  const ids = new Set([recordId, reportId, ...cases.map(({ id }) => id as RecordId)]);
  return [...(await loadRecords(transaction, community, [...ids])).values()];
}

async function emptyChanges(
  transaction: Transaction<Database>,
  community: string,
  ids: readonly RecordId[]
): Promise<void> {
  await transaction
    .updateTable('change')
    .set({ body: '' })
    .where('community', '=', community)
    .where('sequence', 'in', (touches) =>
      touches
        .selectFrom('touch')
        .select('sequence')
        .where('community', '=', community)
        .where('record_id', 'in', ids)
        // What only built it anew says something of another.
        .where('is_rebuilt', '=', 0)
    )
    .execute();
  const receipt: Receipt = { status: 'refused', refusal: { code: 'record-erased' }, records: [] };
  await transaction
    .updateTable('outcome')
    .set({ receipt: JSON.stringify(receipt) })
    .where('community', '=', community)
    .where('record_id', 'in', ids)
    .execute();
}

async function enterErasure(
  transaction: Transaction<Database>,
  community: string,
  sequence: number,
  records: readonly AnyRecord[],
  now: Instant
): Promise<void> {
  await transaction
    .insertInto('change')
    .values({
      community,
      sequence,
      id: uuidV7(),
      kind: recordErased,
      author: nobody,
      device: serverDevice,
      at: now,
      received_at: now,
      sha256: sha256Hex(''),
      version: 0,
      body: ''
    })
    .execute();
  for (const record of records) {
    const shared = { community, record_id: record.id, sequence };
    await transaction
      .insertInto('touch')
      .values({ ...shared, creates: 0, before_keys: JSON.stringify(visibilityOf(record)), is_rebuilt: 0 })
      .execute();
    await transaction
      .insertInto('erased')
      .values({ ...shared, erased_at: now })
      .execute();
  }
}

/**
 * Forgets tombstones from before `before`; a cursor older than the last of them reads everything anew. The stubs of
 * the changes stay for ever. Returns how many records were forgotten.
 */
export async function forgetTombstones(store: Store, before: Instant): Promise<number> {
  return store.connection.transaction().execute(async (transaction) => {
    const rows = await transaction.selectFrom('erased').selectAll().where('erased_at', '<', before).execute();
    for (const { community, record_id, sequence } of rows) {
      const here = transaction
        .updateTable('community')
        .where('code', '=', community)
        .where('forgotten_through', '<', sequence);
      await here.set({ forgotten_through: sequence }).execute();
      for (const table of ['touch', 'erased'] as const)
        await transaction
          .deleteFrom(table)
          .where('community', '=', community)
          .where('record_id', '=', record_id)
          .execute();
    }
    return rows.length;
  });
}
