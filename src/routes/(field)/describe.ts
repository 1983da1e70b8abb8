import type { ReportRow } from '$lib/data/reads';
import type { GridCode } from '$lib/domain/area';
import { buildingLabel } from '$lib/domain/grid';
import type { Case } from '$lib/domain/case';
import type { AccountId } from '$lib/domain/ids';
import type { Day } from '$lib/domain/instant';
import type { Reference } from '$lib/domain/reference';
import type { Report } from '$lib/domain/report';
import { reportStatus, type ReportStatus } from '$lib/domain/status';
import type { Language } from '$lib/messages/language';
import type { todayWords } from '$lib/messages/today';

/** What a report is about, in the words of its category or type. */
export function whatOf(report: Report, reference: Reference | undefined, language: Language): string {
  const code = report.kind === 'issue' ? report.categoryCode : report.needTypeCode;
  const list = report.kind === 'issue' ? reference?.categories : reference?.needTypes;
  return list?.find((item) => item.code === code)?.words[language] ?? code;
}

/** What a report's badge says here: what the office never had is not yet 已上报. */
export function badgeOf({
  report,
  work,
  isUnsent
}: Pick<ReportRow, 'report' | 'work' | 'isUnsent'>): ReportStatus | 'unsent' {
  return isUnsent ? 'unsent' : reportStatus(report, work);
}

/** 1120-03 of 李平-1120-03: what leaves the app says nothing of who recorded it. */
export function numberWithoutName(report: Report, work: Case | undefined): string {
  return work?.number ?? (report.number.slice(report.number.indexOf('-') + 1) || report.id.slice(-6));
}

export function gridNameOf(code: GridCode, reference: Reference | undefined): string {
  return reference?.grids.find((grid) => grid.code === code)?.name ?? code.slice(12);
}

/** Undefined where nobody here knows them: they have left, or the reference data has still to come. */
export function personNameOf(account: AccountId, reference: Reference | undefined): string | undefined {
  return reference?.people.find(({ id }) => id === account)?.name;
}

/** What whoever takes a report over has to know: what the office wants or said, or the newest promise to anybody. */
export function reasonOf(report: Report, today: Day, words: (typeof todayWords)['zh']): string {
  if (report.state === 'needsDetail') return words.needsDetail(report.reason ?? '');
  if (report.state === 'rejected') return words.rejected(report.reason ?? '');
  const last = report.followUps.at(-1);
  if (!last?.dueDay) return '';
  const late = last.dueDay < today ? ` · ${words.followUpLate}` : '';
  return `${words.followUp(last.whom)} ${last.promise}${late}`;
}

/** Where it is, down to the building, else the grid it lies in, else whose it is. */
export function whereOf(report: Report, reference: Reference | undefined): string {
  const { buildingCode, words, gridCode } = report.place;
  const building = reference?.buildings.find((one) => one.code === buildingCode);
  const grid = reference?.grids.find((one) => one.code === (gridCode ?? report.ownerGridCode).slice(0, 15));
  return [building ? buildingLabel(building) : grid?.name, words].filter(Boolean).join(' · ');
}
