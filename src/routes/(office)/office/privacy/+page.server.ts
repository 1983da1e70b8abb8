import { fail } from '@sveltejs/kit';
import { mayAdminister, mayOverAll } from '$lib/domain/rights';
import { keepingLimits, listPurges, loadKeeping, saveKeeping } from '$lib/server/keeping';
import { countPersonalData, listLookers } from '$lib/server/privacy';
import { readForm, textOf } from '$lib/server/read-form';
import { openPage } from '../../desk.server';
import type { Actions, PageServerLoad } from './$types';

/** What is kept of people, why and for how long, what was erased, and who looked: counts, never whose. */
export const load: PageServerLoad = async (event) => {
  const { reference, session, now, pages } = await openPage(event, 'privacy');
  const { store } = event.locals;
  const { community } = reference;
  return {
    counts: await countPersonalData(store, community, now),
    keeping: await loadKeeping(store, community),
    limits: keepingLimits,
    purges: await listPurges(store, community),
    lookers: await listLookers(store, community, Date.parse(now)),
    mayEdit: mayAdminister(session, community, now),
    mayAnswer: mayOverAll(session, 'answerPerson', community, now),
    hasAccess: pages.includes('access')
  };
};

export const actions: Actions = {
  keep: async (event) => {
    const { reference, session, now } = await openPage(event, 'privacy');
    const form = await readForm(event.request);
    const by = { store: event.locals.store, actor: session, nowMs: Date.parse(now) };
    const typed = {
      trackDays: Number(textOf(form, 'trackDays')),
      closedYears: Number(textOf(form, 'closedYears'))
    };
    const refusal = await saveKeeping(by, reference.community, typed);
    return refusal ? fail(400, { refusal }) : { saved: true };
  }
};
