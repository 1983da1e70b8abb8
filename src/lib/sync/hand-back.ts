import type { ToHandBack } from '../data/database';
import { listToHandBack, markHandedBack, postponeHandBack } from '../data/hand-back';
import { loadCursor } from '../data/pulled';
import { HandBackReply } from '../protocol/hand-back';
import { pushBody } from '../protocol/push';
import { protocolVersion } from '../protocol/version';
import { outcomeOf, type Run, type SyncContext } from './context';
import { afterFailure, afterSuccess, maxLone, nextBatch, type Window } from './plan';

/**
 * Step 11: hands back what a restored office has lost, oldest first, before anything new is sent: that may be built on
 * it. What waits for others and what the office fails on keeps nothing else.
 */
export async function handBack(
  context: SyncContext,
  community: string,
  window: Window,
  onBegin: () => void
): Promise<Run> {
  const { database } = context.author;
  let size = window;
  let lone = 0;
  for (;;) {
    const waiting = await listToHandBack(database, community, context.now(), size.changes);
    if (!waiting.length) return { outcome: 'done', window: size };
    onBegin();
    const batch = nextBatch(
      waiting.map((row) => ({ ...row, body: row.line })),
      size
    );
    const started = context.now();
    const answer = await send(context, community, batch);
    if (answer.status === 'answered' && answer.value.results.length === batch.length) {
      await settle(context, batch, answer.value);
      size = afterSuccess(size, context.now() - started);
      lone = 0;
      continue;
    }
    if (answer.status === 'refused' && answer.code !== 'too-large' && answer.code !== 'malformed')
      // It takes part here no more: the pull sees to that.
      return { outcome: answer.code === 'not-granted' ? 'done' : outcomeOf(answer), window: size };
    size = { ...afterFailure(size), changes: Math.max(1, Math.floor(batch.length / 2)) };
    // Less of it next time: a link that breaks before all is through must not be asked for the same again.
    if (answer.status === 'away' || answer.status === 'answered') return { outcome: 'away', window: size };
    if (batch.length > 1) continue;
    // That many, one after the other: the server fails on everything.
    if (++lone === maxLone) return { outcome: 'away', window: size };
    await postponeHandBack(database, batch, 'fault', context.now());
  }
}

async function send(context: SyncContext, community: string, batch: readonly ToHandBack[]) {
  const { account, device, database } = context.author;
  const epoch = (await loadCursor(database, community))?.epoch ?? '';
  const head = { protocol: protocolVersion, account, device, community, epoch };
  const lines = batch.map(({ line }) => line);
  return context.transport.postLines('/api/sync/hand-back', pushBody(head, lines), HandBackReply);
}

async function settle(
  context: SyncContext,
  batch: readonly ToHandBack[],
  { results, ahead }: HandBackReply
): Promise<void> {
  const { database } = context.author;
  const waits = batch.filter((_, index) => results[index] === 'waits');
  const done = batch.filter((_, index) => results[index] !== 'waits');
  await markHandedBack(database, done, ahead);
  await postponeHandBack(database, waits, 'waits', context.now());
}
