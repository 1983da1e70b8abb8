import { PushHead, type PushReply } from '$lib/protocol/push';
import { maxChangesPerPush, protocolVersion } from '$lib/protocol/version';
import { senderOf } from '$lib/server/carry';
import { receiptsTotal } from '$lib/server/metrics';
import { problem } from '$lib/server/problem';
import { jsonReply } from '$lib/server/read-body';
import { readLines } from '$lib/server/read-lines';
import { receive } from '$lib/server/receive';
import { hasLost, listHeads } from '$lib/server/restored';
import type { RequestHandler } from './$types';

/** Steps 3 to 5: changes in, one receipt each out. */
export const POST: RequestHandler = async ({ request, locals }) => {
  const { session, store } = locals;
  const body = await readLines(request, session, PushHead, maxChangesPerPush);
  if ('refusal' in body) return problem(body.refusal);
  const { head, lines } = body;
  const sender = await senderOf(store, body.session, head);
  if ('refusal' in sender) return problem(sender.refusal);
  const receivedAt = new Date().toISOString();
  // What was built on what is lost must not be judged before that is here again.
  if (await hasLost(store, head.cursors, receivedAt)) return problem({ code: 'store-restored' });
  const receipts = await receive(store, sender, lines, receivedAt);
  for (const receipt of receipts)
    receiptsTotal.inc({ status: receipt.status }, receipt.status === 'accepted' ? receipt.count : 1);
  const ahead = await listHeads(store, body.session.grants, receivedAt);
  return jsonReply(request, { protocol: protocolVersion, receivedAt, ahead, receipts } satisfies PushReply);
};
