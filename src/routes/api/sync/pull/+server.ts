import { PullRequest } from '$lib/protocol/pull';
import { protocolVersion } from '$lib/protocol/version';
import { problem } from '$lib/server/problem';
import { jsonReply, readJson } from '$lib/server/read-body';
import { listCommunities, syncingAreas } from '$lib/server/records/accounts';
import { pull } from '$lib/server/serve';
import type { RequestHandler } from './$types';

/** Step 9: one page of a community, from a cursor. */
export const POST: RequestHandler = async ({ request, locals }) => {
  const { session, store } = locals;
  if (!session) return problem({ code: 'not-signed-in' });
  const body = await readJson(request, PullRequest);
  if ('refusal' in body) return problem(body.refusal);
  const { account, community, cursor, device, ownSince, protocol } = body.value;
  if (account !== session.account) return problem({ code: 'account-mismatch' });
  if (protocol > protocolVersion) return problem({ code: 'upgrade-needed' });
  const now = new Date().toISOString();
  const mine = await listCommunities(store, syncingAreas(session.grants, now));
  if (!mine.some(({ code }) => code === community)) return problem({ code: 'not-granted' });
  const page = await pull(store, session, device, community, cursor, now, undefined, ownSince);
  return page ? jsonReply(request, page) : problem({ code: 'not-found' });
};
