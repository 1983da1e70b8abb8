import { expect, test } from 'vitest';
import { isBackupDue } from './nightly';

/** Shanghai, on the 20th and 21st of November. */
const clock = (day: number, hour: number) => Date.UTC(2026, 10, day, hour - 8);
const made = (day: number, hour: number) => ({
  succeeded: { at: new Date(clock(day, hour)).toISOString(), bytes: 1 }
});

test('is due after two in the morning, once', () => {
  expect(isBackupDue(made(20, 2), clock(21, 1))).toBe(false);
  expect(isBackupDue(made(20, 2), clock(21, 2))).toBe(true);
  expect(isBackupDue(made(21, 2), clock(21, 2))).toBe(false);
  expect(isBackupDue(made(20, 18), clock(21, 1))).toBe(false);
});

test('is due at any hour where the last night brought none, or there was never one, or only in the future', () => {
  expect(isBackupDue(made(20, 1), clock(20, 9))).toBe(true);
  expect(isBackupDue({}, clock(20, 9))).toBe(true);
  expect(isBackupDue({ failed: { at: '', trouble: 'disk-full' } }, clock(20, 9))).toBe(true);
  expect(isBackupDue(made(21, 3), clock(20, 9))).toBe(true);
});
