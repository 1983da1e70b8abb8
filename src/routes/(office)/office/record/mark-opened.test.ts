import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { markOpened } from './mark-opened';

const told = vi.fn(() => Promise.resolve(new Response()));
let page: EventTarget & { visibilityState: string };

beforeEach(() => {
  vi.useFakeTimers();
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('document', page);
  vi.stubGlobal('fetch', told);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  told.mockReset();
});

test('a record that was on screen for a moment only was not seen', () => {
  const stop = markOpened('a');
  vi.advanceTimersByTime(1_400);
  stop();
  markOpened('b');
  vi.advanceTimersByTime(1_600);
  expect(told.mock.calls).toMatchObject([['/office/inbox/b?/opened', { method: 'POST' }]]);
});

test('the time behind another window does not count', () => {
  markOpened('a');
  vi.advanceTimersByTime(1_000);
  page.visibilityState = 'hidden';
  page.dispatchEvent(new Event('visibilitychange'));
  vi.advanceTimersByTime(60_000);
  expect(told).not.toHaveBeenCalled();
  page.visibilityState = 'visible';
  page.dispatchEvent(new Event('visibilitychange'));
  vi.advanceTimersByTime(1_600);
  expect(told).toHaveBeenCalledTimes(1);
});
