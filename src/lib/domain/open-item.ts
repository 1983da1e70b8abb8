import type { Case } from './case';
import type { GridCode } from './area';
import { msToInstant, type Instant } from './instant';
import type { Report } from './report';
import { isOpen, reportStatus } from './status';

/** What was rejected longer ago is no news to anybody. */
const rejectedMs = 14 * 24 * 3_600_000;

/**
 * Whether a report is something the next shift of its grid has to know: it is not finished, or was rejected lately and the
 * resident may still ask. What is solved waits for the office alone, and 仅社区可见 is not the next one's to read.
 */
export function isOpenItem(report: Report, work: Case | undefined, grid: GridCode, now: Instant): boolean {
  if (!report.ownerGridCode.startsWith(grid) || report.communityOnly) return false;
  if (report.state === 'rejected')
    return !report.told && report.at > msToInstant(Date.parse(now) - rejectedMs);
  if (report.solvedOnSpot && report.state === 'reported' && !report.followUps.length) return false;
  return !report.told && isOpen(reportStatus(report, work));
}
