import type { AccountId, ChangeId } from './ids';
import type { Instant } from './instant';
import type { ChangeKindName } from './changes';

/** One line of a record's history: a change, with who and when. Its words are made on screen. */
export interface HistoryEntry {
  id: ChangeId;
  kind: ChangeKindName;
  /** Device time. */
  at: Instant;
  /** Server time; absent while the change is only on this tablet. */
  receivedAt?: Instant;
  author: AccountId;
  /** Name and role of the author as they are now, where the reader may know them. */
  authorName?: string;
  facts: Record<string, unknown>;
}

/** Newest last: by server time where known (a tablet clock may be wrong), unsent ones at the end in their own order. */
export function inOrder(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const arrived = entries.filter((entry) => entry.receivedAt);
  const unsent = entries.filter((entry) => !entry.receivedAt);
  return [...arrived.sort((a, b) => (a.receivedAt! < b.receivedAt! ? -1 : 1)), ...unsent];
}
