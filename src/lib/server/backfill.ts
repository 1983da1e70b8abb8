import type { Actor } from '../domain/grant';
import type { RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import type { AnyRecord } from '../domain/record';
import { sightOf } from '../domain/seen-record';
import type { Cursor } from '../protocol/pull';
import { grantsOfScope, isSameScope } from '../protocol/scope';
import { firstRecordKinds } from '../protocol/wire-record';
import { rowToRecord } from './records/records';
import type { Store } from './store';

type Backfill = NonNullable<Cursor['backfill']>;

/**
 * Step 10: what is still to be read beside the head, since the grants are others than the cursor was read under, or the
 * tablet has learnt of kinds of record since. What was written after the cursor comes with the head. A second such change
 * on the way begins again, with everything.
 */
export function backfillFor(
  cursor: Cursor | undefined,
  scope: readonly string[],
  kinds: readonly string[]
): Backfill | undefined {
  if (!cursor) return undefined;
  const { sequence: through, kinds: kindsBefore = firstRecordKinds } = cursor;
  const isNewKind = kinds.some((kind) => !kindsBefore.includes(kind));
  if (!isNewKind && isSameScope(cursor.scope, scope)) return cursor.backfill;
  if (cursor.backfill) return { after: '', through, before: [], kindsBefore: [] };
  return { after: '', through, before: cursor.scope ?? [], kindsBefore: [...kindsBefore] };
}

interface Reader {
  store: Store;
  community: string;
  actor: Actor;
  now: Instant;
  size: number;
  knows: { kinds: readonly string[] };
}

/** A page of the records that show more now than before; `rest` is where the next one begins. Uses the primary key. */
export async function readBackfill(
  { store, community, actor, now, size, knows }: Reader,
  { after, through, before, kindsBefore = [...firstRecordKinds] }: Backfill
): Promise<{ records: AnyRecord[]; rest?: Backfill }> {
  const rows = await store.connection
    .selectFrom('record')
    .select(['id', 'body', 'sequence'])
    .where('community', '=', community)
    .where('id', '>', after as RecordId)
    .orderBy('id')
    .limit(size)
    .execute();
  const formerly: Actor = { account: actor.account, grants: grantsOfScope(before) };
  const isNew = (record: AnyRecord) => {
    const sight = sightOf(actor, record, now);
    const sightBefore = kindsBefore.includes(record.kind) ? sightOf(formerly, record, now) : 'nothing';
    return sight !== 'nothing' && sight !== sightBefore;
  };
  const records = rows
    .filter((row) => row.sequence <= through)
    .map(rowToRecord)
    .filter((record) => knows.kinds.includes(record.kind) && isNew(record));
  const last = rows.length === size ? rows.at(-1) : undefined;
  return { records, rest: last && { after: last.id, through, before, kindsBefore: [...kindsBefore] } };
}
