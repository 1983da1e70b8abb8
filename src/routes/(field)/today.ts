import type { Case } from '$lib/domain/case';
import type { AccountId } from '$lib/domain/ids';
import type { Day } from '$lib/domain/instant';
import type { Report } from '$lib/domain/report';
import type { todayWords } from '$lib/messages/today';

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

/** Closed within the last week, or not taken up within two: the echo of what one reported. */
export function isFreshlyAnswered(report: Report, work: Case | undefined, nowMs: number): boolean {
  if (report.told) return false;
  // When it was rejected is not known here; what was reported long ago was answered long ago.
  if (report.state === 'rejected') return nowMs - Date.parse(report.at) < 2 * weekMs;
  return work?.closed !== undefined && nowMs - Date.parse(work.closed.at) < weekMs;
}

/** Why it stands there, in words. */
export function dueNote(
  report: Report,
  why: ReturnType<typeof dueToday>,
  me: AccountId,
  today: Day,
  words: (typeof todayWords)['zh']
): string {
  if (why === 'needsDetail') return words.needsDetail(report.reason ?? '');
  if (why === 'toCheck') return words.toCheck;
  const followUp = why && report.followUps.findLast((one) => one.author === me && one.dueDay);
  if (!followUp) return '';
  const late = followUp.dueDay! < today ? ` · ${words.followUpLate}` : '';
  return `${words.followUp(followUp.whom)} ${followUp.promise}${late}`;
}
