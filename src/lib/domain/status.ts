import type { Case } from './case';
import type { AnyRecord } from './record';
import type { Report, ReportState } from './report';

/** A case as it stands: once its check has passed, a handled one waits for 办结 alone. */
export const caseStatuses = [
  'accepted',
  'dispatched',
  'returned',
  'handled',
  'checked',
  'rework',
  'closed'
] as const;
export type CaseStatus = (typeof caseStatuses)[number];

/** What a report's life looks like from outside: its own state until a case owns it, then the case's. */
export type ReportStatus = ReportState | CaseStatus | 'solvedOnSpot' | 'told';

export function caseStatus({ state, result }: Pick<Case, 'state' | 'result'>): CaseStatus {
  return state === 'handled' && result?.passed ? 'checked' : state;
}

export function reportStatus(report: Report, work: Case | undefined): ReportStatus {
  if (report.told && report.kind === 'need') return 'told';
  if (report.state === 'accepted' && work) return caseStatus(work);
  if (report.state === 'reported' && report.solvedOnSpot) return 'solvedOnSpot';
  return report.state;
}

/** What the lists of the desk ask a report by: a need whose resident was told has ended, whatever its state. */
export type ListedReportState = ReportState | 'told';

export function listedState(record: AnyRecord): string {
  if (record.kind === 'case') return caseStatus(record);
  return record.kind === 'need' && record.told ? 'told' : record.state;
}

/** Whether anybody still has to do something about it. */
export function isOpen(status: ReportStatus): boolean {
  return !['rejected', 'withdrawn', 'closed', 'told'].includes(status);
}
