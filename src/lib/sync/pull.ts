import type { Rebase } from '../data/overlay';
import {
  dropCommunity,
  loadAhead,
  loadCursor,
  loadFirstReceipt,
  startAnew,
  storePage,
  type PulledPage
} from '../data/pulled';
import { loadReferenceRevision, storeReference } from '../data/reference';
import { loadSetting, type Cursor } from '../data/settings';
import type { HistoryEntry } from '../domain/history';
import { recordKinds } from '../domain/record';
import { Reference } from '../domain/reference';
import { PullReply, type PullRequest } from '../protocol/pull';
import { grantsOfScope, isSameScope } from '../protocol/scope';
import { protocolVersion } from '../protocol/version';
import { wireToRecord } from '../protocol/wire-record';
import { outcomeOf, type Outcome, type SyncContext } from './context';
import { rebase } from './rebase';

/** Step 9: pages of one community until its head is reached, and its reference data if that changed. */
export async function pull(context: SyncContext, community: string): Promise<Outcome> {
  const { database } = context.author;
  const known = await loadReferenceRevision(database, community);
  // A tablet that has none need not wait for a page to tell it so.
  const [paged, first] = await Promise.all([
    pullPages(context, community),
    known === undefined ? pullReference(context, community) : ('done' as const)
  ]);
  if (paged.outcome !== 'done') return paged.outcome;
  if (paged.reference === undefined) return 'done';
  if (first !== 'done') return first;
  const isCurrent = paged.reference === (await loadReferenceRevision(database, community));
  return isCurrent ? 'done' : pullReference(context, community);
}

/** Until the head is reached; then with the revision of the reference data there. */
async function pullPages(
  context: SyncContext,
  community: string
): Promise<{ outcome: Outcome; reference?: string }> {
  const { database, rulesOf } = context.author;
  const layOver: Rebase = (bases, unsent) => rebase(bases, unsent, rulesOf);
  for (;;) {
    const cursor = await loadCursor(database, community);
    const request = await requestFor(context, community, cursor);
    const answer = await context.transport.postJson('/api/sync/pull', request, PullReply);
    if (answer.status === 'refused' && answer.code === 'not-granted') {
      await dropCommunity(database, community, layOver);
      context.onGrantsChanged?.();
      return { outcome: 'done' };
    }
    if (answer.status !== 'answered') return { outcome: outcomeOf(answer) };
    const reply = answer.value;
    const page = pageOf(reply, cursor);
    if (reply.anew === 'restored') {
      const { beginHandBack } = await import('../data/hand-back');
      await beginHandBack(database, community, reply.cursor);
      return { outcome: 'store-restored' };
    }
    if (reply.anew) await startAnew(database, community, reply.cursor);
    else await storePage(database, page, layOver);
    if (page.areOther && cursor) context.onGrantsChanged?.();
    if (!reply.more) return { outcome: 'done', reference: reply.reference };
  }
}

async function requestFor(
  { author, communities }: SyncContext,
  community: string,
  cursor: Cursor | undefined
): Promise<PullRequest> {
  const { account, device, database } = author;
  // A sequence counts in its community: receipts of one alone say which. Who has read before may have had to let go of it.
  const isFirst = !cursor && (await loadSetting(database, 'lastSyncedAt')) === undefined;
  const isKnown = isFirst && communities.length === 1;
  const ownSince = isKnown ? await loadFirstReceipt(database) : undefined;
  const ahead = await loadAhead(database, community);
  const who = { protocol: protocolVersion, account, device, community };
  return { ...who, kinds: [...recordKinds], cursor, ahead, ownSince } as PullRequest;
}

/** In the tablet's own terms. */
function pageOf(reply: PullReply, before: Cursor | undefined): PulledPage {
  const { community, cursor, leftScope, erased = [] } = reply;
  // A server of protocol 1 says nothing of it.
  const { scope } = cursor;
  // Also at the first: what was recorded before under other grants may have reached the office already.
  const areOther = Boolean(scope) && !isSameScope(before?.scope as string[] | undefined, scope);
  const rows = reply.rows.map((row) => ({
    record: wireToRecord(row.record),
    history: row.history as unknown as HistoryEntry[]
  }));
  const grants = scope && grantsOfScope(scope);
  return { community, cursor, rows, leftScope, erased, grants, areOther, isLast: !reply.more };
}

async function pullReference(context: SyncContext, community: string): Promise<Outcome> {
  const path = `/api/reference?community=${community}&unplaced`;
  const answer = await context.transport.getJson(path, Reference);
  if (answer.status !== 'answered') return outcomeOf(answer);
  await storeReference(context.author.database, answer.value);
  return 'done';
}
