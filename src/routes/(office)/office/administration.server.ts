import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Reference } from '$lib/domain/reference';
import { workplaces, type DeskPage } from '$lib/domain/rights';
import type { Administering } from '$lib/server/people';
import { loadReference } from '$lib/server/records/reference';
import { homeOf, noteRefusedPage, openDesk, type Desk } from '../desk.server';

/** For who administers an area; everybody else is sent to their own first page. */
export async function openAdministration(
  event: RequestEvent
): Promise<Desk & { administering: Administering }> {
  const desk = await openDesk(event);
  if (!desk.pages.includes('opening')) {
    const [, , , page] = event.route.id?.split('/') ?? [];
    const asked = workplaces.find((one): one is DeskPage => one === page && one !== 'tablet') ?? 'opening';
    await noteRefusedPage(event, asked, desk.now);
    redirect(303, homeOf(desk));
  }
  const { store } = event.locals;
  return { ...desk, administering: { store, actor: desk.session, nowMs: Date.parse(desk.now) } };
}

/** The same with what the community in hand has decided; who administers another one only is sent to choose. */
export async function openAdministered(
  event: RequestEvent
): Promise<Desk & { administering: Administering; reference: Reference }> {
  const desk = await openAdministration(event);
  const reference = desk.community && (await loadReference(event.locals.store, desk.community.code));
  if (!reference || !desk.pages.includes('people')) redirect(303, '/office/opening');
  return { ...desk, reference };
}
