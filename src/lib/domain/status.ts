import type { Case, CaseState } from './case';
import type { Report, ReportState } from './report';

/** What a report's life looks like from outside: its own state until a case owns it, then the case's. */
export type ReportStatus = ReportState | CaseState | 'solvedOnSpot' | 'checked' | 'told';

export function reportStatus(report: Report, work: Case | undefined): ReportStatus {
  if (report.told && report.kind === 'need') return 'told';
  if (report.state === 'accepted' && work)
    return work.state === 'handled' && work.result?.passed ? 'checked' : work.state;
  if (report.state === 'reported' && report.solvedOnSpot) return 'solvedOnSpot';
  return report.state;
}

/** Whether anybody still has to do something about it. */
export function isOpen(status: ReportStatus): boolean {
  return !['rejected', 'withdrawn', 'closed', 'told'].includes(status);
}
