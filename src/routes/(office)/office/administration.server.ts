import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Administering } from '$lib/server/people';
import { homeOf, openDesk, type Desk } from '../desk.server';

/** For who administers an area; everybody else is sent to their own first page. */
export async function openAdministration(
  event: RequestEvent
): Promise<Desk & { administering: Administering }> {
  const desk = await openDesk(event);
  if (!desk.pages.includes('opening')) redirect(303, homeOf(desk));
  const { store } = event.locals;
  return { ...desk, administering: { store, actor: desk.session, nowMs: Date.parse(desk.now) } };
}
