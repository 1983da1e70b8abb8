import { buildingLabel } from '$lib/domain/grid';
import type { Case } from '$lib/domain/case';
import type { Reference } from '$lib/domain/reference';
import type { Report } from '$lib/domain/report';
import type { Language } from '$lib/messages/language';

/** What a report is about, in the words of its category or type. */
export function whatOf(report: Report, reference: Reference | undefined, language: Language): string {
  const code = report.kind === 'issue' ? report.categoryCode : report.needTypeCode;
  const list = report.kind === 'issue' ? reference?.categories : reference?.needTypes;
  return list?.find((item) => item.code === code)?.words[language] ?? code;
}

/** 1120-03 of 李平-1120-03: what leaves the app says nothing of who recorded it. */
export function numberWithoutName(report: Report, work: Case | undefined): string {
  return work?.number ?? report.number.slice(report.number.indexOf('-') + 1);
}

/** Where it is, down to the building, else the grid it lies in, else whose it is. */
export function whereOf(report: Report, reference: Reference | undefined): string {
  const { buildingCode, words, gridCode } = report.place;
  const building = reference?.buildings.find((one) => one.code === buildingCode);
  const grid = reference?.grids.find((one) => one.code === (gridCode ?? report.ownerGridCode).slice(0, 15));
  return [building ? buildingLabel(building) : grid?.name, words].filter(Boolean).join(' · ');
}
