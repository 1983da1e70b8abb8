import { loadCursor, loadFirstReceipt, storePage } from '../data/pulled';
import { loadReferenceRevision, storeReference } from '../data/reference';
import type { HistoryEntry } from '../domain/history';
import { Reference } from '../domain/reference';
import { PullReply } from '../protocol/pull';
import { protocolVersion } from '../protocol/version';
import { wireToRecord } from '../protocol/wire-record';
import type { Outcome, SyncContext } from './context';
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
  if (first !== 'done') return first;
  const isCurrent = paged.reference === (await loadReferenceRevision(database, community));
  return paged.reference === undefined || isCurrent ? 'done' : pullReference(context, community);
}

/** Until the head is reached; then with the revision of the reference data there. */
async function pullPages(
  context: SyncContext,
  community: string
): Promise<{ outcome: Outcome; reference?: string }> {
  const { account, device, database } = context.author;
  for (;;) {
    const cursor = await loadCursor(database, community);
    // A sequence counts in its community: receipts of one alone say which.
    const isKnown = !cursor && context.communities.length === 1;
    const ownSince = isKnown ? await loadFirstReceipt(database) : undefined;
    const request = { protocol: protocolVersion, account, device, community, cursor, ownSince };
    const answer = await context.transport.postJson('/api/sync/pull', request, PullReply);
    if (answer.status !== 'answered') return { outcome: unanswered(answer) };
    const page = answer.value;
    const rows = page.rows.map((row) => ({
      record: wireToRecord(row.record),
      history: row.history as unknown as HistoryEntry[]
    }));
    await storePage(
      database,
      { community, cursor: page.cursor, rows, leftScope: page.leftScope },
      (bases, unsent) => rebase(bases, unsent, context.author.rulesOf)
    );
    if (!page.more) return { outcome: 'done', reference: page.reference };
  }
}

async function pullReference(context: SyncContext, community: string): Promise<Outcome> {
  const answer = await context.transport.getJson(`/api/reference?community=${community}`, Reference);
  if (answer.status !== 'answered') return unanswered(answer);
  await storeReference(context.author.database, answer.value);
  return 'done';
}

function unanswered(answer: { status: 'refused' | 'away' | 'fault'; code?: string }): Outcome {
  if (answer.code === 'not-signed-in') return 'signed-out';
  if (answer.code === 'account-mismatch' || answer.code === 'upgrade-needed') return answer.code;
  // A community this account no longer takes part in is left alone; its records stay until the change of scope is built (step 10).
  return answer.code === 'not-granted' ? 'done' : 'away';
}
