import type { Actor } from '../domain/grant';
import type { HistoryEntry } from '../domain/history';
import type { AccountId, ChangeId, RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import type { ChangeKindName } from '../domain/changes';
import { visibilityOf, type AnyRecord, type VisibilityKeys } from '../domain/record';
import { mayDo } from '../domain/rights';
import type { Cursor, PullReply } from '../protocol/pull';
import { maxRecordsPerPull, protocolVersion } from '../protocol/version';
import { recordToWire } from '../protocol/wire-record';
import { loadRecords } from './records/records';
import { loadReference } from './records/reference';
import type { Store } from './store';

/** More touches than this are never read for one page: a reader pages, the server stays quick for the others. */
const maxTouchesPerPage = maxRecordsPerPull;

/**
 * One page of what this account may see and this device does not know yet (step 9). Null where there is no such community.
 * The caller has seen to it that the account takes part in the community.
 */
export async function pull(
  store: Store,
  actor: Actor,
  device: string,
  community: string,
  cursor: Cursor | undefined,
  now: Instant
): Promise<PullReply | null> {
  const reference = await loadReference(store, community);
  if (!reference) return null;
  const head = await headOf(store, community);
  // Step 11: a cursor of another life of the store, or ahead of it, starts over.
  const from = cursor?.epoch === store.epoch && cursor.sequence <= head ? cursor.sequence : 0;
  const { touches, upTo, more } = await pageOfTouches(store, community, from, head);
  const touchesById = byRecord(touches);
  const recordsById = await loadRecords(store.connection, community, [...touchesById.keys()]);
  const maySee = (keys: VisibilityKeys) => mayDo(actor, 'read', keys, now);
  const shown: AnyRecord[] = [];
  const leftScope: RecordId[] = [];
  for (const [id, record] of recordsById) {
    const ofRecord = touchesById.get(id)!;
    // Own writes are not echoed, but for a device that starts from nothing.
    const isEcho = from > 0 && ofRecord.every((touch) => touch.device === device);
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
    cursor: { epoch: store.epoch, sequence: upTo },
    more,
    rows: shown.map((record) => ({
      record: recordToWire(record),
      history: (history.get(record.id) ?? []) as unknown as PullReply['rows'][number]['history']
    })),
    leftScope,
    reference: reference.revision
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
async function pageOfTouches(store: Store, community: string, from: number, head: number) {
  const touches = await store.connection
    .selectFrom('touch')
    .innerJoin('change', (join) =>
      join.onRef('change.community', '=', 'touch.community').onRef('change.sequence', '=', 'touch.sequence')
    )
    .select(['touch.sequence', 'touch.record_id', 'touch.before_keys', 'change.device'])
    .where('touch.community', '=', community)
    .where('touch.sequence', '>', from)
    .where('touch.sequence', '<=', head)
    .orderBy('touch.sequence')
    .limit(maxTouchesPerPage + 1)
    .execute();
  if (touches.length <= maxTouchesPerPage) return { touches, upTo: head, more: false };
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
        facts: (JSON.parse(row.body) as { facts: Record<string, unknown> }).facts
      };
      const id = row.record_id as RecordId;
      historyById.set(id, [...(historyById.get(id) ?? []), entry]);
    }
  }
  return historyById;
}
