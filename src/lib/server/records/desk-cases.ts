import { sql } from 'kysely';
import type { Case } from '../../domain/case';
import type { UnitId } from '../../domain/ids';
import type { Report } from '../../domain/report';
import { seenBy } from '../../domain/seen-record';
import type { CaseStatus } from '../../domain/status';
import {
  contains,
  isOneOf,
  maxDeskRows,
  readable,
  reportText,
  type Page,
  type PageMark,
  type Reading,
  type SharedFilters
} from './desk';
import { readableRecords } from './desk-scope';
import { loadRecords, rowToRecord } from './records';

export interface CaseFilters extends SharedFilters {
  states: readonly CaseStatus[];
  unit?: UnitId;
  overdue?: boolean;
  /** What is due first comes first; otherwise the newest. */
  order: 'urgency' | 'newest';
}

export interface CaseRow {
  work: Case;
  subject: Report;
}

/** Cases with what they are about. Uses the indexes record_by_state and record_by_unit. */
export async function listCases(
  reading: Reading,
  filters: CaseFilters,
  size: number,
  after?: PageMark
): Promise<Page<CaseRow>> {
  const limit = Math.min(size, maxDeskRows);
  const isUrgency = filters.order === 'urgency';
  const value = isUrgency ? sql<string>`coalesce(record.due_at, '9999')` : sql<string>`record.received_at`;
  const direction = isUrgency ? 'asc' : 'desc';
  const beyond = isUrgency ? '>' : '<';
  const rows = await casesWhere(reading, filters)
    .select(['record.body', 'record.id', value.as('value')])
    .$if(after !== undefined, (query) =>
      query.where((where) =>
        where.or([
          where(value, beyond, after!.value),
          where.and([where(value, '=', after!.value), where('record.id', beyond, after!.id)])
        ])
      )
    )
    .orderBy(value, direction)
    .orderBy('record.id', direction)
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const cases = readable(reading, shown.map(rowToRecord)) as Case[];
  const subjectIds = cases.map((work) => work.subjectId);
  const subjects = await loadRecords(reading.store.connection, reading.community, subjectIds);
  return {
    rows: cases.map((work) => {
      const subject = subjects.get(work.subjectId) as Report;
      return { work, subject: seenBy(reading.actor, subject, reading.now) };
    }),
    next: rows.length > limit && last ? { value: last.value, id: last.id } : undefined
  };
}

export async function countCases(reading: Reading, filters: CaseFilters): Promise<number> {
  const row = await casesWhere(reading, filters)
    .select((select) => select.fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

function casesWhere(reading: Reading, filters: CaseFilters) {
  const { store, actor, community, now } = reading;
  const { states, unit, overdue, grid, categories, building, text } = filters;
  return readableRecords(store.connection, actor, community, now)
    .innerJoin('record as subject', (join) =>
      join.onRef('subject.community', '=', 'record.community').onRef('subject.id', '=', 'record.subject_id')
    )
    .where('record.kind', '=', 'case')
    .where('record.state', 'in', states)
    .$if(unit !== undefined, (query) => query.where('record.unit', '=', unit!))
    .$if(grid !== undefined, (query) => query.where('record.owner_grid', 'like', `${grid}%`))
    .$if(categories !== undefined, (query) => query.where(isOneOf('subject.category', categories!)))
    .$if(building !== undefined, (query) => query.where('subject.building', '=', building!))
    .$if(overdue === true, (query) =>
      query.where('record.due_at', '<', now).where('record.state', 'not in', ['closed', 'handled', 'checked'])
    )
    .$if(!!text, (query) =>
      query.where((where) =>
        where.or([
          contains(sql<string>`record.search`, text!),
          contains(reportText(reading, 'subject'), text!),
          isOneOf('subject.building', filters.namedBuildings ?? [])
        ])
      )
    );
}
