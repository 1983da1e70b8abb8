import { madeAtMs, type AccountId, type PhotoId, type RecordId } from '../domain/ids';
import { msToInstant, type Day, type Instant } from '../domain/instant';
import type { Case } from '../domain/case';
import type { Patrol } from '../domain/patrol';
import { isReport } from '../domain/record';
import type { Report } from '../domain/report';
import type { ShownRecord, TabletDatabase } from './database';
import { changeOf, isMaker } from './overlay';
import { listUnreceipted } from './outbox';
import { listUnsentPhotos } from './photo-queue';

/** A report as a list shows it: with its case, and how far it has come. */
export interface ReportRow {
  report: Report;
  work?: Case;
  marks: Marks;
  /** The office does not have the change that made it: it is not 已上报 yet. */
  isUnsent: boolean;
}

/** The three marks: on this tablet (always), at the office, opened by the office; and what still stands in between. */
export interface Marks {
  arrived: boolean;
  opened: boolean;
  /** The office said no to something of it. */
  troubled: boolean;
  photosWaiting: number;
}

interface Pending {
  unsent: Set<RecordId>;
  /** Those of them that the office has never had. */
  unmade: Set<RecordId>;
  troubled: Set<RecordId>;
  photosWaiting: Map<RecordId, number>;
  oldestAt: Instant | null;
}

/** What of which record is not at the office yet. */
export async function loadPending(database: TabletDatabase): Promise<Pending> {
  const [rows, troubles, photos] = await Promise.all([
    listUnreceipted(database),
    database.troubles.toArray(),
    listUnsentPhotos(database)
  ]);
  const refused = troubles.filter(({ status }) => status === 'refused' || status === 'conflict');
  const photosWaiting = new Map<RecordId, number>();
  const refusedPhotos = photos.filter(({ state }) => state === 'refused');
  for (const { recordId, state } of photos)
    if (state !== 'refused') photosWaiting.set(recordId, (photosWaiting.get(recordId) ?? 0) + 1);
  const waitingSince = [
    ...rows.slice(0, 1).map((row) => Date.parse(changeOf(row).at)),
    ...photos.map(({ id }) => madeAtMs(id))
  ];
  return {
    unsent: new Set(rows.flatMap((row) => row.recordIds)),
    unmade: new Set(rows.filter(isMaker).map((row) => row.recordIds[0]!)),
    troubled: new Set([
      ...refused.flatMap((trouble) => trouble.recordIds),
      ...refusedPhotos.map((photo) => photo.recordId)
    ]),
    photosWaiting,
    oldestAt: waitingSince.length ? msToInstant(Math.min(...waitingSince)) : null
  };
}

function marksOf(report: Report, pending: Pending): Marks {
  return {
    arrived: !pending.unsent.has(report.id),
    opened: report.openedBy.length > 0,
    troubled: pending.troubled.has(report.id),
    photosWaiting: pending.photosWaiting.get(report.id) ?? 0
  };
}

/**
 * Newest first, at most `limit` of those that fit. The newest are looked at first, which is enough for most lists; only
 * what is still missing is looked for in all the others.
 */
export async function listReports(
  database: TabletDatabase,
  limit: number,
  fits: (report: Report, work: Case | undefined) => boolean
): Promise<ReportRow[]> {
  const [pending, issues, needs] = await Promise.all([
    loadPending(database),
    findReports(database, 'issue', limit, fits),
    findReports(database, 'need', limit, fits)
  ]);
  return withMarks([...issues, ...needs], pending).slice(0, limit);
}

/** Newest first. */
function withMarks(rows: readonly Pick<ReportRow, 'report' | 'work'>[], pending: Pending): ReportRow[] {
  return rows
    .map((row) => ({
      ...row,
      marks: marksOf(row.report, pending),
      isUnsent: pending.unmade.has(row.report.id)
    }))
    .sort((a, b) => (a.report.at < b.report.at ? 1 : -1));
}

/**
 * What 今天 speaks of: reports made since `since`, those that wait for a person, and those whose case was closed since
 * `closedSince`. Found by index: the page opens as quickly with ten thousand records as with ten.
 */
export async function listForToday(
  database: TabletDatabase,
  since: Instant,
  closedSince: Day
): Promise<ReportRow[]> {
  const { records } = database;
  const recent = (kind: 'issue' | 'need') =>
    records.where('[kind+at]').between([kind, since], [kind, '\uffff']).toArray();
  const waiting = await records.where('tags').anyOf('needs-detail', 'promised', 'rejected').toArray();
  const cases = [
    ...(await records.where('tags').equals('handled').toArray()),
    ...(await records.where('tags').between(`closed-${closedSince}`, 'closed-\uffff').toArray())
  ];
  const subjects = await records.bulkGet(cases.map(({ record }) => (record as Case).subjectId));
  const rows = [...(await recent('issue')), ...(await recent('need')), ...waiting, ...subjects];
  const rowsById = new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : [])));
  return withMarks(await withCases(database, [...rowsById.values()]), await loadPending(database));
}

