import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Reference } from '$lib/domain/reference';
import { mayOverAll } from '$lib/domain/rights';
import { openPage, type Desk } from '../../../desk.server';

/** For who answers people in this community; everybody else reads the page of numbers, or goes to their own first one. */
export async function openPerson(event: RequestEvent): Promise<Desk & { reference: Reference }> {
  const desk = await openPage(event, 'privacy');
  if (!mayOverAll(desk.session, 'answerPerson', desk.reference.community, desk.now))
    redirect(303, '/office/privacy');
  return desk;
}
