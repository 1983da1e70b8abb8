import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { CommunityCode } from '$lib/domain/area';
import { grantsInForce, type Role } from '$lib/domain/grant';
import type { Instant } from '$lib/domain/instant';
import type { Reference } from '$lib/domain/reference';
import { mayAdminister, mayCarry, mayOverAll } from '$lib/domain/rights';
import { listCommunities } from '$lib/server/records/accounts';
import type { Reading } from '$lib/server/records/desk';
import { overlaps } from '$lib/server/records/desk-scope';
import { loadReference } from '$lib/server/records/reference';
import type { Session } from '$lib/server/session';

/** Remembers which of several communities a person works in. */
const communityCookie = 'xunge-community';
const yearSeconds = 365 * 24 * 3_600;

/** The roles that have a desk. Whoever walks has a tablet. */
const deskRoles: readonly Role[] = ['communityOfficer', 'streetOfficer', 'unitHandler', 'admin'];

export type DeskPage =
  'inbox' | 'cases' | 'hand-in' | 'opening' | 'people' | 'access' | 'privacy' | 'settings';

/** Who sits at the desk, in which of their communities, and which pages are theirs. */
export interface Desk {
  session: Session;
  now: Instant;
  communities: { code: CommunityCode; name: string }[];
  /** Undefined where the person's areas hold no community yet. */
  community?: { code: CommunityCode; name: string };
  pages: DeskPage[];
}

type Event = Pick<RequestEvent, 'locals' | 'url' | 'cookies'>;

/** Sends everybody else to the tablet. */
export async function openDesk({ locals, url, cookies }: Event): Promise<Desk> {
  const { session, store } = locals;
  if (!session) redirect(303, '/sign-in');
  const now = new Date().toISOString();
  const grants = grantsInForce(session.grants, now).filter(({ role }) => deskRoles.includes(role));
  if (grants.length === 0) redirect(303, '/');
  const communities = await listCommunities(
    store,
    grants.map(({ area }) => area)
  );
  const wanted = url.searchParams.get('community');
  const chosen = communities.find(({ code }) => code === wanted);
  const options = { path: '/office', maxAge: yearSeconds, secure: url.protocol === 'https:' };
  if (chosen) cookies.set(communityCookie, chosen.code, options);
  const remembered = cookies.get(communityCookie);
  const community = chosen ?? communities.find(({ code }) => code === remembered) ?? communities[0];
  return { session, now, communities, community, pages: pagesOf(session, community?.code, now) };
}

/** The pages of a person in one community. */
export function pagesOf(session: Session, community: CommunityCode | undefined, now: Instant): DeskPage[] {
  const roles = grantsInForce(session.grants, now)
    .filter(({ area, role }) => role === 'admin' || (community && overlaps(area, community)))
    .map(({ role }) => role);
  const isOffice = roles.includes('communityOfficer') || roles.includes('streetOfficer');
  const pages: [DeskPage, boolean][] = [
    ['inbox', isOffice],
    ['cases', isOffice || roles.includes('unitHandler')],
    ['hand-in', community !== undefined && mayCarry(session, community, now)],
    ['opening', roles.includes('admin')],
    ['people', community !== undefined && mayAdminister(session, community, now)],
    ['access', community !== undefined && mayAdminister(session, community, now)],
    ['privacy', community !== undefined && mayOverAll(session, 'inspect', community, now)],
    ['settings', roles.includes('admin')]
  ];
  return pages.filter(([, isTheirs]) => isTheirs).map(([page]) => page);
}

export function homeOf({ pages }: Pick<Desk, 'pages'>): string {
  return `/office/${pages[0] ?? 'settings'}`;
}

/** Who asks the lists of this page; somebody without the page is sent to their own first one. */
export async function openPage(
  event: Event,
  page: DeskPage
): Promise<Desk & { reading: Reading; reference: Reference }> {
  const desk = await openDesk(event);
  if (!desk.pages.includes(page) || !desk.community) redirect(303, homeOf(desk));
  const { store } = event.locals;
  const reference = await loadReference(store, desk.community.code);
  if (!reference) error(404);
  const reading = { store, actor: desk.session, community: desk.community.code, now: desk.now };
  return { ...desk, reading, reference };
}
