import type { Trouble } from '../data/database';
import {
  blame,
  dailyMs,
  faultOf,
  listWaiting,
  markOffered,
  setApart,
  type WaitingChange
} from '../data/outbox';
import { loadPlaces } from '../data/pulled';
import { settle, type Settlement } from '../data/settled';
import { msToInstant } from '../domain/instant';
import { PushReply, pushBody, receiptedCount } from '../protocol/push';
import type { Receipt } from '../protocol/receipt';
import { protocolVersion } from '../protocol/version';
import { wireToRecord } from '../protocol/wire-record';
import { outcomeOf, type Outcome, type SyncContext } from './context';
import { afterFailure, afterSuccess, maxLone, nextBatch, type Window } from './plan';
import { rebase } from './rebase';

export interface Pushed {
  outcome: Outcome;
  window: Window;
  /** What made the server fail alone, while nothing has shown yet that it serves others. */
  lone: WaitingChange[];
  /** So many got no answer alone, one after the other, that the push went no further: if the office answers a pull, they must wait. */
  mute: WaitingChange[];
  /** Changes went alone and without an answer: the other phases may go on, and then they are tried again. */
  unanswered: boolean;
}

/**
 * Step 3 to 7: sends what is unsent, oldest first, until nothing is left or the link is gone. Nothing is tried twice in
 * one run. If it dies half-way, everything unreceipted is sent again, and the server answers the same.
 */
export async function push(context: SyncContext, window: Window): Promise<Pushed> {
  const { database } = context.author;
  const tried = new Set<number>();
  let size = window;
  let aways = 0;
  let lone: WaitingChange[] = [];
  let mute: WaitingChange[] = [];
  for (;;) {
    const end = (outcome: Outcome, unanswered = false) => ({
      outcome,
      window: size,
      lone,
      mute: [],
      unanswered
    });
    const waiting = await listWaiting(database, context.now(), Math.max(2, size.changes), tried);
    if (!waiting.length) return end('done');
    const batch = await markOffered(database, nextBatch(waiting, size));
    if (!batch.length) continue;
    const started = context.now();
    const answer = await send(context, batch);
    // The link's time alone: what the tablet's own store takes afterwards says nothing of the link.
    const tookMs = context.now() - started;
    if (answer.status === 'answered' && receiptedCount(answer.value.receipts) === batch.length) {
      await settle(database, settlementOf(batch, answer.value, started), (bases, unsent) =>
        rebase(bases, unsent, context.author.rulesOf)
      );
      batch.forEach((row) => tried.add(row.order));
      size = afterSuccess(size, tookMs);
      await blame(database, lone, started);
      [aways, lone, mute] = [0, [], []];
      continue;
    }
    if (answer.status === 'refused' && answer.code !== 'too-large') return end(outcomeOf(answer));
    size = afterFailure(size);
    // A batch that fails as a whole is halved until the one that spoils it stands alone.
    size = { ...size, changes: Math.min(size.changes, Math.max(1, Math.floor(batch.length / 2))) };
    if (answer.status === 'away' || answer.status === 'answered') aways++;
    const [alone] = batch.length === 1 ? batch : [];
    if (alone && answer.status === 'fault') lone.push(alone);
    if (alone && answer.status !== 'refused') mute.push(alone);
    if (aways >= 2 || lone.length >= maxLone)
      // One that went with others says nothing of any of them: the link is gone.
      return { ...end(mute.length >= 2 ? 'done' : 'away', true), lone: [], mute };
    if (!alone) continue;
    tried.add(alone.order);
    if (answer.status === 'refused') await blame(database, [alone], started);
    else if (waiting.length === 1) return end('done', true);
    else await setApart(database, alone);
  }
}

async function send(context: SyncContext, batch: readonly WaitingChange[]) {
  const { account, device, database } = context.author;
  const head = {
    protocol: protocolVersion,
    account,
    device,
    cursors: await loadPlaces(database, context.communities)
  };
  const text = pushBody(
    head,
    batch.map((row) => row.body)
  );
  return context.transport.postLines('/api/sync/push', text, PushReply);
}

/** The receipts in the tablet's own terms: runs of orders, and the exceptions. */
export function settlementOf(
  batch: readonly WaitingChange[],
  { receipts, ahead = {} }: Pick<PushReply, 'receipts' | 'ahead'>,
  nowMs: number
): Settlement {
  const settlement: Settlement = { sent: batch, runs: [], troubles: [], news: [], ahead };
  let index = 0;
  for (const receipt of receipts) {
    const row = batch[index]!;
    if ('records' in receipt) settlement.news.push(...receipt.records.map(wireToRecord));
    if (receipt.status === 'accepted') {
      settlement.runs.push(...runsOf(batch.slice(index, index + receipt.count), receipt));
      index += receipt.count;
    } else {
      settlement.troubles.push(troubleOf(row, receipt, nowMs));
      index++;
    }
  }
  return settlement;
}

/** Orders are gapless unless an earlier exception is sent again: then a run breaks. */
function runsOf(rows: readonly WaitingChange[], receipt: Extract<Receipt, { status: 'accepted' }>) {
  const runs: Settlement['runs'] = [];
  const { status, count, records, sequence, receivedAt, seals, settled, ...more } = receipt;
  rows.forEach((row, index) => {
    const seal = seals[index]!;
    let run = runs.at(-1);
    if (run && run.to + 1 === row.order) {
      run.to = row.order;
      run.seals.push(seal);
    } else {
      run = { from: row.order, to: row.order, sequence: sequence + index, receivedAt, seals: [seal] };
      if (Object.keys(more).length) run.more = more;
      runs.push(run);
    }
    const set = settled?.[index];
    if (set) run.settled = { ...run.settled, [row.order]: set };
  });
  return runs;
}

/** What needs another change, or a newer server, is asked about again after this long if nothing happens before. */
const laterMs = 3_600_000;

function troubleOf(
  row: WaitingChange,
  receipt: Exclude<Receipt, { status: 'accepted' }>,
  nowMs: number
): Trouble {
  const { order, id: changeId, recordIds, failures } = row;
  const base = { order, changeId, recordIds, failures };
  const tryAgainAt = msToInstant(nowMs + laterMs);
  switch (receipt.status) {
    case 'refused': {
      // Some are asked about again (`mayBeHandedIn`); the answer is the same until an officer has handed them in.
      const askedAgainAt = msToInstant(nowMs + dailyMs);
      return { ...base, status: 'refused', refusal: receipt.refusal, tryAgainAt: askedAgainAt };
    }
    case 'conflict':
      return { ...base, status: 'conflict', conflict: receipt.fields };
    case 'depends-on':
      return { ...base, status: 'depends-on', dependsOn: receipt.on, tryAgainAt };
    case 'upgrade-needed':
      return { ...base, status: 'upgrade-needed', tryAgainAt };
    case 'deferred':
      return { ...base, ...faultOf(failures, nowMs) };
  }
}
