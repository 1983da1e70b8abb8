import type { CalendarDay } from '$lib/domain/calendar';
import { buildingLabel } from '$lib/domain/grid';
import type { Case } from '$lib/domain/case';
import { hasAfterPhoto, isOverdue } from '$lib/domain/case';
import { caseForUnit, hasVoices, type AnonymousEntry, type UnitPhoto } from '$lib/domain/hidden-reporter';
import { inOrder, isRecording, type HistoryEntry } from '$lib/domain/history';
import type { AccountId, ChangeId } from '$lib/domain/ids';
import { instantToDay } from '$lib/domain/instant';
import { lawfulActs } from '$lib/domain/lawful-acts';
import type { Place } from '$lib/domain/place';
import type { Reference } from '$lib/domain/reference';
import type { Report } from '$lib/domain/report';
import { mayDo } from '$lib/domain/rights';
import { visibilityOf } from '$lib/domain/record';
import { historySeenBy, seenBy } from '$lib/domain/seen-record';
import { reportStatus } from '$lib/domain/status';
import { calendarKnows } from '$lib/server/calendar';
import { listThumbnails, listUnitMembers, loadNames } from '$lib/server/records/desk-names';
import { withCases } from '$lib/server/records/desk-reports';
import { loadRecords } from '$lib/server/records/records';
import { loadHistory } from '$lib/server/records/history';
import type { Store } from '$lib/server/store';
import type { FoundRecord } from './find-record.server';
import { describeLinked } from './linked-record.server';
import { isToMark } from './note-opened.server';

/** What a community has to say about a record: names instead of codes. */
function namesFor(reference: Reference, subjectCode: string, gridCode: string | undefined, place: Place) {
  const building = reference.buildings.find(({ code }) => code === place.buildingCode);
  return {
    communityName: reference.name,
    category: reference.categories.find(({ code }) => code === subjectCode),
    needType: reference.needTypes.find(({ code }) => code === subjectCode),
    buildingLabel: building && buildingLabel(building),
    gridName: reference.grids.find(({ code }) => code === gridCode)?.name,
    units: reference.units.map(({ id, name }): { id: string; name: string } => ({ id, name }))
  };
}

/** A record as a unit's page shows it. Everything in it comes from `caseForUnit`. */
export async function viewForUnit(store: Store, found: FoundRecord & { work: Case }) {
  const { desk, reference, community, report, work } = found;
  const history = (await loadHistory(store, community, [work.id])).get(work.id) ?? [];
  const colleagues = work.unit ? await listUnitMembers(store, work.unit) : new Map<AccountId, string>();
  const shown = caseForUnit(work, report, history, colleagues);
  const thumbnails = await listThumbnails(store, community, [report.id, work.id]);
  const names = namesFor(reference, shown.subjectCode, shown.gridCode, shown.place);
  const ownUnit = names.units.filter(({ id }) => id === work.unit);
  return {
    ...shown,
    ...names,
    units: ownUnit,
    overdue: isOverdue(work, desk.now),
    hasAfterPhoto: hasAfterPhoto(work),
    photos: shown.photos.map((photo) => ({ ...photo, hasThumbnail: thumbnails.has(photo.id) })),
    acts: lawfulActs(desk.session, report, work, desk.now).filter((act) => unitActs.has(act)),
    now: desk.now
  };
}
export type UnitView = Awaited<ReturnType<typeof viewForUnit>>;

const unitActs = new Set(['handle', 'return', 'comment']);

/** A record as the office's pages show it. The street reads it without who reported, contacts and voices. */
export async function viewForOffice(store: Store, whole: FoundRecord) {
  const { session, now } = whole.desk;
  const { reference } = whole;
  const report = seenBy(session, whole.report, now);
  const work = whole.work && seenBy(session, whole.work, now);
  const found = { ...whole, report, work };
  const photos = await photosForOffice(store, found);
  const subjectCode = report.kind === 'issue' ? report.categoryCode : report.needTypeCode;
  return {
    ...namesFor(reference, subjectCode, report.ownerGridCode, report.place),
    report: {
      ...facts(report),
      number: report.number || undefined,
      status: reportStatus(report, work)
    },
    work: work && caseFacts(work, now, reference.calendar ?? []),
    photos,
    missingPhotos: missing(report.photoIds, report.photos),
    voices: report.voices.map(({ id, seconds, storedAt }) => ({ id, seconds, storedAt })),
    missingVoices: missing(report.voiceIds, report.voices),
    hasHiddenVoices: hasVoices(whole.report) && !hasVoices(report),
    history: await historyForOffice(store, whole),
    linked: await linkedRecords(store, found),
    mayLink: mayDo(session, 'link', visibilityOf(report), now),
    acts: lawfulActs(session, report, work, now),
    isToMark: isToMark(whole),
    now
  };
}
export type OfficeView = Awaited<ReturnType<typeof viewForOffice>>;

