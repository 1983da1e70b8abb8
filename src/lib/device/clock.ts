import type { Instant } from '../domain/instant';

/** Beyond this the tablet's clock is wrong, and it is said. */
const wrongFromMs = 10 * 60_000;

/**
 * Server time less tablet time, milliseconds: what to add to this clock. `sentMs` and `receivedMs` are the tablet's
 * clock around the request; the answer was made halfway. null where it cannot be known: no instant, or a clock that
 * was set meanwhile.
 */
export function clockOffset(serverTime: Instant, sentMs: number, receivedMs: number): number | null {
  const serverMs = Date.parse(serverTime);
  if (Number.isNaN(serverMs) || receivedMs < sentMs) return null;
  return Math.round(serverMs - (sentMs + receivedMs) / 2);
}

/** How far this clock is from the office's, where that is too far; else 0. */
export function clockMinutesOff(offsetMs: number): number {
  return Math.abs(offsetMs) > wrongFromMs ? Math.round(Math.abs(offsetMs) / 60_000) : 0;
}
