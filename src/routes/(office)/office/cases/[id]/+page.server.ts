import { error, redirect } from '@sveltejs/kit';
import { recordActions } from '../../record/actions.server';
import { openRecord } from '../../record/find-record.server';
import { viewForOffice, viewForUnit } from '../../record/record-view.server';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const found = await openRecord(event, 'case');
  const { work, sees } = found;
  const { store } = event.locals;
  if (sees === 'office' && !work) redirect(303, `/office/inbox/${found.report.id}`);
  if (!work) error(404);
  return sees === 'office'
    ? { office: await viewForOffice(store, found) }
    : { unit: await viewForUnit(store, { ...found, work }) };
};

export const actions = recordActions;
