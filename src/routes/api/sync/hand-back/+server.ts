import { noteRefusedPlace } from '$lib/server/access-log';
import { HandBackHead, HandedBack, type HandBackReply } from '$lib/protocol/hand-back';
import { maxChangesPerPush, protocolVersion } from '$lib/protocol/version';
import { problem } from '$lib/server/problem';
import { jsonReply, parseJson } from '$lib/server/read-body';
import { readLines } from '$lib/server/read-lines';
import { takesPart } from '$lib/server/records/accounts';
import { aheadOf } from '$lib/server/restored';
import { takeBack } from '$lib/server/take-back';
import type { RequestHandler } from './$types';

/** Step 11: what a device holds of what this restored server has lost. */
export const POST: RequestHandler = async ({ request, locals }) => {
  const { session, store } = locals;
  const body = await readLines(request, session, HandBackHead, maxChangesPerPush);
  if ('refusal' in body) return problem(body.refusal);
  const { head, lines } = body;
  const now = new Date().toISOString();
  if (!(await takesPart(store, body.session.grants, head.community, now))) {
    const refused = { what: 'records', purpose: 'sync', asked: head.community } as const;
    await noteRefusedPlace(store, body.session, refused, now);
    return problem({ code: 'not-granted' });
  }
  if (head.epoch !== store.epoch) return problem({ code: 'store-restored' });
  const handedBack: HandedBack[] = [];
  for (const line of lines) {
    const read = parseJson(line, HandedBack);
    if ('refusal' in read) return problem(read.refusal);
    handedBack.push(read.value);
  }
  const sender = { actor: body.session, device: head.device };
  const results = await takeBack(store, sender, head.community, handedBack, now);
  const ahead = await aheadOf(store, head.community);
  return jsonReply(request, { protocol: protocolVersion, results, ahead } satisfies HandBackReply);
};
