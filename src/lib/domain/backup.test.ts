import { expect, test } from 'vitest';
import { backupState } from './backup';

const now = '2026-11-22T03:00:00.000Z';
const madeAt = (at: string) => ({ succeeded: { at, bytes: 1 } });

test('a backup is late after two days, or where a wrong clock put it far ahead', () => {
  expect(backupState(madeAt('2026-11-20T03:00:00.000Z'), now)).toBe('fine');
  expect(backupState(madeAt('2026-11-20T02:59:59.999Z'), now)).toBe('late');
  expect(backupState(madeAt('2026-12-22T03:00:00.000Z'), now)).toBe('late');
});

test('none, and one that failed since, are told from it', () => {
  expect(backupState({}, now)).toBe('never');
  const failed = { at: now, trouble: 'disk-full' } as const;
  expect(backupState({ ...madeAt('2026-11-22T02:00:00.000Z'), failed }, now)).toBe('failed');
});
