import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { CommunityCode } from '../../domain/area';
import type { Actor } from '../../domain/grant';
import type { RecordId } from '../../domain/ids';
import type { Instant } from '../../domain/instant';
import { visibilityOf, type AnyRecord } from '../../domain/record';
import { mayDo } from '../../domain/rights';
import { seenBy } from '../../domain/seen-record';
import type { Store } from '../store';
import { knowsReporters, type readableRecords } from './desk-scope';
import { rowToRecord } from './records';

/** What the lists of the desk share. */

/** Who asks, of which community, and when. */
export interface Reading {
  store: Store;
  actor: Actor;
  community: CommunityCode;
  now: Instant;
}

/** A list never loads more rows than this. */
export const maxDeskRows = 100;

/** Where the next page begins: the sort value and the id of the last row before it. */
export interface PageMark {
  value: string;
  id: string;
}

export interface Page<Row> {
  rows: Row[];
  next?: PageMark;
}

/** What both lists can be narrowed by. Codes are resolved from the reference by the caller. */
export interface SharedFilters {
  grid?: string;
  categories?: readonly string[];
  building?: string;
  /** Free text, and the buildings its words name. */
  text?: string;
  namedBuildings?: readonly string[];
}

/** SQL narrowed already; what was judged by the domain's own table is what is shown, and as this reader may see it. */
export function readable({ actor, now }: Reading, records: readonly AnyRecord[]): AnyRecord[] {
  return records
    .filter((record) => mayDo(actor, 'read', visibilityOf(record), now))
    .map((record) => seenBy(actor, record, now));
}

/** A page of these records by when they arrived, newest first. Uses the index record_by_state. */
export async function newestFirst(
  records: ReturnType<typeof readableRecords>,
  size: number,
  after?: PageMark
): Promise<Page<AnyRecord>> {
  const limit = Math.min(size, maxDeskRows);
  const rows = await records
    .select(['record.body', 'record.received_at', 'record.id'])
    .$if(after !== undefined, (query) =>
      query.where((where) =>
        where.or([
          where('record.received_at', '<', after!.value),
          where.and([where('record.received_at', '=', after!.value), where('record.id', '<', after!.id)])
        ])
      )
    )
    .orderBy('record.received_at', 'desc')
    .orderBy('record.id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last ? { value: last.received_at, id: last.id } : undefined;
  return { rows: shown.map(rowToRecord), next };
}

/**
 * The searchable text of a report; for who must not find it by the reporter's name or telephone, without the number in its
 * first line and those in its words.
 */
export function reportText(reading: Reading, table: 'record' | 'subject'): RawBuilder<string> {
  const search = sql.ref<string>(`${table}.search`);
  if (knowsReporters(reading.actor, reading.community, reading.now)) return sql<string>`${search}`;
  const words = sql`substr(${search}, length(coalesce(${sql.ref(`${table}.number`)}, '')) + 2)`;
  return sql<string>`without_numbers(${words})`;
}

/** `IN ()` is no SQL in every database: nothing is among none. */
export function isOneOf(column: string, values: readonly string[]): RawBuilder<SqlBool> {
  return values.length ? sql<SqlBool>`${sql.ref(column)} in (${sql.join(values)})` : sql<SqlBool>`1 = 0`;
}

/** Whether a text in lower case contains these words, whatever signs they hold. */
export function contains(column: RawBuilder<string>, words: string): RawBuilder<SqlBool> {
  const pattern = `%${words.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql<SqlBool>`${column} like ${pattern} escape '\\'`;
}

/** A record wherever in these communities it is. The caller judges whether the actor may read it. */
export async function findRecord(
  store: Store,
  communities: readonly CommunityCode[],
  id: RecordId
): Promise<AnyRecord | undefined> {
  const row = await store.connection
    .selectFrom('record')
    .select('body')
    .where('community', 'in', communities)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && rowToRecord(row);
}
