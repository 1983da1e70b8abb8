import { grantsInForce } from '$lib/domain/grant';
import { liveStream } from '$lib/server/live-stream';
import { problem } from '$lib/server/problem';
import { listCommunities } from '$lib/server/records/accounts';
import { loadSession, type Session } from '$lib/server/session';
import type { Store } from '$lib/server/store';
import type { RequestHandler } from './$types';

/** Step 13: server-sent hints to pull. */
export const GET: RequestHandler = async ({ locals }) => {
  const { session, store, token = '' } = locals;
  if (!session) return problem({ code: 'not-signed-in' });
  const communities = await communitiesOf(store, session);
  // With other grants the stream ends; the browser asks anew, and hears of what is granted now.
  const mayGoOn = async () => {
    const current = await loadSession(store, token, new Date().toISOString());
    return current !== null && String(await communitiesOf(store, current)) === String(communities);
  };
  return liveStream(store, session.tokenHash, communities, mayGoOn);
};

async function communitiesOf(store: Store, { grants }: Session): Promise<string[]> {
  const areas = grantsInForce(grants, new Date().toISOString()).map((grant) => grant.area);
  return (await listCommunities(store, areas)).map(({ code }) => code);
}
