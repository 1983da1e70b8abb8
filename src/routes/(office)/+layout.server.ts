import { loadReference } from '$lib/server/records/reference';
import { countCases } from '$lib/server/records/desk-cases';
import { countReports } from '$lib/server/records/desk-reports';
import { isLately } from '$lib/server/restored';
import { openCaseStates, waitingStates } from './office/list-filters';
import { openDesk } from './desk.server';
import type { LayoutServerLoad } from './$types';

/** The frame of every desk page: who is signed in, where, and how much waits. */
export const load: LayoutServerLoad = async (event) => {
  const desk = await openDesk(event);
  const { community, pages, session, now } = desk;
  const { store, language } = event.locals;
  const reading = community && { store, actor: session, community: community.code, now };
  return {
    language,
    person: session.name,
    communities: desk.communities,
    community,
    pages,
    isDemo: community ? ((await loadReference(store, community.code))?.isDemo ?? false) : false,
    now,
    restoredAt: isLately(store.restoredAt, now) ? store.restoredAt : null,
    counts: {
      inbox: reading && pages.includes('inbox') ? await countReports(reading, { states: waitingStates }) : 0,
      cases:
        reading && pages.includes('cases')
          ? await countCases(reading, { states: openCaseStates, order: 'urgency' })
          : 0
    }
  };
};
