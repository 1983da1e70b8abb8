import { expect, test } from 'vitest';
import { Day, Instant, instantToDay, msToInstant } from './instant';

test.each(['2026-11-20T08:30:00.000Z', '2024-02-29T23:59:59.999Z', '1970-01-01T00:00:00.000Z'])(
  '%s is an instant',
  (text) => {
    expect(Instant.safeParse(text).success).toBe(true);
    expect(msToInstant(Date.parse(text))).toBe(text);
  }
);

test.each([
  '2026-11-20T08:30:00Z',
  '2026-11-20T08:30:00.000+08:00',
  '2026-11-20',
  '2026-02-31T00:00:00.000Z',
  '2025-02-29T00:00:00.000Z',
  '2026-13-01T00:00:00.000Z',
  '2026-11-20T24:00:00.000Z',
  '2026-11-20T08:61:00.000Z',
  '9999-99-99T99:99:99.999Z',
  'yesterday',
  ''
])('%s is none', (text) => expect(Instant.safeParse(text).success).toBe(false));

test.each([
  ['2026-11-20', true],
  ['2024-02-29', true],
  ['2026-02-30', false],
  ['2026-00-10', false],
  ['2026-11-20T00:00:00.000Z', false]
])('%s is a day: %s', (text, isDay) => expect(Day.safeParse(text).success).toBe(isDay));

test.each([
  ['2026-11-20T15:59:59.999Z', '2026-11-20'],
  ['2026-11-20T16:00:00.000Z', '2026-11-21'],
  ['2026-12-31T16:00:00.000Z', '2027-01-01']
])('%s is the %s in Shanghai', (at, day) => expect(instantToDay(at)).toBe(day));
