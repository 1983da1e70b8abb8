import { madeAtMs, type AccountId, type PhotoId, type RecordId } from '../domain/ids';
import { msToInstant, type Day, type Instant } from '../domain/instant';
import type { Case } from '../domain/case';
import type { Patrol } from '../domain/patrol';
import type { Report } from '../domain/report';
import type { QueuedPhoto, ShownRecord, TabletDatabase, ToHandBack, Trouble } from './database';
import { changeOf, isMaker } from './overlay';
import { listUnreceipted, listUnreceiptedOf } from './outbox';
import { photoMarks, type PhotoMarks } from './photo-marks';
import { isSetAside, listUnsentPhotos } from './photo-queue';
import { loadSetting } from './settings';
import { listThumbnailsLeft } from './thumbnails-left';

/** A report as a list shows it: with its case, and how far it has come. */
export interface ReportRow {
  report: Report;
  work?: Case;
  marks: Marks;
  /** Of the picture that stands for it; none where it has none. */
  pictureMarks?: PhotoMarks;
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

/** What of some records is not at the office yet. */
interface Pending {
  unsent: Set<RecordId>;
  /** Those of them that the office has never had. */
  unmade: Set<RecordId>;
  troubled: Set<RecordId>;
  photosWaiting: Map<RecordId, number>;
  /** The pictures themselves, those the office refused included. */
  photos: QueuedPhoto[];
}

export async function loadPending(database: TabletDatabase, ids: readonly RecordId[]): Promise<Pending> {
  const [rows, troubles, photos, lost] = await Promise.all([
    listUnreceiptedOf(database, new Set(ids)),
    database.troubles.toArray(),
    listUnsentPhotos(database),
    listLost(database)
  ]);
  const photosWaiting = new Map<RecordId, number>();
  for (const { recordId, state } of photos)
    if (state !== 'refused') photosWaiting.set(recordId, (photosWaiting.get(recordId) ?? 0) + 1);
  return {
    unsent: new Set([...rows, ...lost].flatMap((row) => row.recordIds)),
    unmade: new Set(rows.filter(isMaker).map((row) => row.recordIds[0]!)),
    troubled: troubledRecords(troubles, photos),
    photosWaiting,
    photos
  };
}

/** Own changes that a restored office has lost, as far as is known, and not got back yet. */
async function listLost({ toHandBack }: TabletDatabase): Promise<ToHandBack[]> {
  const rows = await toHandBack.toArray();
  return rows.filter(({ line }) => 'body' in (JSON.parse(line) as object));
}

function troubledRecords(troubles: readonly Trouble[], photos: readonly QueuedPhoto[]): Set<RecordId> {
  const refused = troubles.filter(({ status }) => status === 'refused' || status === 'conflict');
  return new Set([
    ...refused.map((trouble) => trouble.recordIds[0]!),
    ...photos.filter(({ state }) => state === 'refused').map((photo) => photo.recordId)
  ]);
}

export function marksOf(report: Report, pending: Pending): Marks {
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
  const [issues, needs] = await Promise.all([
    findReports(database, 'issue', limit, fits),
    findReports(database, 'need', limit, fits)
  ]);
  const newest = [...issues, ...needs].sort((a, b) => (a.report.at < b.report.at ? 1 : -1)).slice(0, limit);
  return withMarks(database, newest);
}

/** The picture that stands for a report in a list. */
export function pictureOf({ photos, photoIds }: Report): PhotoId | undefined {
  return photos[0]?.id ?? photoIds[0];
}

/** Newest first. */
async function withMarks(
  database: TabletDatabase,
  rows: readonly Pick<ReportRow, 'report' | 'work'>[]
): Promise<ReportRow[]> {
  const pending = await loadPending(
    database,
    rows.map(({ report }) => report.id)
  );
  // Of most the office has told that it has them: only the others are looked up here.
  const unsure = rows.flatMap(({ report }) => (report.photos[0]?.storedAt ? [] : (pictureOf(report) ?? [])));
  const looked = await database.photos.bulkGet([...new Set(unsure)]);
  const queuedById = new Map(
    [...looked, ...pending.photos].flatMap((photo) => (photo ? [[photo.id, photo] as const] : []))
  );
  return rows
    .map(({ report, work }) => {
      const picture = pictureOf(report);
      return {
        report,
        work,
        marks: marksOf(report, pending),
        pictureMarks: picture && photoMarks(report, picture, queuedById.get(picture)),
        isUnsent: pending.unmade.has(report.id)
      };
    })
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
  const found = await withCases(database, [...rowsById.values()]);
  return withMarks(database, found);
}

/** Those of these reports that are here, newest first. */
export async function listReportsOf(
  database: TabletDatabase,
  ids: readonly RecordId[]
): Promise<ReportRow[]> {
  const rows = (await database.records.bulkGet([...ids])).flatMap((row) => (row ? [row] : []));
  return withMarks(database, await withCases(database, rows));
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

/** Sizes and counts for the one calm line: what is not at the office, and since when. */
export async function loadUnsentSummary(database: TabletDatabase) {
  const [rows, troubles, photos, left] = await Promise.all([
    listUnreceipted(database),
    database.troubles.toArray(),
    listUnsentPhotos(database),
    listThumbnailsLeft(database)
  ]);
  const waiting = photos.filter(({ state }) => state !== 'refused');
  const madeMs = [
    ...rows.map((row) => Date.parse(changeOf(row).at)),
    ...photos.map(({ id }) => madeAtMs(id))
  ];
  const oldestMs = madeMs.reduce((oldest, ms) => Math.min(oldest, ms), Infinity);
  return {
    /** As one counts them: a change of a case is none of its report. */
    records: new Set(rows.map((row) => row.recordIds[0]!)).size,
    troubled: troubledRecords(troubles, photos).size,
    setAside: new Set([
      ...troubles.filter(({ status }) => status === 'set-aside').map((trouble) => trouble.recordIds[0]!),
      ...waiting.filter(isSetAside).map((photo) => photo.recordId)
    ]).size,
    /** What a restored office has lost and is still to get from here (step 11). */
    toHandBack: await database.toHandBack.count(),
    halfRead: (await loadSetting(database, 'halfRead')) ?? false,
    photos: waiting.length + left.filter((id) => !photos.some((photo) => photo.id === id)).length,
    /** Whose bytes are still to go, and how many they are. */
    waitingPhotos: waiting.map(({ id, bytes }) => ({ id, bytes })),
    oldestAt: oldestMs < Infinity ? msToInstant(oldestMs) : null
  };
}
export type UnsentSummary = Awaited<ReturnType<typeof loadUnsentSummary>>;
