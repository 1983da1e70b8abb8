import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { CommunityCode } from '$lib/domain/area';
import { grantsInForce } from '$lib/domain/grant';
import type { Instant } from '$lib/domain/instant';
import type { Reference } from '$lib/domain/reference';
import { workplaces, workplacesOf, worksAt, type DeskPage } from '$lib/domain/rights';
import { noteOpening, noteRefusedPlace } from '$lib/server/access-log';
import { listCommunities } from '$lib/server/records/accounts';
import type { Reading } from '$lib/server/records/desk';
import { knowsReporters } from '$lib/server/records/desk-scope';
import { loadReference } from '$lib/server/records/reference';
import type { Session } from '$lib/server/session';

/** Remembers which of several communities a person works in. */
const communityCookie = 'xunge-community';
const yearSeconds = 365 * 24 * 3_600;

const deskPages = workplaces.filter((workplace): workplace is DeskPage => workplace !== 'tablet');

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
  const grants = grantsInForce(session.grants, now).filter(({ role }) =>
    workplacesOf[role].some((workplace) => workplace !== 'tablet')
  );
  if (grants.length === 0) {
    const [, , page] = url.pathname.split('/');
    const asked = deskPages.find((one) => one === page);
    if (asked) await noteRefusedPage({ locals, url }, asked, now);
    redirect(303, '/');
  }
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
  return deskPages.filter((page) => worksAt(session, page, community, now));
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
  if (!desk.pages.includes(page) || !desk.community) {
    await noteRefusedPage(event, page, desk.now);
    redirect(303, homeOf(desk));
  }
  const { store } = event.locals;
  const reference = await loadReference(store, desk.community.code);
  if (!reference) error(404);
  const reading = { store, actor: desk.session, community: desk.community.code, now: desk.now };
  return { ...desk, reading, reference };
}

/** Somebody asked for a page that is not theirs. */
export async function noteRefusedPage(
  { locals: { store, session }, url }: Pick<Event, 'locals' | 'url'>,
  page: DeskPage,
  now: Instant
): Promise<void> {
  const asked = url.searchParams.get('community');
  if (session) await noteRefusedPlace(store, session, { what: 'page', purpose: page, asked }, now);
}

/** A list was shown that names who reported, to somebody who may know it; `isSearch`: who looked for something in it. */
export async function noteListed(
  { store, actor, community, now }: Reading,
  page: DeskPage,
  isSearch: boolean
): Promise<void> {
  if (!knowsReporters(actor, community, now)) return;
  const purpose = isSearch ? 'search' : page;
  const { account } = actor;
  await noteOpening(
    store,
    { account, community, what: 'list', recordId: '', purpose, isRefused: false },
    now
  );
}
