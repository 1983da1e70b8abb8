import type { AreaCode } from '$lib/domain/area';
import { grantsInForce } from '$lib/domain/grant';
import { noteRefusedPlace } from '$lib/server/access-log';
import { isOtherAccount } from '$lib/server/account-check';
import { problem } from '$lib/server/problem';
import { jsonReply } from '$lib/server/read-body';
import { listCommunities, syncingAreas } from '$lib/server/records/accounts';
import { loadReference } from '$lib/server/records/reference';
import type { RequestHandler } from './$types';

/** Borders, buildings, categories, names: what a tablet needs offline besides records. */
export const GET: RequestHandler = async ({ request, url, locals }) => {
  const { session, store } = locals;
  if (!session) return problem({ code: 'not-signed-in' });
  if (isOtherAccount(request, session)) return problem({ code: 'account-mismatch' });
  const community = url.searchParams.get('community') ?? '';
  const now = new Date().toISOString();
  const isAmong = async (areas: AreaCode[]) =>
    (await listCommunities(store, areas)).some(({ code }) => code === community);
  const areas = grantsInForce(session.grants, now).map((grant) => grant.area);
  if (!(await isAmong(areas))) {
    await noteRefusedPlace(store, session, { what: 'records', purpose: 'sync', asked: community }, now);
    return problem({ code: 'not-granted' });
  }
  const reference = await loadReference(store, community);
  if (!reference) return problem({ code: 'not-found' });
  // A unit, the street and an administrator do not learn who works here.
  const people = (await isAmong(syncingAreas(session.grants, now))) ? reference.people : [];
  // A tablet that does not ask for them cannot read buildings without a position.
  const buildings = reference.buildings.filter(
    ({ position }) => position || url.searchParams.has('unplaced')
  );
  return jsonReply(request, { ...reference, buildings, people });
};