function facts(report: Report) {
  const { id, kind, place, text, solvedOnSpot, communityOnly, state, reason, caseId, ownerGridCode } = report;
  const shared = { id, kind, place, text, solvedOnSpot, communityOnly, state, reason, caseId, ownerGridCode };
  const { at, receivedAt } = report;
  const own = report as Partial<Report>;
  return {
    ...shared,
    at,
    receivedAt,
    answers: 'answers' in own ? own.answers : undefined,
    quickReport: 'quickReport' in own ? own.quickReport : undefined,
    wishedAt: 'wishedAt' in own ? own.wishedAt : undefined
  };
}

function caseFacts(work: Case, now: string, calendar: readonly CalendarDay[]) {
  const { id, number, state, unit, instruction, dueAt, receivedAt, afterPhoto } = work;
  return {
    id,
    number,
    state,
    unit: unit as string | undefined,
    instruction,
    dueAt,
    receivedAt,
    afterPhoto,
    hasAfterPhoto: hasAfterPhoto(work),
    overdue: isOverdue(work, now),
    /** 调休 of that year is not announced yet: the limit was counted from Monday to Friday. */
    limitUncertain: dueAt !== undefined && !calendarKnows(Number(instantToDay(dueAt).slice(0, 4)), calendar)
  };
}

function missing(ids: readonly string[], there: readonly { id: string }[]): number {
  return ids.filter((id) => !there.some((one) => one.id === id)).length;
}

async function photosForOffice(store: Store, { community, report, work }: FoundRecord) {
  const photos = [...report.photos, ...(work?.photos ?? [])];
  const thumbnails = await listThumbnails(store, community, work ? [report.id, work.id] : [report.id]);
  const names = await loadNames(
    store,
    photos.map(({ author }) => author)
  );
  return photos.map((photo) => {
    const { id, mime, sha256, source, stage, takenAt, previewable, storedAt, author } = photo;
    const shown: UnitPhoto = { id, mime, sha256, source, stage, takenAt, previewable, storedAt };
    return { ...shown, byName: names.get(author), hasThumbnail: thumbnails.has(id) };
  });
}

/** Report and case told as one story, each change once, beginning with who recorded it. */
async function historyForOffice(
  store: Store,
  { desk, community, report, work }: FoundRecord
): Promise<readonly (HistoryEntry | AnonymousEntry)[]> {
  const ids = work ? [report.id, work.id] : [report.id];
  const historyById = await loadHistory(store, community, ids);
  const [authorName] = (await loadNames(store, [report.author])).values();
  const recorded: HistoryEntry = {
    id: report.id as string as ChangeId,
    kind: report.kind === 'issue' ? 'issue-recorded' : 'need-recorded',
    at: report.at,
    receivedAt: report.receivedAt,
    author: report.author,
    authorName,
    facts: {}
  };
  const told = ids.flatMap((id) => historyById.get(id) ?? []);
  const carried = told.find(isRecording);
  const entries = inOrder([carried ?? recorded, ...told.filter((entry) => entry !== carried)]);
  return historySeenBy(desk.session, report, entries, desk.now);
}

async function linkedRecords(store: Store, { community, desk, report, reference }: FoundRecord) {
  const linked = [...(await loadRecords(store.connection, community, report.linkedIds)).values()];
  const reports = (linked as Report[])
    .filter((one) => mayDo(desk.session, 'read', visibilityOf(one), desk.now))
    .map((one) => seenBy(desk.session, one, desk.now));
  return (await withCases({ store, community }, reports)).map((row) => describeLinked(row, reference));
}