/** Rows read one by one, newest first. Reading all at once is many times quicker per row, but reads them all. */
const glance = 200;

async function findReports(
  database: TabletDatabase,
  kind: 'issue' | 'need',
  limit: number,
  fits: (report: Report, work: Case | undefined) => boolean
): Promise<Pick<ReportRow, 'report' | 'work'>[]> {
  const upTo = (at: Instant) =>
    database.records.where('[kind+at]').between([kind, ''], [kind, at], true, true);
  const count = Math.max(glance, Math.min(limit, 2 * glance));
  const newest = await upTo('\uffff').reverse().limit(count).toArray();
  const found = (await withCases(database, newest)).filter(({ report, work }) => fits(report, work));
  if (found.length >= limit || newest.length < count) return found.slice(0, limit);
  const seen = new Set(newest.map((row) => row.id));
  const others = (await upTo(newest.at(-1)!.at).toArray()).filter((row) => !seen.has(row.id)).reverse();
  const more = (await withCases(database, others)).filter(({ report, work }) => fits(report, work));
  return [...found, ...more].slice(0, limit);
}

async function withCases(
  database: TabletDatabase,
  rows: readonly ShownRecord[]
): Promise<Pick<ReportRow, 'report' | 'work'>[]> {
  const reports = rows.map((row) => row.record as Report);
  const ids = reports.flatMap((report) => report.caseId ?? []);
  const cases =
    ids.length > glance
      ? await database.records.where('[kind+at]').between(['case', ''], ['case', '\uffff']).toArray()
      : await database.records.bulkGet(ids);
  const casesById = new Map(cases.flatMap((row) => (row ? [[row.id, row.record as Case] as const] : [])));
  return reports.map((report) => ({ report, work: report.caseId && casesById.get(report.caseId) }));
}

/** Everything a record's page shows: itself, its case, both histories, its pictures on this tablet. */
export async function loadReport(database: TabletDatabase, id: RecordId) {
  const shown = await database.records.get(id);
  if (!shown || !isReport(shown.record)) return null;
  const report = shown.record;
  const work = report.caseId ? await database.records.get(report.caseId) : undefined;
  const pending = await loadPending(database);
  const own = await listOwnChanges(database, [id, ...(work ? [work.id] : [])]);
  return {
    report,
    work: work?.record as Case | undefined,
    marks: marksOf(report, pending),
    isUnsent: pending.unmade.has(id),
    history: [...shown.history, ...(work?.history ?? [])],
    own,
    photos: await database.photos
      .where('recordId')
      .anyOf([id, ...(work ? [work.id] : [])])
      .toArray()
  };
}
export type ReportView = NonNullable<Awaited<ReturnType<typeof loadReport>>>;

/** Changes made on this tablet, for the history: also those the office has not told back. */
async function listOwnChanges(database: TabletDatabase, ids: readonly RecordId[]) {
  const rows = await database.outbox
    .where('recordIds')
    .anyOf([...ids])
    .distinct()
    .sortBy('order');
  const unreceipted = new Set((await listUnreceipted(database)).map((row) => row.order));
  const withdrawn = await database.troubles.filter((trouble) => trouble.status === 'withdrawn').primaryKeys();
  return rows
    .filter((row) => !withdrawn.includes(row.order))
    .map((row) => ({ change: changeOf(row), isUnsent: unreceipted.has(row.order) }));
}

/** The walk that is under way, if any. */
export async function loadCurrentPatrol(
  database: TabletDatabase,
  account: AccountId
): Promise<Patrol | null> {
  const row = await database.records
    .where('[kind+at]')
    .between(['patrol', ''], ['patrol', '\uffff'])
    .reverse()
    .filter(({ record }) => record.author === account && record.state !== 'ended')
    .first();
  return (row?.record as Patrol | undefined) ?? null;
}

export async function listPatrols(
  database: TabletDatabase,
  account: AccountId,
  limit: number
): Promise<Patrol[]> {
  const rows = await database.records
    .where('[kind+at]')
    .between(['patrol', ''], ['patrol', '\uffff'])
    .reverse()
    .filter(({ record }) => record.author === account)
    .limit(limit)
    .toArray();
  return rows.map((row) => row.record as Patrol);
}

export async function loadThumbnail(database: TabletDatabase, id: PhotoId): Promise<ArrayBuffer | null> {
  return (await database.thumbnails.get(id))?.bytes ?? (await database.pictures.get(id))?.bytes ?? null;
}

/** Sizes and counts for the one calm line: what is not at the office, and since when. */
export async function loadUnsentSummary(database: TabletDatabase) {
  const pending = await loadPending(database);
  const photos = [...pending.photosWaiting.values()].reduce((sum, count) => sum + count, 0);
  return {
    records: pending.unsent.size,
    troubled: pending.troubled.size,
    photos,
    oldestAt: pending.oldestAt
  };
}
export type UnsentSummary = Awaited<ReturnType<typeof loadUnsentSummary>>;
