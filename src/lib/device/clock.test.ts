import { expect, it } from 'vitest';
import { clockOffset, clockMinutesOff } from './clock';

const serverTime = '2026-11-20T08:30:00.000Z';
const serverMs = Date.parse(serverTime);

it.each([
  ['right', serverMs - 200, serverMs + 200, 0],
  ['an hour behind', serverMs - 3_600_000 - 50, serverMs - 3_600_000 + 50, 3_600_000],
  ['a year ahead', serverMs + 31_536_000_000, serverMs + 31_536_000_000, -31_536_000_000],
  ['right, over a slow line', serverMs - 10_000, serverMs + 10_000, 0]
])('a clock that is %s', (_, sentMs, receivedMs, offset) => {
  expect(clockOffset(serverTime, sentMs, receivedMs)).toBe(offset);
});

it('cannot be judged by no instant, or when it was set back meanwhile', () => {
  expect(clockOffset('<html>', serverMs, serverMs)).toBeNull();
  expect(clockOffset(serverTime, serverMs, serverMs - 1)).toBeNull();
});

it.each([
  [0, 0],
  [600_000, 0],
  [600_001, 10],
  [-4_500_000, 75]
])('%i ms off are %i minutes that are said', (offset, minutes) => {
  expect(clockMinutesOff(offset)).toBe(minutes);
});
