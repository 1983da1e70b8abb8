import { expect, test } from 'vitest';
import { lately, on, soon, whenToMs } from './clock';

/** Shanghai time. */
const at = (text: string) => Date.parse(`${text}+08:00`);

test.each([
  ['a Friday morning', '2026-11-20T10:00', on(1, '09:20'), '2026-11-19T09:20'],
  ['a Monday: the working day before is Friday', '2026-11-23T08:00', on(1, '16:00'), '2026-11-20T16:00'],
  ['after the National Day week', '2026-10-09T10:00', on(2, '16:00'), '2026-09-30T16:00'],
  ['later than now on a day before', '2026-11-20T08:00', on(5, '17:30'), '2026-11-13T17:30'],
  ['an hour and a half ago', '2026-11-20T10:00', lately(90), '2026-11-20T08:30'],
  ['a night is skipped', '2026-11-20T09:00', lately(90), '2026-11-19T18:00'],
  ['at three in the morning', '2026-11-20T03:00', lately(30), '2026-11-19T18:00'],
  ['tomorrow evening', '2026-11-20T23:59', soon(1, '19:30'), '2026-11-21T19:30'],
  ['today at noon, just after midnight', '2026-11-20T00:01', soon(0), '2026-11-20T12:00'],
  ['late in the evening', '2026-11-20T23:00', lately(30), '2026-11-20T18:00']
])('%s', (_name, now, when, expected) => {
  expect(new Date(whenToMs(when, at(now))).toISOString()).toBe(new Date(at(expected)).toISOString());
});
