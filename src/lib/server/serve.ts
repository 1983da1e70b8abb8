import { sql } from 'kysely';
import type { Actor } from '../domain/grant';
import type { HistoryEntry } from '../domain/history';
import type { AccountId, ChangeId, RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import type { ChangeKindName } from '../domain/changes';
import { visibilityOf, type AnyRecord, type VisibilityKeys } from '../domain/record';
import { parseChange } from '../domain/judge';
import { mayDo } from '../domain/rights';
import { historySeenBy, seenBy } from '../domain/seen-record';
import type { Cursor, PullReply } from '../protocol/pull';
import { maxTouchesPerPull, protocolVersion } from '../protocol/version';
import { recordToWire } from '../protocol/wire-record';
import { syncingGrants } from './records/accounts';
import { loadRecords } from './records/records';
import { loadReference } from './records/reference';
import type { Store } from './store';

/**
 * One page of what this account may see and this device does not know yet (step 9). Null where there is no such community.
 * The caller has seen to it that the account takes part in the community. A page holds at most `size` touches, at least
 * two of them: a change may write two records. A reader pages, the server stays quick for the others.
 */
export async function pull(
  store: Store,
  account: Actor,
  device: string,
  community: string,
  cursor: Cursor | undefined,
  now: Instant,
  size = maxTouchesPerPull,
  ownSince?: number
): Promise<PullReply | null> {
  const reference = await loadReference(store, community);
  if (!reference) return null;
  const head = await headOf(store, community);
  // Step 11: a cursor of another life of the store, or ahead of it, starts over.
  const from = cursor?.epoch === store.epoch && cursor.sequence <= head ? cursor.sequence : 0;
  const wholeThrough = from === 0 ? wholeFor(cursor, ownSince, head) : (cursor?.wholeThrough ?? 0);
  const { touches, upTo, more } = await pageOfTouches(store, community, from, head, size);
  const touchesById = byRecord(touches);
  const recordsById = await loadRecords(store.connection, community, [...touchesById.keys()]);
  // What a grant for the desk opens stays at the desk.
  const actor: Actor = { account: account.account, grants: syncingGrants(account.grants, now) };
  const maySee = (keys: VisibilityKeys) => mayDo(actor, 'read', keys, now);
  const shown: AnyRecord[] = [];
  const leftScope: RecordId[] = [];
  for (const [id, record] of recordsById) {
    const ofRecord = touchesById.get(id)!;
    // Own writes are not echoed, but to a device that starts from nothing, and to another account on the same device.
    const isEcho = ofRecord.every(
      (touch) => touch.sequence > wholeThrough && touch.device === device && touch.author === actor.account
    );
    if (maySee(visibilityOf(record))) {
      if (!isEcho) shown.push(record);
    } else if (ofRecord.some((touch) => touch.before_keys && maySee(keysOf(touch.before_keys)))) {
      leftScope.push(id);
    }
  }
  const history = await loadHistory(
    store,
    community,
    shown.map((record) => record.id)
  );
  return {
    protocol: protocolVersion,
    community,
    cursor: { epoch: store.epoch, sequence: upTo, ...(upTo < wholeThrough ? { wholeThrough } : {}) },
    more,
    rows: shown.map((record) => rowFor(actor, record, history.get(record.id) ?? [], now)),
    leftScope,
    reference: reference.revision
  };
}

/** Who begins knows nothing, not even what this device once wrote; unless it has just begun, and says since when it holds that. */
function wholeFor(cursor: Cursor | undefined, ownSince: number | undefined, head: number): number {
  return cursor === undefined && ownSince !== undefined ? Math.min(head, ownSince - 1) : head;
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

export async function headOf(store: Store, community: string): Promise<number> {
  const row = await store.connection
    .selectFrom('community')
    .select('head')
    .where('code', '=', community)
    .executeTakeFirst();
  return row?.head ?? 0;
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
      // The plus keeps SQLite from reading the whole log in this order instead of the few records by their index.
      .orderBy(sql`+touch.sequence`)
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
