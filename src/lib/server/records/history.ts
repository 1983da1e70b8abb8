import { sql } from 'kysely';
import type { ChangeKindName } from '../../domain/changes';
import type { HistoryEntry } from '../../domain/history';
import type { AccountId, ChangeId, RecordId } from '../../domain/ids';
import { parseChange } from '../../domain/judge';
import type { Store } from '../store';

/**
 * The changes of these records in the order they were accepted, but for the ones that made them. Who carried one that
 * made a report is told: its facts are the record's own.
 */
export async function loadHistory(
  store: Store,
  community: string,
  ids: readonly RecordId[]
): Promise<Map<RecordId, HistoryEntry[]>> {
  const historyById = new Map<RecordId, HistoryEntry[]>();
  for (let start = 0; start < ids.length; start += 500) {
    const rows = await store.connection
      .selectFrom('touch')
      .innerJoin('change', (join) =>
        join.onRef('change.community', '=', 'touch.community').onRef('change.sequence', '=', 'touch.sequence')
      )
      .leftJoin('account', 'account.id', 'change.author')
      .leftJoin('account as carrier', 'carrier.id', 'change.carried_by')
      .select(['touch.record_id', 'change.id', 'change.kind', 'change.at', 'change.received_at'])
      .select(['change.author', 'change.body', 'change.settled', 'change.sequence', 'account.name'])
      .select(['touch.creates', 'change.carried_by', 'carrier.name as carrier_name'])
      .where('touch.community', '=', community)
      .where('touch.record_id', 'in', ids.slice(start, start + 500))
      .where('touch.is_rebuilt', '=', 0)
      .where((where) =>
        where.or([
          where('touch.creates', '=', 0),
          where.and([
            where('change.carried_by', 'is not', null),
            where('change.kind', 'in', ['issue-recorded', 'need-recorded'])
          ])
        ])
      )
      // A stored photo shows at the photo; a track is opened apart, with a reason.
      .where('change.kind', 'not in', ['photo-stored', 'track-recorded'])
      // What is left of a change of an erased record (step 12) has nothing to tell.
      .where('change.body', '<>', '')
      // The plus keeps SQLite from reading the whole log in this order instead of the few records by their index.
      .orderBy(sql`+touch.sequence`)
      .execute();
    for (const row of rows) {
      const entry: HistoryEntry = {
        id: row.id as ChangeId,
        kind: row.kind as ChangeKindName,
        at: row.at,
        receivedAt: row.received_at,
        sequence: row.creates ? undefined : row.sequence,
        settled: row.settled ? (JSON.parse(row.settled) as HistoryEntry['settled']) : undefined,
        author: row.author as AccountId,
        authorName: row.name ?? undefined,
        ...(row.carried_by && {
          carriedBy: row.carried_by as AccountId,
          carriedByName: row.carrier_name ?? undefined
        }),
        facts: row.creates ? {} : factsOf(row.body)
      };
      const id = row.record_id as RecordId;
      const entries = historyById.get(id);
      if (entries) entries.push(entry);
      else historyById.set(id, [entry]);
    }
  }
  return historyById;
}

/** Only what the kind knows: a device may have put anything beside it, and one reader's page must not break on that. */
function factsOf(body: string): Record<string, unknown> {
  const read = parseChange(JSON.parse(body));
  return 'change' in read ? read.change.facts : {};
}
