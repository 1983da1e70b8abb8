import { msToInstant } from '../domain/instant';
import { forgetOldOpenings } from './access-log';
import { forgetTombstones } from './erase';
import { incomingOf } from './photo-store';
import type { Store } from './store';

/** A track goes after 30 days: long enough to see where nobody has been. */
const trackMs = 30 * 24 * 3_600_000;
/** A tablet goes on with an upload as soon as it can, and begins anew where it is gone: nothing is lost with it. */
const uploadMs = 7 * 24 * 3_600_000;
/** So long every tablet may stay away and still hear that a record is gone (step 12). */
const tombstoneMs = 365 * 24 * 3_600_000;

/** Forgets what has had its time: points of tracks, who opened what, sessions, tombstones, uploads given up. */
export async function sweep(store: Store, nowMs: number): Promise<void> {
  await forgetOldTracks(store, nowMs);
  await forgetOldOpenings(store, nowMs);
  await store.connection.deleteFrom('session').where('expires_at', '<=', msToInstant(nowMs)).execute();
  await forgetTombstones(store, msToInstant(nowMs - tombstoneMs));
  await incomingOf(store).discardOlder(nowMs - uploadMs);
}

/**
 * Empties the track pieces that are older: id, hash and sequence stay as a stub, so that a replay cannot bring the points
 * back (step 12). Returns how many were emptied. The patrol keeps the number of points and the length.
 */
export async function forgetOldTracks(store: Store, nowMs: number): Promise<number> {
  const result = await store.connection
    .updateTable('change')
    .set({ body: '' })
    .where('kind', '=', 'track-recorded')
    .where('received_at', '<', msToInstant(nowMs - trackMs))
    .where('body', '<>', '')
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
