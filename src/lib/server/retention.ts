import { msToInstant } from '../domain/instant';
import { forgetOldOpenings } from './access-log';
import { forgetTombstones } from './erase';
import { forgetPeople } from './forget-people';
import { incomingOf } from './photo-store';
import type { Store } from './store';

/** A tablet goes on with an upload as soon as it can, and begins anew where it is gone: nothing is lost with it. */
const uploadMs = 7 * 24 * 3_600_000;
/** So long every tablet may stay away and still hear that a record is gone (step 12). */
const tombstoneMs = 365 * 24 * 3_600_000;

/** Forgets what has had its time: what is kept of people, who opened what, sessions, tombstones, uploads given up. */
export async function sweep(store: Store, nowMs: number): Promise<void> {
  await forgetPeople(store, nowMs);
  await forgetOldOpenings(store, nowMs);
  await store.connection.deleteFrom('session').where('expires_at', '<=', msToInstant(nowMs)).execute();
  await forgetTombstones(store, msToInstant(nowMs - tombstoneMs));
  await incomingOf(store).discardOlder(nowMs - uploadMs);
}
