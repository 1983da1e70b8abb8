import { sql } from 'kysely';
import type { RecordId } from '../domain/ids';
import { msToInstant, type Instant } from '../domain/instant';
import { nobody } from '../domain/seen-record';
import { blankRecords } from './blank';
import { eraseRecord } from './erase';
import { loadKeeping, notePurge, type Keeping } from './keeping';
import type { Store } from './store';

const dayMs = 24 * 3_600_000;
/** In one night and community: a store that was never swept keeps nobody waiting. */
const mostAtOnce = 200;

/**
 * Erases what has had its time, on every tablet as well (step 12): points of tracks; needs, patrols, handovers and opinions, which
 * are about a person, as a whole; of issues the contacts alone, since the thing was the street's. Never what is open, what a picture is
 * still to come for, or what somebody did something to meanwhile.
 */
export async function forgetPeople(store: Store, nowMs: number): Promise<void> {
  for (const { code } of await store.connection.selectFrom('community').select('code').execute())
    await forgetIn(store, code, await loadKeeping(store, code), nowMs);
}

async function forgetIn(store: Store, community: string, keeping: Keeping, nowMs: number): Promise<void> {
  const now = msToInstant(nowMs);
  const line = { community, at: now, why: 'retention', author: null } as const;
  const tracks = await forgetTracks(store, community, msToInstant(nowMs - keeping.trackDays * dayMs));
  await notePurge(store, { ...line, what: 'track', count: tracks });
  const before = yearsBefore(nowMs, keeping.closedYears);
  for (const what of ['need', 'patrol', 'handover', 'opinion'] as const) {
    let count = 0;
    for (const id of await listDue(store, community, what, before))
      if ((await eraseRecord(store, community, id, now)).length) count++;
    await notePurge(store, { ...line, what, count });
  }
  const issues = await listDue(store, community, 'issue', before);
  const asked = { what: 'contacts', why: 'retention', author: nobody } as const;
  const blanked = issues.length ? await blankRecords(store, community, issues, asked, now) : [];
  await notePurge(store, { ...line, what: 'contacts', count: blanked.length });
}

function yearsBefore(nowMs: number, years: number): Instant {
  const then = new Date(nowMs);
  then.setUTCFullYear(then.getUTCFullYear() - years);
  return then.toISOString();
}

/**
 * Empties the track pieces that arrived before: id, hash and sequence stay as a stub, so that a replay cannot bring the points
 * back (step 12). Returns how many were emptied. The patrol keeps the number of points and the length.
 */
export async function forgetTracks(
  { connection }: Store,
  community: string,
  before: Instant
): Promise<number> {
  const result = await connection
    .updateTable('change')
    .set({ body: '' })
    .where('community', '=', community)
    .where('kind', '=', 'track-recorded')
    .where('received_at', '<', before)
    .where('body', '<>', '')
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Over, and untouched since: with its case, if it has one. An issue counts only where there is something to blank. */
async function listDue(
  { connection }: Store,
  community: string,
  kind: 'issue' | 'need' | 'patrol' | 'handover' | 'opinion',
  before: Instant
): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    SELECT record.id FROM record
    WHERE record.community = ${community} AND record.kind = ${kind} AND record.received_at < ${before}
      AND (record.state IN ('rejected', 'withdrawn', 'told', 'ended', 'waiting', 'read', 'given', 'answered') OR EXISTS (
        SELECT 1 FROM record AS work WHERE work.community = record.community AND work.subject_id = record.id))
      AND NOT EXISTS (
        SELECT 1 FROM record AS work
        WHERE work.community = record.community AND work.subject_id = record.id AND work.state <> 'closed')
      AND (${kind} <> 'issue' OR (record.body NOT LIKE '%"blanked":%' AND (record.body LIKE '%"followUps":[{%'
        OR record.body LIKE '%"told":{%' OR record.body LIKE '%"voices":[{%')))
      AND NOT EXISTS (
        SELECT 1 FROM record AS one
        WHERE one.community = record.community AND (one.id = record.id OR one.subject_id = record.id) AND (
          EXISTS (SELECT 1 FROM photo
            WHERE photo.community = one.community AND photo.record_id = one.id AND photo.stored_at IS NULL)
          OR EXISTS (SELECT 1 FROM touch JOIN change USING (community, sequence)
            WHERE touch.community = one.community AND touch.record_id = one.id AND change.received_at >= ${before})))
    ORDER BY record.id LIMIT ${mostAtOnce}`.execute(connection);
  return rows.map(({ id }) => id);
}
