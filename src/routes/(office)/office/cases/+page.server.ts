import { caseStatuses } from '$lib/domain/status';
import { listCases } from '$lib/server/records/desk-cases';
import { noteListed, openPage } from '../../desk.server';
import { openCaseStates, pageMarkText, parseCasesQuery, parsePageMark, sharedFilters } from '../list-filters';
import { caseToRow, filterChoices } from '../list-rows.server';
import type { PageServerLoad } from './$types';

const rowsPerPage = 50;

/** The cases of the community; for a unit those sent to it. */
export const load: PageServerLoad = async (event) => {
  const { reading, reference, now, pages } = await openPage(event, 'cases');
  const query = parseCasesQuery(event.url);
  await noteListed(reading, 'cases', query.q !== undefined);
  const isOpenOnly = query.state !== 'all' && query.state !== 'closed';
  const filters = {
    ...sharedFilters(query, reference),
    states: query.state === 'all' ? caseStatuses : query.state ? [query.state] : openCaseStates,
    unit: query.unit,
    overdue: query.overdue === '1',
    order: isOpenOnly ? ('urgency' as const) : ('newest' as const)
  };
  const page = await listCases(reading, filters, rowsPerPage, parsePageMark(query.after));
  return {
    query,
    rows: page.rows.map((row) => caseToRow(row, reference)),
    next: pageMarkText(page.next),
    choices: filterChoices(reference),
    isUnit: !pages.includes('inbox'),
    now
  };
};
