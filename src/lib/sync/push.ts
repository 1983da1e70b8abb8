import type { Trouble } from '../data/database';
import { listWaiting, markOffered, noteFailureAlone, type WaitingChange } from '../data/outbox';
import { settle, type Settlement } from '../data/settled';
import { PushReply, pushBody, receiptedCount } from '../protocol/push';
import type { Receipt } from '../protocol/receipt';
import { protocolVersion } from '../protocol/version';
import { wireToRecord } from '../protocol/wire-record';
import type { Outcome, SyncContext } from './context';
import { afterFailure, afterSuccess, nextBatch, type Window } from './plan';
import { rebase } from './rebase';

/**
 * Step 3 to 7: sends what is unsent, oldest first, until nothing is left or the link is gone.
 * If it dies half-way, everything unreceipted is sent again, and the server answers the same.
 */
export async function push(
  context: SyncContext,
  window: Window
): Promise<{ outcome: Outcome; window: Window }> {
  const { database } = context.author;
  let size = window;
  let failures = 0;
  for (;;) {
    const waiting = await listWaiting(database, context.now(), size.changes);
    if (!waiting.length) return { outcome: 'done', window: size };
    const batch = await markOffered(database, nextBatch(waiting, size));
    if (!batch.length) continue;
    const started = context.now();
    const answer = await send(context, batch);
    if (answer.status === 'answered' && receiptedCount(answer.value.receipts) === batch.length) {
      await settle(database, settlementOf(batch, answer.value.receipts), (bases, unsent) =>
        rebase(bases, unsent, context.rulesOf(context.author.community))
      );
      size = afterSuccess(size, context.now() - started);
      failures = 0;
      continue;
    }
    if (answer.status === 'refused' && answer.code !== 'too-large')
      return { outcome: outcomeOf(answer.code), window: size };
    size = afterFailure(size);
    const isItsOwnFault = answer.status === 'refused' || answer.status === 'fault';
    if (isItsOwnFault && batch.length === 1) await noteFailureAlone(database, batch[0]!, context.now());
    else if (!isItsOwnFault && ++failures >= 2) return { outcome: 'away', window: size };
    // A batch that fails as a whole is halved until the one that spoils it stands alone.
    size = { ...size, changes: Math.min(size.changes, Math.max(1, Math.floor(batch.length / 2))) };
  }
}

function send(context: SyncContext, batch: readonly WaitingChange[]) {
  const { account, device } = context.author;
  const text = pushBody(
    { protocol: protocolVersion, account, device },
    batch.map((row) => row.body)
  );
  return context.transport.postLines('/api/sync/push', text, PushReply);
}

function outcomeOf(code: string): Outcome {
  if (code === 'not-signed-in') return 'signed-out';
  if (code === 'account-mismatch' || code === 'upgrade-needed') return code;
  return 'away';
}

/** The receipts in the tablet's own terms: runs of orders, and the exceptions. */
export function settlementOf(batch: readonly WaitingChange[], receipts: readonly Receipt[]): Settlement {
  const settlement: Settlement = { sent: batch, runs: [], troubles: [], news: [] };
  let index = 0;
  for (const receipt of receipts) {
    const row = batch[index]!;
    if ('records' in receipt) settlement.news.push(...receipt.records.map(wireToRecord));
    if (receipt.status === 'accepted') {
      const { count, sequence, receivedAt, seals } = receipt;
      settlement.runs.push(...runsOf(batch.slice(index, index + count), { sequence, receivedAt, seals }));
      index += count;
    } else {
      settlement.troubles.push(troubleOf(row, receipt));
      index++;
    }
  }
  return settlement;
}

/** Orders are gapless unless an earlier exception is sent again: then a run breaks. */
function runsOf(
  rows: readonly WaitingChange[],
  receipt: { sequence: number; receivedAt: string; seals: string[] }
) {
  const runs: Settlement['runs'] = [];
  rows.forEach((row, index) => {
    const run = runs.at(-1);
    const seal = receipt.seals[index]!;
    if (run && run.to + 1 === row.order) {
      run.to = row.order;
      run.seals.push(seal);
    } else {
      const { receivedAt, sequence } = receipt;
      runs.push({ from: row.order, to: row.order, sequence: sequence + index, receivedAt, seals: [seal] });
    }
  });
  return runs;
}

function troubleOf(row: WaitingChange, receipt: Exclude<Receipt, { status: 'accepted' }>): Trouble {
  const base = { order: row.order, changeId: row.id, recordIds: row.recordIds, failures: row.failures };
  switch (receipt.status) {
    case 'refused':
      return { ...base, status: 'refused', refusal: receipt.refusal };
    case 'conflict':
      return { ...base, status: 'conflict', conflict: receipt.fields };
    case 'depends-on':
      return { ...base, status: 'depends-on', dependsOn: receipt.on };
    case 'deferred':
    case 'upgrade-needed':
      return { ...base, status: receipt.status };
  }
}
