import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { within } from './time-limit';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = new Promise<never>(() => {});

it('gives the value of work that is done in time, and keeps no timer', async () => {
  expect(await within(Promise.resolve('done'), 5000, 'late')).toBe('done');
  expect(vi.getTimerCount()).toBe(0);
});

it('passes a failure on, and keeps no timer', async () => {
  await expect(within(Promise.reject(new Error('broken')), 5000, 'late')).rejects.toThrow('broken');
  expect(vi.getTimerCount()).toBe(0);
});

it.each([1, 300, 5000])('gives up after %i ms', async (limitMs) => {
  const given = vi.fn();
  void within(never, limitMs, 'late').then(given);
  await vi.advanceTimersByTimeAsync(limitMs - 1);
  expect(given).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(given).toHaveBeenCalledWith('late');
  expect(vi.getTimerCount()).toBe(0);
});

it('does not count an hour asleep: on waking there is time left', async () => {
  const ticks: (() => void)[] = [];
  vi.stubGlobal('setInterval', (tick: () => void) => ticks.push(tick));
  let finish = (_: string) => {};
  const work = new Promise<string>((resolve) => (finish = resolve));
  const result = within(work, 20_000, 'late');
  // The one tick that was due while the page slept.
  ticks[0]!();
  finish('done');
  expect(await result).toBe('done');
  vi.unstubAllGlobals();
});
