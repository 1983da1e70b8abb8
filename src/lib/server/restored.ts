import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { Grant } from '../domain/grant';
import { instantToDay, type Instant } from '../domain/instant';
import type { Place } from '../protocol/pull';
import type { Ahead, PushHead } from '../protocol/push';
import { log } from './log';
import { listCommunities, syncingAreas } from './records/accounts';
import { sealPlace } from './seal';
import type { Store } from './store';

/** Cases opened before the tablets have handed theirs back get numbers beyond any that were given: a gap, never a double. */
const numbersSkipped = 200;

/** On a cursor: which change stood at this place, so that a store that has lost it knows (step 11). */
export function markOf(store: Store, community: string, sequence: number, changeId: string): string {
  return `${changeId}.${sealPlace(store, community, sequence, changeId)}`;
}

/** For a cursor that came there before there were marks. Undefined where nothing was ever accepted. */
export async function markAt(store: Store, community: string, sequence: number): Promise<string | undefined> {
  const row = await changeAt(store, community, sequence);
  return row && markOf(store, community, sequence, row.id);
}

async function changeAt(store: Store, community: string, sequence: number) {
  return store.connection
    .selectFrom('change')
    .select('id')
    .where('community', '=', community)
    .where('sequence', '=', sequence)
    .executeTakeFirst();
}

/**
 * A cursor with a true mark that the log does not bear out: somebody put an older store in place of this one. Begins a
 * new life of the store then.
 */
export async function noticeRestore(
  store: Store,
  community: string,
  cursor: Place | undefined,
  now: Instant
): Promise<void> {
  if (!cursor?.mark || cursor.epoch !== store.epoch) return;
  const [changeId = ''] = cursor.mark.split('.');
  if (!isSame(cursor.mark, markOf(store, community, cursor.sequence, changeId))) return;
  const row = await changeAt(store, community, cursor.sequence);
  if (row?.id !== changeId) await beginNewLife(store, now, cursor.epoch);
}

/** The last place of each community these grants take part in, for a device that has not read so far. */
export async function listHeads(
  store: Store,
  grants: readonly Grant[],
  now: Instant
): Promise<Record<string, Place>> {
  const heads: Record<string, Place> = {};
  for (const { code } of await listCommunities(store, syncingAreas(grants, now))) {
    const head = await loadHead(store, code);
    if (head) heads[code] = head;
  }
  return heads;
}

/** The last place of a community's log; null where nothing was ever accepted. */
export async function loadHead(store: Store, community: string): Promise<Place | null> {
  const last = await store.connection
    .selectFrom('change')
    .select(['id', 'sequence'])
    .where('community', '=', community)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!last) return null;
  const mark = markOf(store, community, last.sequence, last.id);
  return { epoch: store.epoch, sequence: last.sequence, mark };
}

/** The same in the form of an answer. */
export async function aheadOf(store: Store, community: string): Promise<Ahead> {
  const head = await loadHead(store, community);
  return head ? { [community]: head } : {};
}

/** Whether a device with these cursors has been told of what this store does not have (any more). */
export async function hasLost(store: Store, cursors: PushHead['cursors'], now: Instant): Promise<boolean> {
  for (const [community, cursor] of Object.entries(cursors ?? {}))
    await noticeRestore(store, community, cursor, now);
  return Object.values(cursors ?? {}).some(({ epoch }) => epoch !== store.epoch);
}

/**
 * Step 11: from now on every device reads anew and hands back what it holds receipts for. Acts of the desk since the
 * backup come back only where a tablet had been told of them. Nothing where `ended` is not the present life any more.
 */
export async function beginNewLife(store: Store, now: Instant, ended = store.epoch): Promise<void> {
  const { connection } = store;
  await connection.transaction().execute(async (transaction) => {
    const result = await transaction
      .updateTable('store')
      .set({ epoch: randomUUID(), restored_at: now })
      .where('epoch', '=', ended)
      .executeTakeFirst();
    // Somebody else has noticed as well.
    if (!result.numUpdatedRows) return;
    const year = Number(instantToDay(now).slice(0, 4));
    const communities = await transaction.selectFrom('community').select('code').execute();
    for (const { code } of communities)
      await transaction
        .insertInto('case_counter')
        .values({ community: code, year, last: numbersSkipped })
        .onConflict((conflict) =>
          conflict
            .columns(['community', 'year'])
            .doUpdateSet((row) => ({ last: row('case_counter.last', '+', numbersSkipped) }))
        )
        .execute();
  });
  const row = await connection.selectFrom('store').select(['epoch', 'restored_at']).executeTakeFirstOrThrow();
  store.epoch = row.epoch;
  store.restoredAt = row.restored_at;
  log.warn('the store is older than it was: tablets are asked for what it has lost');
}

const latelyMs = 14 * 86_400_000;

/** So long some of what was lost may still come back, and the desk is told that its own acts may be missing. */
export function isLately(restoredAt: Instant | null, now: Instant): boolean {
  return restoredAt !== null && Date.parse(now) - Date.parse(restoredAt) < latelyMs;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
