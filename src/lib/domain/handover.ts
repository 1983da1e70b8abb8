import type { AccountId, RecordId } from './ids';
import type { Instant } from './instant';
import type { RecordBase } from './report';

/** More than anybody reads at the end of a shift. */
export const maxHandoverItems = 300;

/** 交接: what one shift leaves to the next of a grid. */
export interface Handover extends RecordBase {
  kind: 'handover';
  state: 'waiting' | 'read';
  note: string;
  /** Reports still open. Each reader is shown those that they may read anyway. */
  itemIds: RecordId[];
  /** 已阅: who of the grid ticked it, and when first. */
  readBy: { account: AccountId; at: Instant }[];
}

/** Somebody has taken it over: for so long it still stands before the others of the grid. */
export const takenOverMs = 3 * 24 * 3_600_000;

/** Whether it still waits for this person of the grid: until they tick it, or somebody did and it is old. */
export function isToRead(handover: Handover, me: AccountId, now: Instant): boolean {
  const { at, author, readBy } = handover;
  if (author === me || readBy.some(({ account }) => account === me)) return false;
  return readBy.length === 0 || Date.parse(now) - Date.parse(at) < takenOverMs;
}
