import { redirect } from '@sveltejs/kit';
import { recordActions } from '../../record/actions.server';
import { openRecord } from '../../record/find-record.server';
import { viewForOffice } from '../../record/record-view.server';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const found = await openRecord(event, 'inbox');
  if (found.sees === 'unit') redirect(303, `/office/cases/${found.work?.id ?? ''}`);
  // The list beside it is always of the record's own community.
  if (found.community !== found.desk.community?.code) {
    const here = new URL(event.url);
    here.searchParams.set('community', found.community);
    redirect(303, here.pathname + here.search);
  }
  return { view: await viewForOffice(event.locals.store, found) };
};

export const actions = recordActions;
