import { sql } from 'kysely';
import type { CommunityCode } from '../domain/area';
import type { Change } from '../domain/changes';
import type { HistoryEntry } from '../domain/history';
import type { RecordId } from '../domain/ids';
import { parseChange } from '../domain/judge';
import { blankedFactsOf } from '../domain/personal-data';
import type { Case } from '../domain/case';
import { isReport, type AnyRecord } from '../domain/record';
import type { Report } from '../domain/report';
import { loadHistory } from './records/history';
import { loadRecords } from './records/records';
import type { Store } from './store';

/** A report that names somebody, or whose case does, with what was found in it. */
export interface FoundReport {
  report: Report;
  cases: Case[];
  excerpts: string[];
}

/** Fewer characters are in everything. */
export const minQueryLength = 2;
/** More are no one person. */
const maxFound = 100;
const maxExcerpt = 80;

/** Found however it was written: 138 0000 1234, 138-0000-1234. */
const compact = (text: string) => text.replace(/[\s-]/g, '').toLowerCase();

/**
 * The reports of a community that hold this name or number in what somebody wrote, now or earlier: also a text that was amended
 * since. `isCut`: there are more.
 */
export async function findPerson(
  store: Store,
  community: CommunityCode,
  query: string
): Promise<{ found: FoundReport[]; isCut: boolean }> {
  const wanted = compact(query);
  if (wanted.length < minQueryLength) return { found: [], isCut: false };
  const escaped = JSON.stringify(wanted).slice(1, -1);
  const { rows } = await sql<{ record_id: RecordId; body: string }>`
    SELECT DISTINCT touch.record_id, change.body
    FROM change JOIN touch USING (community, sequence)
    WHERE community = ${community} AND touch.is_rebuilt = 0
      AND instr(lower(replace(replace(change.body, ' ', ''), '-', '')), ${escaped}) > 0
    ORDER BY sequence DESC`.execute(store.connection);
  const excerptsById = new Map<RecordId, string[]>();
  for (const { record_id, body } of rows) {
    const read = parseChange(JSON.parse(body));
    const excerpts =
      'change' in read ? saidOf(read.change).filter((text) => compact(text).includes(wanted)) : [];
    if (excerpts.length) excerptsById.set(record_id, [...(excerptsById.get(record_id) ?? []), ...excerpts]);
  }
  return gather(store, community, excerptsById);
}

/** What somebody wrote in it, text by text. */
function saidOf(change: Change): string[] {
  const facts = change.facts as Record<string, unknown>;
  return blankedFactsOf(change.kind, 'words').flatMap((path) => {
    const [field = '', inner] = path.split('.');
    const value = facts[field];
    return textsIn(inner ? (value as Record<string, unknown>)[inner] : value);
  });
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Case and report are one to whoever asks; what was told on the one may be in both. */
async function gather(
  store: Store,
  community: CommunityCode,
  excerptsById: ReadonlyMap<RecordId, string[]>
): Promise<{ found: FoundReport[]; isCut: boolean }> {
  const records = await loadRecords(store.connection, community, [...excerptsById.keys()]);
  const subjects = [...records.values()].map((record) =>
    record.kind === 'case' ? record.subjectId : record.id
  );
  const ids = [...new Set(subjects)];
  const reports = await loadReports(store, community, ids.slice(0, maxFound));
  const found = reports.map(({ report, cases }) => ({
    report,
    cases,
    excerpts: shorten([report.id, ...cases.map(({ id }) => id)].flatMap((id) => excerptsById.get(id) ?? []))
  }));
  return { found, isCut: ids.length > maxFound };
}

function shorten(texts: readonly string[]): string[] {
  return [...new Set(texts)]
    .slice(0, 3)
    .map((text) => (text.length > maxExcerpt ? `${text.slice(0, maxExcerpt)}…` : text));
}

/** The reports with every case that was opened on them; what is there no more is left out. */
export async function loadReports(
  store: Store,
  community: CommunityCode,
  ids: readonly RecordId[]
): Promise<{ report: Report; cases: Case[] }[]> {
  if (!ids.length) return [];
  const reports = [...(await loadRecords(store.connection, community, ids)).values()].filter(isReport);
  const rows = await store.connection
    .selectFrom('record')
    .select('body')
    .where('community', '=', community)
    .where('subject_id', 'in', ids)
    .execute();
  const cases = rows.map(({ body }) => JSON.parse(body) as AnyRecord).filter((one) => one.kind === 'case');
  return reports.map((report) => ({
    report,
    cases: cases.filter(({ subjectId }) => subjectId === report.id)
  }));
}

export interface KeptReport {
  report: Report;
  cases: Case[];
  history: HistoryEntry[];
}

/** Everything that is kept of these, with how it came to be. */
export async function loadKept(
  store: Store,
  community: CommunityCode,
  ids: readonly RecordId[]
): Promise<KeptReport[]> {
  const reports = await loadReports(store, community, ids);
  const all = reports.flatMap(({ report, cases }) => [report.id, ...cases.map(({ id }) => id)]);
  const historyById = await loadHistory(store, community, all);
  return reports.map(({ report, cases }) => {
    const entries = [report.id, ...cases.map(({ id }) => id)].flatMap((id) => historyById.get(id) ?? []);
    // A change that touched both stands once.
    const once = [...new Map(entries.map((entry) => [entry.id, entry])).values()];
    return { report, cases, history: once };
  });
}
