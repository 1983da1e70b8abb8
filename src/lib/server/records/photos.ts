import type { Transaction } from 'kysely';
import type { Change } from '../../domain/changes';
import type { Database, PhotoRow } from '../database/schema';
import type { Store } from '../store';

/** The row a change declares its picture or voice note with, or null. Bytes are let in only for declared ones (step 8). */
export function declaredPhoto(change: Change): PhotoRow | null {
  const medium =
    change.kind === 'photo-attached'
      ? change.facts.photo
      : change.kind === 'voice-attached'
        ? change.facts.voice
        : null;
  if (!medium || (change.kind !== 'photo-attached' && change.kind !== 'voice-attached')) return null;
  return {
    community: change.community,
    id: medium.id,
    record_id: change.facts.recordId,
    author: change.author,
    mime: medium.mime,
    bytes: medium.bytes,
    sha256: medium.sha256,
    stored_at: null,
    thumbnail: null,
    carried_by: null
  };
}

export async function savePhotos(
  transaction: Transaction<Database>,
  photos: readonly PhotoRow[]
): Promise<void> {
  if (!photos.length) return;
  await transaction
    .insertInto('photo')
    .values(photos)
    .onConflict((conflict) => conflict.columns(['community', 'id']).doNothing())
    .execute();
}

/** From now on this account may bring the bytes as well as the author. */
export async function markCarried(
  transaction: Transaction<Database>,
  community: string,
  ids: readonly string[],
  carrier: string | undefined
): Promise<void> {
  if (!ids.length || !carrier) return;
  await transaction
    .updateTable('photo')
    .set({ carried_by: carrier })
    .where('community', '=', community)
    .where('id', 'in', ids)
    .execute();
}

/** Whether this account may bring the bytes: its author, and who handed in the author's declaration. */
export function mayBring(photo: PhotoRow, account: string): boolean {
  return photo.author === account || photo.carried_by === account;
}

/** An id is unique inside a community only: nothing stops a hostile tablet from declaring somebody else's again. */
export async function listPhotosById(store: Store, id: string): Promise<PhotoRow[]> {
  return store.connection.selectFrom('photo').selectAll().where('id', '=', id).execute();
}

export async function loadPhoto(store: Store, community: string, id: string): Promise<PhotoRow | undefined> {
  return store.connection
    .selectFrom('photo')
    .selectAll()
    .where('community', '=', community)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function markPhotoStored(store: Store, photo: PhotoRow, storedAt: string): Promise<void> {
  await store.connection
    .updateTable('photo')
    .set({ stored_at: storedAt })
    .where('community', '=', photo.community)
    .where('id', '=', photo.id)
    .execute();
}

/** JPEGs of at most 6 kB, kept as base64 text: the same in both databases. One transaction, so one sync for all. */
export async function saveThumbnails(
  store: Store,
  thumbnails: readonly { photo: PhotoRow; jpeg: Uint8Array }[]
): Promise<void> {
  await store.connection.transaction().execute(async (transaction) => {
    for (const { photo, jpeg } of thumbnails)
      await transaction
        .updateTable('photo')
        .set({ thumbnail: Buffer.from(jpeg).toString('base64') })
        .where('community', '=', photo.community)
        .where('id', '=', photo.id)
        .execute();
  });
}

/** Bytes of all pictures and voice notes that are stored. */
export async function sumStoredBytes(store: Store): Promise<number> {
  const { bytes } = await store.connection
    .selectFrom('photo')
    .select((photo) => photo.fn.sum<number | null>('bytes').as('bytes'))
    .where('stored_at', 'is not', null)
    .executeTakeFirstOrThrow();
  return bytes ?? 0;
}
