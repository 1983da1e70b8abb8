import { isOverdue } from '$lib/domain/case';
import { buildingLabel } from '$lib/domain/grid';
import type { Reference } from '$lib/domain/reference';
import type { Report } from '$lib/domain/report';
import { caseStatus, reportStatus } from '$lib/domain/status';
import type { Reading } from '$lib/server/records/desk';
import type { CaseRow } from '$lib/server/records/desk-cases';
import type { ReportRow } from '$lib/server/records/desk-reports';
import type { ShownCase, ShownRow } from '$lib/ui/case/shown-row';

/** As much of a text as a row of a list can show. */
const shownTextLength = 120;

export function reportToRow({ report, work }: ReportRow, reference: Reference, reading: Reading): ShownRow {
  const { id, kind, number, text, place, receivedAt, at, photoIds, photos, voiceIds } = report;
  const afterwards = photos.filter((photo) => !photoIds.includes(photo.id)).length;
  return {
    id,
    kind,
    status: reportStatus(report, work),
    overdue: work !== undefined && isOverdue(work, reading.now),
    subject: subjectOf(report, reference),
    text: text.slice(0, shownTextLength),
    where: whereOf(report, reference),
    number: number || undefined,
    caseNumber: work?.number,
    at,
    receivedAt: receivedAt ?? at,
    photos: photoIds.length + afterwards,
    voices: voiceIds.length,
    isOpened: report.openedBy.length > 0,
    hasNewDetail: report.state === 'reported' && report.detailAddedAt !== undefined,
    restricted: report.communityOnly,
    position: place.position
  };
}

/** Nothing of the reporter goes into it: a unit reads this list, too. */
export function caseToRow({ work, subject }: CaseRow, reference: Reference): ShownCase {
  const { id, number, state, receivedAt, dueAt, unit, communityOnly } = work;
  return {
    id,
    kind: subject.kind,
    number,
    subject: subjectOf(subject, reference),
    text: subject.text.slice(0, shownTextLength),
    where: whereOf(subject, reference),
    unitName: reference.units.find((one) => one.id === unit)?.name,
    state,
    status: caseStatus(work),
    receivedAt,
    dueAt,
    restricted: communityOnly
  };
}

export function subjectOf(report: Report, { categories, needTypes }: Reference): { zh: string; en: string } {
  const code = report.kind === 'issue' ? report.categoryCode : report.needTypeCode;
  const known = report.kind === 'issue' ? categories : needTypes;
  return known.find((one) => one.code === code)?.words ?? { zh: code, en: code };
}

/** Building, else grid, with the worker's own words. */
function whereOf({ place, ownerGridCode }: Report, { buildings, grids }: Reference): string {
  const building = buildings.find(({ code }) => code === place.buildingCode);
  const grid = grids.find(({ code }) => code === (place.gridCode ?? ownerGridCode));
  return [building ? buildingLabel(building) : grid?.name, place.words].filter(Boolean).join('，');
}

/** What the filters of a list can be set to. */
export function filterChoices({ grids, categories, needTypes, buildings, units }: Reference) {
  return {
    grids: grids.filter(({ code }) => code.length === 15).map(({ code, name }) => ({ code, name })),
    categories: categories.map(({ code, words }) => ({ code, words })),
    needTypes: needTypes.map(({ code, words }) => ({ code, words })),
    buildings: buildings.map(({ code, courtyard, name }) => ({ code, courtyard, name })),
    units: units.map(({ id, name }): { code: string; name: string } => ({ code: id, name }))
  };
}
export type FilterChoices = ReturnType<typeof filterChoices>;
