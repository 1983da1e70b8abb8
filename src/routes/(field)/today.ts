import type { Case } from '$lib/domain/case';
import type { AccountId } from '$lib/domain/ids';
import type { Day } from '$lib/domain/instant';
import type { Report } from '$lib/domain/report';

export const dayMs = 86_400_000;
export const weekMs = 7 * dayMs;

/** Why a report stands in 今天 for this worker on this day, or null. Pure. */
export function dueToday(
  report: Report,
  work: Case | undefined,
  me: AccountId,
  today: Day,
  mayCheck: (work: Case) => boolean
): 'needsDetail' | 'toCheck' | 'followUp' | null {
  if (report.author === me && report.state === 'needsDetail') return 'needsDetail';
  if (work?.state === 'handled' && !work.result?.passed && work.result?.author !== me && mayCheck(work))
    return 'toCheck';
  if (report.state === 'withdrawn' || report.state === 'rejected' || work?.state === 'closed' || report.told)
    return null;
  // The newest promise counts: noting another one settles the earlier.
  const last = report.followUps[report.followUps.length - 1];
  return last?.author === me && last.dueDay !== undefined && last.dueDay <= today ? 'followUp' : null;
}

/** Closed within the last week: the echo of what one reported. */
export function isFreshlyDone(report: Report, work: Case | undefined, nowMs: number): boolean {
  const at = work?.closed?.at;
  return at !== undefined && !report.told && nowMs - Date.parse(at) < weekMs;
}
