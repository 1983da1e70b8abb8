import chineseDays from 'chinese-days';
import { instantToDay, msToInstant } from '../../src/lib/domain/instant';

/**
 * A moment of a story, told from the moment the demo is started: `on(3, '09:20')` is twenty past nine, three working
 * days ago; `lately(90)` is an hour and a half of daytime ago, so that at three in the morning it was yesterday;
 * `soon(1)` is tomorrow, for what was promised or wished.
 */
export type When =
  { workdaysAgo: number; clock: string } | { minutesAgo: number } | { daysAhead: number; clock: string };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const shanghaiOffsetMs = 8 * 60 * minuteMs;
/** When people are out and about, in minutes after midnight. */
const daytime = { from: 8 * 60, to: 18 * 60 + 30 };

export function on(workdaysAgo: number, clock: string): When {
  return { workdaysAgo, clock };
}

export function lately(minutesAgo: number): When {
  return { minutesAgo };
}

export function soon(daysAhead: number, clock = '12:00'): When {
  return { daysAhead, clock };
}

/** Midnight in Shanghai of the day an instant lies in. */
function midnightOf(ms: number): number {
  return Math.floor((ms + shanghaiOffsetMs) / dayMs) * dayMs - shanghaiOffsetMs;
}

export function dayOf(ms: number): string {
  return instantToDay(msToInstant(ms));
}

/** `clock` on the day so many days after (before, if negative) the day of `nowMs`. */
export function daysFrom(nowMs: number, days: number, clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return midnightOf(nowMs) + days * dayMs + (hours * 60 + minutes) * minuteMs;
}

export function whenToMs(when: When, nowMs: number): number {
  if ('minutesAgo' in when) return daytimeBefore(nowMs, when.minutesAgo * minuteMs);
  if ('daysAhead' in when) return daysFrom(nowMs, when.daysAhead, when.clock);
  return daysFrom(nowMs, -daysSinceWorkday(nowMs, when.workdaysAgo), when.clock);
}

/** By midnight of a day: how many days before it the working days before it were, the nearest first. */
const workdaysByMidnight = new Map<number, number[]>();

/** How many days lie between today and the working day so many working days before it. */
function daysSinceWorkday(nowMs: number, workdaysAgo: number): number {
  if (workdaysAgo === 0) return 0;
  const midnight = midnightOf(nowMs);
  const known = workdaysByMidnight.get(midnight) ?? [];
  workdaysByMidnight.set(midnight, known);
  let days = known.at(-1) ?? 0;
  while (known.length < workdaysAgo) {
    days++;
    if (chineseDays.isWorkday(dayOf(midnight - days * dayMs))) known.push(days);
  }
  return known[workdaysAgo - 1]!;
}

function daytimeBefore(nowMs: number, durationMs: number): number {
  let left = durationMs;
  for (let midnight = midnightOf(nowMs); ; midnight -= dayMs) {
    const opens = midnight + daytime.from * minuteMs;
    const end = Math.min(nowMs, midnight + daytime.to * minuteMs);
    if (end - opens >= left) return end - left;
    left -= Math.max(0, end - opens);
  }
}
