import { expect, it } from 'vitest';
import { backoffMs } from './backoff';

it('doubles from failure to failure, up to a minute and never beyond', () => {
  const longest = Array.from({ length: 12 }, (_, index) => backoffMs(index + 1, 1));
  expect(longest.slice(0, 7)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000]);
  expect(Math.max(...longest)).toBe(60_000);
});

it('is never shorter than half of that, so that tablets of one office part', () => {
  for (let failures = 1; failures < 12; failures++)
    expect(backoffMs(failures, 0)).toBe(backoffMs(failures, 1) / 2);
});
