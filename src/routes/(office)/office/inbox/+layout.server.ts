import { listReports } from '$lib/server/records/desk-reports';
import { noteListed, openPage } from '../../desk.server';
import {
  pageMarkText,
  parseInboxQuery,
  parsePageMark,
  reportStates,
  sharedFilters,
  waitingStates,
  type InboxQuery
} from '../list-filters';
import { filterChoices, reportToRow } from '../list-rows.server';
import type { LayoutServerLoad } from './$types';

const rowsPerPage = 50;
const rowsOnMap = 100;

/** The list beside the record: it stays while one record after the other is shown. */
export const load: LayoutServerLoad = async (event) => {
  const { reading, reference, now } = await openPage(event, 'inbox');
  const query = parseInboxQuery(event.url);
  await noteListed(reading, 'inbox', query.q !== undefined);
  const filters = {
    ...sharedFilters(query, reference),
    kind: query.kind,
    states: statesOf(query),
    restricted: query.restricted === '1'
  };
  const size = query.view === 'map' ? rowsOnMap : rowsPerPage;
  const page = await listReports(reading, filters, size, parsePageMark(query.after));
  return {
    query,
    rows: page.rows.map((row) => reportToRow(row, reference, reading)),
    next: pageMarkText(page.next),
    choices: filterChoices(reference),
    now
  };
};

/** Whoever searches wants to find it, whatever became of it. */
function statesOf({ state, q }: InboxQuery) {
  if (state === 'all') return reportStates;
  if (state) return [state];
  return q ? reportStates : waitingStates;
}
