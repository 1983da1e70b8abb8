import { sql } from 'kysely';
import type { Case } from '../../domain/case';
import type { RecordId } from '../../domain/ids';
import type { Report } from '../../domain/report';
import type { ListedReportState } from '../../domain/status';
import {
  contains,
  isOneOf,
  maxDeskRows,
  newestFirst,
  readable,
  reportText,
  type Page,
  type PageMark,
  type Reading,
  type SharedFilters
} from './desk';
import { readableRecords } from './desk-scope';
import { loadRecords, rowToRecord } from './records';

export interface ReportFilters extends SharedFilters {
  kind?: Report['kind'];
  states: readonly ListedReportState[];
  restricted?: boolean;
}

export interface ReportRow {
  report: Report;
  work?: Case;
}

/** Reports of the inbox, newest first. */
export async function listReports(
  reading: Reading,
  filters: ReportFilters,
  size: number,
  after?: PageMark
): Promise<Page<ReportRow>> {
  const page = await newestFirst(reportsWhere(reading, filters), size, after);
  return { ...page, rows: await withCases(reading, readable(reading, page.rows) as Report[]) };
}

/** The reports with this very number, their own or their case's. Uses the index record_by_number. */
export async function findReportsByNumber(reading: Reading, number: string): Promise<ReportRow[]> {
  const { store, actor, community, now } = reading;
  const subjects = store.connection
    .selectFrom('record as work')
    .select('work.subject_id')
    .where('work.community', '=', community)
    .where('work.kind', '=', 'case')
    .where('work.number', '=', number)
    .$castTo<{ subject_id: string }>();
  const rows = await readableRecords(store.connection, actor, community, now)
    .where('record.kind', 'in', ['issue', 'need'])
    .where((where) => where.or([where('record.number', '=', number), where('record.id', 'in', subjects)]))
    .select('record.body')
    .limit(maxDeskRows)
    .execute();
  return withCases(reading, readable(reading, rows.map(rowToRecord)) as Report[]);
}

/** Each with the case opened from it. */
export async function withCases(
  { store, community }: Pick<Reading, 'store' | 'community'>,
  reports: readonly Report[]
): Promise<ReportRow[]> {
  const work = await loadRecords(store.connection, community, caseIdsOf(reports));
  return reports.map((report) => ({ report, work: work.get(report.caseId!) as Case | undefined }));
}

function caseIdsOf(reports: readonly Report[]): RecordId[] {
  return reports.flatMap(({ caseId }) => (caseId ? [caseId] : []));
}

export async function countReports(reading: Reading, filters: ReportFilters): Promise<number> {
  const row = await reportsWhere(reading, filters)
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

function reportsWhere(reading: Reading, filters: ReportFilters) {
  const { store, actor, community, now } = reading;
  const { kind, states, restricted, grid, categories, building, text } = filters;
  return readableRecords(store.connection, actor, community, now)
    .where('record.kind', 'in', kind ? [kind] : ['issue', 'need'])
    .where('record.state', 'in', states)
    .$if(grid !== undefined, (query) => query.where('record.owner_grid', 'like', `${grid}%`))
    .$if(categories !== undefined, (query) => query.where(isOneOf('record.category', categories!)))
    .$if(building !== undefined, (query) => query.where('record.building', '=', building!))
    .$if(restricted === true, (query) => query.where('record.restricted', '=', 1))
    .$if(!!text, (query) =>
      query.where((where) =>
        where.or([
          contains(reportText(reading, 'record'), text!),
          isOneOf('record.building', filters.namedBuildings ?? []),
          where('record.id', 'in', subjectsOfCases(reading, text!))
        ])
      )
    );
}

/** What the cases with such a number are about. */
function subjectsOfCases({ store, community }: Reading, number: string) {
  return store.connection
    .selectFrom('record as work')
    .select('work.subject_id')
    .where('work.community', '=', community)
    .where('work.kind', '=', 'case')
    .where(contains(sql<string>`lower(coalesce(work.number, ''))`, number))
    .$castTo<{ subject_id: string }>();
}
