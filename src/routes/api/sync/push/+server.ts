import { PushHead, type PushReply } from '$lib/protocol/push';
import {
  maxChangesPerPush,
  maxPushBytesCompressed,
  maxPushBytesInflated,
  protocolVersion
} from '$lib/protocol/version';
import { senderOf } from '$lib/server/carry';
import { discardBody } from '$lib/server/discard-body';
import { receiptsTotal } from '$lib/server/metrics';
import { problem } from '$lib/server/problem';
import { jsonReply, parseJson, readText } from '$lib/server/read-body';
import { receive } from '$lib/server/receive';
import type { RequestHandler } from './$types';

/** Steps 3 to 5: changes in, one receipt each out. */
export const POST: RequestHandler = async ({ request, locals }) => {
  const { session, store } = locals;
  if (!session) {
    await discardBody(request);
    return problem({ code: 'not-signed-in' });
  }
  const body = await readText(request, { bytes: maxPushBytesCompressed, inflated: maxPushBytesInflated });
  if ('refusal' in body) return problem(body.refusal);
  const [first = '', ...changes] = body.text.split('\n').filter((line) => line !== '');
  const head = parseJson(first, PushHead);
  if ('refusal' in head) return problem(head.refusal);
  const { account, protocol } = head.value;
  if (account !== session.account) return problem({ code: 'account-mismatch' });
  if (protocol > protocolVersion) return problem({ code: 'upgrade-needed' });
  if (changes.length > maxChangesPerPush)
    return problem({ code: 'too-large', details: { maximum: maxChangesPerPush } });
  const sender = await senderOf(store, session, head.value);
  if ('refusal' in sender) return problem(sender.refusal);
  const receivedAt = new Date().toISOString();
  const receipts = await receive(store, sender, changes, receivedAt);
  for (const receipt of receipts)
    receiptsTotal.inc({ status: receipt.status }, receipt.status === 'accepted' ? receipt.count : 1);
  return jsonReply(request, { protocol: protocolVersion, receivedAt, receipts } satisfies PushReply);
};
