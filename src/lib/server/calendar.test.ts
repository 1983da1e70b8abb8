import { describe, expect, it, test } from 'vitest';
import type { CalendarDay } from '../domain/calendar';
import type { Limit } from '../domain/category';
import { calendarKnows, limitEnd } from './calendar';

/** Shanghai wall-clock time, as people write it. */
const at = (time: string) => new Date(`${time.replace(' ', 'T')}:00+08:00`).toISOString();
const end = (start: string, count: number, unit: Limit['unit'], own: CalendarDay[] = []) =>
  limitEnd(at(start), { count, unit }, own);

describe('a limit on the wall clock', () => {
  test.each([
    ['2026-11-20 16:30', 2, 'hour', '2026-11-20 18:30'],
    ['2026-11-20 16:30', 0.5, 'hour', '2026-11-20 17:00'],
    ['2026-09-30 16:30', 3, 'day', '2026-10-03 16:30']
  ] as const)('of %s plus %d %s ends at %s, holiday or not', (start, count, unit, expected) =>
    expect(end(start, count, unit)).toBe(at(expected))
  );
});

describe('工作时', () => {
  test.each([
    ['within the morning', '2026-11-20 09:30', 2, '2026-11-20 11:30'],
    ['over the midday break', '2026-11-20 11:00', 2, '2026-11-20 14:00'],
    ['to the end of the day', '2026-11-19 16:00', 1, '2026-11-19 17:00'],
    ['over the night', '2026-11-19 16:00', 2, '2026-11-20 10:00'],
    ['over the weekend', '2026-11-20 16:00', 2, '2026-11-23 10:00'],
    ['from the night before', '2026-11-19 22:00', 1, '2026-11-20 10:00'],
    ['from the midday break', '2026-11-20 12:30', 1, '2026-11-20 14:00'],
    ['from a Sunday', '2026-11-22 10:00', 1, '2026-11-23 10:00'],
    ['of half an hour', '2026-11-20 16:50', 0.5, '2026-11-23 09:20']
  ])('run %s', (_, start, count, expected) => expect(end(start, count, 'workHour')).toBe(at(expected)));
});

describe('工作日 with 调休', () => {
  test.each([
    ['three days from a Friday noon', '2026-11-20 14:00', 3, '2026-11-25 14:00'],
    ['one day from the first minute of a day ends with it', '2026-11-20 09:00', 1, '2026-11-20 17:00'],
    ['国庆 2026 is off from the 1st to the 7th', '2026-09-30 14:00', 1, '2026-10-08 14:00'],
    ['the Sunday before it is worked', '2026-09-18 14:00', 1, '2026-09-20 14:00'],
    ['the Saturday after it is worked', '2026-10-09 14:00', 2, '2026-10-12 14:00'],
    ['国庆 2025 lasted to the 8th', '2025-09-30 14:00', 1, '2025-10-09 14:00'],
    ['the Sunday before that was worked', '2025-09-26 14:00', 2, '2025-09-29 14:00'],
    ['春节 2026', '2026-02-14 14:00', 1, '2026-02-24 14:00']
  ])('%s', (_, start, count, expected) => expect(end(start, count, 'workDay')).toBe(at(expected)));

  it('of a year the lists do not know are Monday to Friday', () => {
    expect(end('2031-10-03 14:00', 1, 'workDay')).toBe(at('2031-10-06 14:00'));
  });
});

describe('a community’s own days', () => {
  const off = { day: '2026-11-23', isWorked: false };
  const worked = { day: '2026-11-22', isWorked: true };

  it('stand before the lists', () => {
    expect(end('2026-11-20 14:00', 1, 'workDay', [off])).toBe(at('2026-11-24 14:00'));
    expect(end('2026-11-20 14:00', 1, 'workDay', [worked])).toBe(at('2026-11-22 14:00'));
    // The last day of 国庆 2026.
    expect(end('2026-09-30 14:00', 1, 'workDay', [{ day: '2026-10-07', isWorked: true }])).toBe(
      at('2026-10-07 14:00')
    );
  });

  it('leave limits on the wall clock alone', () => {
    expect(end('2026-11-20 14:00', 3, 'day', [off])).toBe(at('2026-11-23 14:00'));
  });
});

it('says which years it knows', () => {
  expect([2024, 2025, 2026].map((year) => calendarKnows(year, []))).toEqual([true, true, true]);
  expect([2031, 2050].map((year) => calendarKnows(year, []))).toEqual([false, false]);
  // National Day 2031 is a Wednesday.
  expect(calendarKnows(2031, [{ day: '2031-10-01', isWorked: false }])).toBe(true);
  expect(calendarKnows(2031, [{ day: '2031-03-05', isWorked: false }])).toBe(false);
});

it('never ends before it began, whatever the hour', () => {
  for (let hour = 0; hour < 24 * 14; hour++) {
    const start = new Date(Date.parse(at('2026-09-25 00:00')) + hour * 3_600_000).toISOString();
    const ends = [0.5, 4, 7, 21].map((count) => limitEnd(start, { count, unit: 'workHour' }, []));
    expect([start, ...ends]).toEqual([start, ...ends].sort());
  }
});
