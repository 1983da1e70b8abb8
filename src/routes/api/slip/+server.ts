import { SlipQuestion, type SlipReply } from '$lib/protocol/session';
import { problem } from '$lib/server/problem';
import { readJson } from '$lib/server/read-body';
import { readSlip } from '$lib/server/slip';
import type { RequestHandler } from './$types';

/** In the body, since addresses are written down on the way. */
export const POST: RequestHandler = async ({ request, locals }) => {
  const body = await readJson(request, SlipQuestion);
  if ('refusal' in body) return problem(body.refusal);
  const slip = await readSlip(locals.store, body.value.slip, new Date().toISOString());
  if ('refusal' in slip) return problem(slip.refusal);
  const reply: SlipReply = { name: slip.name };
  return Response.json(reply);
};
