import { problem } from '$lib/server/problem';
import { jsonReply } from '$lib/server/read-body';
import { listCommunities } from '$lib/server/records/accounts';
import { loadReference } from '$lib/server/records/reference';
import { grantsInForce } from '$lib/domain/grant';
import type { RequestHandler } from './$types';

/** Borders, buildings, categories, names: what a tablet needs offline besides records. */
export const GET: RequestHandler = async ({ request, url, locals }) => {
  const { session, store } = locals;
  if (!session) return problem({ code: 'not-signed-in' });
  const community = url.searchParams.get('community') ?? '';
  const areas = grantsInForce(session.grants, new Date().toISOString()).map((grant) => grant.area);
  const mine = await listCommunities(store, areas);
  if (!mine.some(({ code }) => code === community)) return problem({ code: 'not-granted' });
  const reference = await loadReference(store, community);
  return reference ? jsonReply(request, reference) : problem({ code: 'not-found' });
};
