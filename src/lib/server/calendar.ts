import chineseDays from 'chinese-days';
import type { CalendarDay } from '../domain/calendar';
import type { Limit } from '../domain/category';
import { instantToDay, msToInstant, type Day, type Instant } from '../domain/instant';

// A CommonJS package whose names Node does not see: the built server cannot import them one by one.
const { isWorkday } = chineseDays;

/** Office hours, in hours after midnight in Shanghai. A 工作日 is one such day. */
const officeHours = [
  [9, 12],
  [13, 17]
] as const;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const shanghaiOffsetMs = 8 * hourMs;
const workHoursPerDay = officeHours.reduce((sum, [from, to]) => sum + to - from, 0);

/**
 * Whether the State Council's lists in `chinese-days`, or the community's own days, speak of this year: then it has its
 * National Day off.
 */
export function calendarKnows(year: number, own: readonly CalendarDay[]): boolean {
  return ['09-30', '10-01', '10-02', '10-03', '10-04', '10-05', '10-06', '10-07', '10-08'].some((day) => {
    const date = `${year}-${day}`;
    const isWeekend = [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
    return isOfficeDay(date, own) === isWeekend;
  });
}

/** 工作日 with 调休: as the community says, else from the lists where they know the year, else Monday to Friday. */
function isOfficeDay(date: Day, own: readonly CalendarDay[]): boolean {
  return own.find(({ day }) => day === date)?.isWorked ?? isWorkday(date);
}

/** The end of a limit that starts now, with a community's own days. Hours and days run on the wall clock, 工作时 and 工作日 on office time. */
export function limitEnd(start: Instant, limit: Limit, own: readonly CalendarDay[]): Instant {
  const startMs = Date.parse(start);
  switch (limit.unit) {
    case 'hour':
      return msToInstant(startMs + limit.count * hourMs);
    case 'day':
      return msToInstant(startMs + limit.count * dayMs);
    case 'workHour':
      return addOfficeTime(startMs, limit.count * hourMs, own);
    case 'workDay':
      return addOfficeTime(startMs, limit.count * workHoursPerDay * hourMs, own);
  }
}

function addOfficeTime(startMs: number, durationMs: number, own: readonly CalendarDay[]): Instant {
  let left = durationMs;
  let midnight = Math.floor((startMs + shanghaiOffsetMs) / dayMs) * dayMs - shanghaiOffsetMs;
  for (;;) {
    if (isOfficeDay(instantToDay(msToInstant(midnight)), own)) {
      for (const [from, to] of officeHours) {
        const opens = Math.max(startMs, midnight + from * hourMs);
        const open = Math.max(0, midnight + to * hourMs - opens);
        if (open >= left) return msToInstant(opens + left);
        left -= open;
      }
    }
    midnight += dayMs;
  }
}
