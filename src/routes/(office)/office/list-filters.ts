import * as z from 'zod/mini';
import { GridCode } from '$lib/domain/area';
import { BusinessLine } from '$lib/domain/category';
import { findBuildings } from '$lib/domain/find-building';
import { RecordId, UnitId } from '$lib/domain/ids';
import type { Reference } from '$lib/domain/reference';
import { caseStatuses, type CaseStatus, type ListedReportState } from '$lib/domain/status';

/** What the inbox shows unless told otherwise: whatever still waits for the office or the worker. */
export const waitingStates: ListedReportState[] = ['reported', 'needsDetail'];
export const reportStates: ListedReportState[] = [
  ...waitingStates,
  'accepted',
  'rejected',
  'withdrawn',
  'told'
];
export const openCaseStates: CaseStatus[] = caseStatuses.filter((state) => state !== 'closed');

/** Filters stand in the address, so that they can be shared. What makes no sense there is left out, never an error. */
const tolerant = <Value extends z.ZodMiniType>(value: Value) => z.catch(z.optional(value), undefined);
const Words = z.string().check(z.trim(), z.minLength(1), z.maxLength(100));
const Flag = z.literal('1');

const sharedQuery = {
  grid: tolerant(GridCode),
  line: tolerant(BusinessLine),
  category: tolerant(z.string().check(z.regex(/^[CN]\d{2,3}$/))),
  building: tolerant(z.string().check(z.regex(/^\d{20}$/))),
  q: tolerant(Words),
  /** Where the next page begins: sort value and id. */
  after: tolerant(z.string().check(z.maxLength(80)))
};

const InboxQuery = z.object({
  ...sharedQuery,
  kind: tolerant(z.enum(['issue', 'need'])),
  state: tolerant(z.enum(['all', 'reported', 'needsDetail', 'accepted', 'rejected', 'withdrawn', 'told'])),
  quick: tolerant(Flag),
  restricted: tolerant(Flag),
  view: tolerant(z.enum(['list', 'map']))
});
export type InboxQuery = z.infer<typeof InboxQuery>;

const CasesQuery = z.object({
  ...sharedQuery,
  state: tolerant(z.enum(['all', ...caseStatuses])),
  unit: tolerant(UnitId),
  overdue: tolerant(Flag)
});
export type CasesQuery = z.infer<typeof CasesQuery>;

export function parseInboxQuery(url: URL): InboxQuery {
  return InboxQuery.parse(Object.fromEntries(url.searchParams));
}

export function parseCasesQuery(url: URL): CasesQuery {
  return CasesQuery.parse(Object.fromEntries(url.searchParams));
}

/** A query with some of it changed, as an address. A new filter starts at the first page. */
export function withFilter(path: string, query: object, change: Record<string, string | undefined>): string {
  const wanted: Record<string, string | undefined> = { ...query, after: undefined, ...change };
  const entries = Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const search = new URLSearchParams(entries).toString();
  return search ? `${path}?${search}` : path;
}

type Asked = Pick<InboxQuery, 'grid' | 'line' | 'category' | 'building' | 'q'> & { quick?: string };

/** What both lists are narrowed by, looked up in what the community has drawn and decided. */
export function sharedFilters(query: Asked, reference: Reference) {
  const { grid, building, q: text } = query;
  return {
    grid,
    building,
    text,
    categories: categoriesOf(query, reference),
    namedBuildings: text ? findBuildings(reference.buildings, text, 200).map(({ code }) => code) : undefined
  };
}

function categoriesOf({ line, category, quick }: Asked, reference: Reference): string[] | undefined {
  if (!line && !category && !quick) return undefined;
  const fitting = reference.categories.filter(
    (one) =>
      (!line || one.line === line) && (!quick || one.quickReport) && (!category || one.code === category)
  );
  const isNeedType = category !== undefined && !line && !quick && category.startsWith('N');
  return isNeedType ? [category] : fitting.map(({ code }) => code);
}

/** Undefined where it is no mark: then the list starts at its beginning. */
export function parsePageMark(text: string | undefined): { value: string; id: RecordId } | undefined {
  const cut = text?.lastIndexOf('~') ?? -1;
  if (!text || cut < 1) return undefined;
  const id = RecordId.safeParse(text.slice(cut + 1));
  return id.success ? { value: text.slice(0, cut), id: id.data } : undefined;
}

export function pageMarkText(mark: { value: string; id: string } | undefined): string | undefined {
  return mark && `${mark.value}~${mark.id}`;
}
