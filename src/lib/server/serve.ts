import type { Actor } from '../domain/grant';
import type { HistoryEntry } from '../domain/history';
import type { AccountId, ChangeId, RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import type { ChangeKindName } from '../domain/changes';
import { visibilityOf, type AnyRecord, type VisibilityKeys } from '../domain/record';
import { parseChange } from '../domain/judge';
import { mayDo } from '../domain/rights';
import { historySeenBy, seenBy } from '../domain/seen-record';
import type { Cursor, PullReply, PullRequest } from '../protocol/pull';
import { scopeOf } from '../protocol/scope';
import { firstProtocolWithScopes, maxTouchesPerPull, protocolVersion } from '../protocol/version';
import { recordToWire } from '../protocol/wire-record';
import { backfillFor, readBackfill } from './backfill';
import { syncingGrants } from './records/accounts';
import { loadRecords } from './records/records';
import { loadReference } from './records/reference';
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
  head: number;
  from: number;
  /** Everything is read anew: up to here even the reader's own writes are told. */
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
  const { community, cursor, device } = request;
  const reference = await loadReference(store, community);
  if (!reference) return null;
  const knowsScopes = request.protocol >= firstProtocolWithScopes;
  const { head, forgotten_through } = await counterOf(store, community);
  const isTooOld = cursor?.epoch === store.epoch && missesTombstones(cursor, forgotten_through);
  const reply = { protocol: protocolVersion, community, reference: reference.revision };
  if (isTooOld && knowsScopes)
    return {
      ...reply,
      anew: 'too-old',
      cursor: { epoch: store.epoch, sequence: 0 },
      more: true,
      rows: [],
      leftScope: []
    };
  // Step 11: a cursor of another life of the store, or ahead of it, starts over.
  const goesOn = cursor?.epoch === store.epoch && cursor.sequence <= head && !isTooOld;
  const from = goesOn ? cursor.sequence : 0;
  const wholeThrough = from === 0 ? head : (cursor?.wholeThrough ?? 0);
  const actor: Actor = { account: account.account, grants: syncingGrants(account.grants, now) };
  const reading: Reading = { store, community, device, actor, now, size, head, from, wholeThrough };
  const page = await readTouches(reading);
  const scope = scopeOf(actor.grants, community);
  const backfill = knowsScopes && from > 0 ? backfillFor(cursor, scope) : undefined;
  const filled =
    backfill && !page.more ? await readBackfill(reading, backfill) : { records: [], rest: backfill };
  const known = new Set(page.shown.map((record) => record.id));
  const shown = [...page.shown, ...filled.records.filter((record) => !known.has(record.id))];
  const history = await loadHistory(
    store,
    community,
    shown.map((record) => record.id)
  );
  const next: Cursor = { epoch: store.epoch, sequence: page.upTo };
  if (page.upTo < wholeThrough) next.wholeThrough = wholeThrough;
  if (knowsScopes) next.scope = scope;
  if (filled.rest) next.backfill = filled.rest;
  return {
    ...reply,
    cursor: next,
    more: page.more || filled.rest !== undefined,
    rows: shown.map((record) => rowFor(actor, record, history.get(record.id) ?? [], now)),
    leftScope: knowsScopes ? page.leftScope : [...page.leftScope, ...page.erased],
    ...(knowsScopes && page.erased.length ? { erased: page.erased } : {})
  };
}

/** Not where it began from nothing since: then it never had what was erased. */
function missesTombstones({ sequence, wholeThrough = 0 }: Cursor, forgottenThrough: number): boolean {
  return sequence > 0 && Math.max(sequence, wholeThrough) < forgottenThrough;
}

/** What changed since the cursor: records to show, and tombstones of those that left the scope or were erased. */
async function readTouches(reading: Reading) {
  const { store, community, device, actor, now, from, head, size, wholeThrough } = reading;
  const { touches, upTo, more } = await pageOfTouches(store, community, from, head, size);
  const touchesById = byRecord(touches);
  const recordsById = await loadRecords(store.connection, community, [...touchesById.keys()]);
  const maySee = (keys: VisibilityKeys) => mayDo(actor, 'read', keys, now);
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
      if (!isEcho) shown.push(record);
    } else if (ofRecord.some((touch) => touch.before_keys && maySee(keysOf(touch.before_keys)))) {
      (record ? leftScope : erased).push(id);
    }
  }
  return { shown, leftScope, erased, upTo, more };
}

function rowFor(
  actor: Actor,
  record: AnyRecord,
  history: HistoryEntry[],
  now: Instant
): PullReply['rows'][number] {
  return {
    record: recordToWire(seenBy(actor, record, now)),
    // An entry without an author says which side spoke.
    history: historySeenBy(actor, record, history, now).map((entry) => ({
      ...entry,
      author: 'author' in entry ? entry.author : ''
    }))
  };
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
    .select(['touch.sequence', 'touch.record_id', 'touch.before_keys', 'change.device', 'change.author'])
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

/** The changes of these records in the order they were accepted, but for the ones that made them. */
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
      .select(['touch.record_id', 'change.id', 'change.kind', 'change.at', 'change.received_at'])
      .select(['change.author', 'change.body', 'account.name'])
      .where('touch.community', '=', community)
      .where('touch.record_id', 'in', ids.slice(start, start + 500))
      .where('touch.creates', '=', 0)
      // A stored photo shows at the photo; a track is opened apart, with a reason.
      .where('change.kind', 'not in', ['photo-stored', 'track-recorded'])
      // What is left of a change of an erased record (step 12) has nothing to tell.
      .where('change.body', '<>', '')
      .orderBy('touch.sequence')
      .execute();
    for (const row of rows) {
      const entry: HistoryEntry = {
        id: row.id as ChangeId,
        kind: row.kind as ChangeKindName,
        at: row.at,
        receivedAt: row.received_at,
        author: row.author as AccountId,
        authorName: row.name ?? undefined,
        facts: factsOf(row.body)
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
