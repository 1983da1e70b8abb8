import { grantsInForce } from '$lib/domain/grant';
import { problem } from '$lib/server/problem';
import { listCommunities } from '$lib/server/records/accounts';
import { liveStream } from '$lib/server/live-stream';
import { loadSession, sessionCookie } from '$lib/server/session';
import type { RequestHandler } from './$types';

/** Step 13: server-sent hints to pull. */
export const GET: RequestHandler = async ({ locals, cookies }) => {
  const { session, store } = locals;
  if (!session) return problem({ code: 'not-signed-in' });
  const areas = grantsInForce(session.grants, new Date().toISOString()).map((grant) => grant.area);
  const communities = (await listCommunities(store, areas)).map(({ code }) => code);
  const token = cookies.get(sessionCookie) ?? '';
  const isStillSignedIn = async () => (await loadSession(store, token, new Date().toISOString())) !== null;
  return liveStream(store, communities, isStillSignedIn);
};
