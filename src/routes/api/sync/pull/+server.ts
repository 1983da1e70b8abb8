import { PullRequest } from '$lib/protocol/pull';
import { protocolVersion } from '$lib/protocol/version';
import { noteOpening, noteRefusedPlace } from '$lib/server/access-log';
import { problem } from '$lib/server/problem';
import { jsonReply, readJson } from '$lib/server/read-body';
import { takesPart } from '$lib/server/records/accounts';
import { pull } from '$lib/server/serve';
import type { RequestHandler } from './$types';

/** Step 9: one page of a community, from a cursor. */
export const POST: RequestHandler = async ({ request, locals }) => {
  const { session, store } = locals;
  if (!session) return problem({ code: 'not-signed-in' });
  const body = await readJson(request, PullRequest);
  if ('refusal' in body) return problem(body.refusal);
  const { account, community, protocol } = body.value;
  if (account !== session.account) return problem({ code: 'account-mismatch' });
  if (protocol > protocolVersion) return problem({ code: 'upgrade-needed' });
  const now = new Date().toISOString();
  if (!(await takesPart(store, session.grants, community, now))) {
    await noteRefusedPlace(store, session, { what: 'records', purpose: 'sync', asked: community }, now);
    return problem({ code: 'not-granted' });
  }
  await noteOpening(
    store,
    { account, community, what: 'records', recordId: '', purpose: 'sync', isRefused: false },
    now
  );
  const page = await pull(store, session, body.value, now);
  return page ? jsonReply(request, page) : problem({ code: 'not-found' });
};
