import type { Actor } from '../domain/grant';
import type { HistoryEntry } from '../domain/history';
import type { RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import { visibilityOf, type AnyRecord, type VisibilityKeys } from '../domain/record';
import { mayDo } from '../domain/rights';
import { historySeenBy, knowsReporter, seenBy } from '../domain/seen-record';
import type { Cursor, PullReply, PullRequest } from '../protocol/pull';
import { grantsOfScope, isSameScope, scopeOf } from '../protocol/scope';
import {
  firstProtocolWithMarks,
  firstProtocolWithScopes,
  maxTouchesPerPull,
  protocolVersion
} from '../protocol/version';
import { firstRecordKinds, recordToWire } from '../protocol/wire-record';
import { backfillFor, readBackfill } from './backfill';
import { syncingGrants } from './records/accounts';
import { loadHistory } from './records/history';
import { listWrittenOn } from './records/erased';
import { loadRecords } from './records/records';
import { loadReference } from './records/reference';
import { isLately, markAt, markOf, noticeRestore } from './restored';
import { sealEntry } from './seal';
import type { Store } from './store';

/** Who reads a community from where. */
interface Reading {
  store: Store;
  community: string;
  device: string;
  /** With the grants that count here: what a grant for the desk opens stays at the desk. */
  actor: Actor;
  now: Instant;
  size: number;
  cursor: Cursor | undefined;
  /** What the device's protocol knows of, and which kinds of record it can store. */
  knows: { scopes: boolean; marks: boolean; kinds: readonly string[]; saysKinds: boolean };
  from: number;
  head: number;
  /** What the reader's grants are here by now, and what a change of them still has to bring (step 10). */
  scope: string[];
  backfill: Cursor['backfill'];
  /** Up to here even the reader's own writes are told: it reads everything anew, or what its scope newly shows. */
  wholeThrough: number;
}

/**
 * One page of what this account may see and this device does not know yet (step 9). Null where there is no such community.
 * The caller has seen to it that the account takes part in the community. A page holds at most `size` touches, at least
 * two of them: a change may write two records. A reader pages, the server stays quick for the others.
 */
export async function pull(
  store: Store,
  account: Actor,
  request: Omit<PullRequest, 'account'>,
  now: Instant,
  size = maxTouchesPerPull
): Promise<PullReply | null> {
  const { ahead, community, cursor, device, protocol } = request;
  const reference = await loadReference(store, community);
  if (!reference) return null;
  const knows = {
    scopes: protocol >= firstProtocolWithScopes,
    marks: protocol >= firstProtocolWithMarks,
    kinds: request.kinds ?? firstRecordKinds,
    saysKinds: request.kinds !== undefined
  };
  for (const place of [cursor, ahead]) await noticeRestore(store, community, place, now);
  const { head, forgotten_through } = await counterOf(store, community);
  const isOfThisLife = cursor?.epoch === store.epoch;
  const isTooOld = isOfThisLife && missesTombstones(cursor, forgotten_through);
  const shared = { protocol: protocolVersion, community, reference: reference.revision };
  const isOfEarlierApp =
    isOfThisLife && cursor.sequence > 0 && !cursor.mark && isLately(store.restoredAt, now);
  const wasToldMore = isOfEarlierApp || [cursor, ahead].some((place) => place && place.epoch !== store.epoch);
  if (wasToldMore && knows.marks) return { ...shared, ...beginAnew(store, 'restored') };
  if (isTooOld && knows.scopes) return { ...shared, ...beginAnew(store, 'too-old') };
  const goesOn = isOfThisLife && cursor.sequence <= head && !isTooOld;
  const from = goesOn ? cursor.sequence : 0;
  const actor: Actor = { account: account.account, grants: syncingGrants(account.grants, now) };
  const scope = scopeOf(actor.grants, community);
  const backfill = knows.scopes && from > 0 ? backfillFor(cursor, scope, knows.kinds) : undefined;
  // Not where only kinds are new: on a record it could not store, this device has written nothing.
  const isOfOtherScope = backfill !== undefined && !isSameScope(backfill.before, scope);
  const isToldWhole = isOfOtherScope || cursor?.wholeThrough !== undefined;
  const page = await readPage({
    store,
    community,
    device,
    actor,
    now,
    size,
    cursor,
    knows,
    from,
    head,
    scope,
    backfill,
    // What was accepted since it began may be of a record that is still to come.
    wholeThrough: from === 0 ? wholeFor(request, head) : isToldWhole ? head : 0
  });
  return { ...shared, ...page };
}

type Page = Omit<PullReply, 'protocol' | 'community' | 'reference'>;

function beginAnew({ epoch }: Store, why: NonNullable<PullReply['anew']>): Page {
  return { anew: why, cursor: { epoch, sequence: 0 }, more: true, rows: [], leftScope: [] };
}

async function readPage(reading: Reading): Promise<Page> {
  const { store, knows, scope, backfill, wholeThrough } = reading;
  const page = await readTouches(reading);
  const isTime = backfill && !page.more;
  const filled = isTime ? await readBackfill(reading, backfill) : { records: [], rest: backfill };
  const seen = new Set(page.shown.map((record) => record.id));
  const next: Cursor = { epoch: store.epoch, sequence: page.upTo };
  if (page.upTo < wholeThrough) next.wholeThrough = wholeThrough;
  if (knows.scopes) next.scope = scope;
  if (knows.saysKinds) next.kinds = [...knows.kinds];
  if (knows.marks) next.mark = page.mark;
  if (filled.rest) next.backfill = filled.rest;
  return {
    cursor: next,
    more: page.more || filled.rest !== undefined,
    rows: await rowsOf(reading, [...page.shown, ...filled.records.filter((record) => !seen.has(record.id))]),
    leftScope: knows.scopes ? page.leftScope : [...page.leftScope, ...page.erased],
    ...(knows.scopes && page.erased.length ? { erased: page.erased } : {})
  };
}

/** What changed since the cursor: records to show, and tombstones of those that left the scope or were erased. */
async function readTouches({
  store,
  community,
  device,
  actor,
  now,
  from,
  head,
  size,
  wholeThrough,
  cursor,
  knows
}: Reading) {
  const before: Actor = { account: actor.account, grants: grantsOfScope(cursor?.scope ?? []) };
  const { touches, upTo, more } = await pageOfTouches(store, community, from, head, size);
  const touchesById = byRecord(touches);
  const recordsById = await loadRecords(store.connection, community, [...touchesById.keys()]);
  const maySee = (keys: VisibilityKeys) => mayDo(actor, 'read', keys, now);
  // What is gone is told also to whom the record was shown under other grants, and to who wrote on it and holds those words.
  const gone = [...touchesById.keys()].filter((id) => !recordsById.has(id));
  const writtenOn = await listWrittenOn(store.connection, community, gone, actor.account);
  const mayHold = (keys: VisibilityKeys) => maySee(keys) || mayDo(before, 'read', keys, now);
  const shown: AnyRecord[] = [];
  const leftScope: RecordId[] = [];
  const erased: RecordId[] = [];
  for (const [id, ofRecord] of touchesById) {
    const record = recordsById.get(id);
    // Own writes are not echoed, but to a device that starts from nothing, and to another account on the same device.
    const isEcho = ofRecord.every(
      (touch) => touch.sequence > wholeThrough && touch.device === device && touch.author === actor.account
    );
    if (record && maySee(visibilityOf(record))) {
      if (!isEcho && knows.kinds.includes(record.kind)) shown.push(record);
    } else {
      const saw = record ? maySee : mayHold;
      const wasShown = ofRecord.some(({ before_keys: keys }) => keys && saw(keysOf(keys)));
      if (wasShown || writtenOn.has(id)) (record ? leftScope : erased).push(id);
    }
  }
  // A report and its case are erased in one: who holds words on one may hold words on both.
  const endOf = (id: RecordId) => touchesById.get(id)!.at(-1)!.sequence;
  const toldEnds = new Set(erased.map(endOf));
  const goneTogether = gone.filter((id) => toldEnds.has(endOf(id)));
  const last = touches.at(-1);
  const mark = last
    ? markOf(store, community, last.sequence, last.change_id)
    : (cursor?.mark ?? (await markAt(store, community, upTo)));
  return { shown, leftScope, erased: goneTogether, upTo, more, mark };
}

/** Not where it began from nothing since: then it never had what was erased. */
function missesTombstones({ sequence, wholeThrough = 0 }: Cursor, forgottenThrough: number): boolean {
  return sequence > 0 && Math.max(sequence, wholeThrough) < forgottenThrough;
}

/** Who begins knows nothing, not even what this device once wrote; unless it has just begun, and says since when it holds that. */
function wholeFor({ cursor, ownSince }: Pick<PullRequest, 'cursor' | 'ownSince'>, head: number): number {
  return cursor === undefined && ownSince !== undefined ? Math.min(head, ownSince - 1) : head;
}

async function rowsOf(reading: Reading, records: readonly AnyRecord[]): Promise<PullReply['rows']> {
  const ids = records.map((record) => record.id);
  const history = await loadHistory(reading.store, reading.community, ids);
  return records.map((record) => rowFor(reading, record, history.get(record.id) ?? []));
}

/** Sealed are entries that are told whole: what stands in for a name or a contact would prove nothing (step 11). */
function rowFor(
  { store, community, actor, now, knows }: Reading,
  record: AnyRecord,
  entries: HistoryEntry[]
): PullReply['rows'][number] {
  if (knows.marks && knowsReporter(actor, record, now)) {
    const history = entries.map((entry) => ({ ...entry, seal: sealEntry(store.sealKey, community, entry) }));
    return { record: recordToWire(record), history };
  }
  const plain = entries.map(({ sequence: _, settled: __, ...entry }): HistoryEntry => entry);
  // An entry without an author says which side spoke.
  const history = historySeenBy(actor, record, plain, now).map((entry) => ({
    ...entry,
    author: 'author' in entry ? entry.author : ''
  }));
  return { record: recordToWire(seenBy(actor, record, now)), history };
}

/** How far the log has come, and up to where tombstones have been forgotten. */
async function counterOf(store: Store, community: string) {
  return store.connection
    .selectFrom('community')
    .select(['head', 'forgotten_through'])
    .where('code', '=', community)
    .executeTakeFirstOrThrow();
}

function byRecord<Touch extends { record_id: string }>(touches: readonly Touch[]): Map<RecordId, Touch[]> {
  const touchesById = new Map<RecordId, Touch[]>();
  for (const touch of touches) {
    const id = touch.record_id as RecordId;
    const known = touchesById.get(id);
    if (known) known.push(touch);
    else touchesById.set(id, [touch]);
  }
  return touchesById;
}

function keysOf(text: string): VisibilityKeys {
  return JSON.parse(text) as VisibilityKeys;
}

/** Whole changes only: a change that wrote two records is never cut between two pages. */
async function pageOfTouches(store: Store, community: string, from: number, head: number, size: number) {
  const touches = await store.connection
    .selectFrom('touch')
    .innerJoin('change', (join) =>
      join.onRef('change.community', '=', 'touch.community').onRef('change.sequence', '=', 'touch.sequence')
    )
    .select([
      'touch.sequence',
      'touch.record_id',
      'touch.before_keys',
      'change.id as change_id',
      'change.device',
      'change.author'
    ])
    .where('touch.community', '=', community)
    .where('touch.sequence', '>', from)
    .where('touch.sequence', '<=', head)
    .orderBy('touch.sequence')
    .limit(size + 1)
    .execute();
  if (touches.length <= size) return { touches, upTo: head, more: false };
  const cut = touches.at(-1)!.sequence;
  const whole = touches.filter((touch) => touch.sequence < cut);
  return { touches: whole, upTo: cut - 1, more: true };
}
