import type { AccountId, ChangeId } from './ids';
import type { Instant } from './instant';
import type { Settled } from './change';
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
  /** The officer who handed it in for the author, out of a lifeline file. */
  carriedBy?: AccountId;
  carriedByName?: string;
  facts: Record<string, unknown>;
  /** What the office set, its place in the log, and the office's seal on all of it: for a restored office (step 11). */
  settled?: Omit<Settled, 'receivedAt'>;
  sequence?: number;
  seal?: string;
}

/** Whether it tells how an issue or a need began. */
export function isRecording({ kind }: Pick<HistoryEntry, 'kind'>): boolean {
  return kind === 'issue-recorded' || kind === 'need-recorded';
}

/** Newest last: by server time where known (a tablet clock may be wrong), unsent ones at the end in their own order. */
export function inOrder(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const arrived = entries.filter((entry) => entry.receivedAt);
  const unsent = entries.filter((entry) => !entry.receivedAt);
  return [...arrived.sort((a, b) => (a.receivedAt! < b.receivedAt! ? -1 : 1)), ...unsent];
}

/** Pictures added in one go are told in one line. */
const oneGoMs = 60_000;

type Told = Omit<HistoryEntry, 'author'> & { author?: AccountId; by?: string };

/** Each line with how many of its kind it stands for: more than one only for pictures one person added in one go. */
export function gatherPhotos<Entry extends Told>(entries: readonly Entry[]): (Entry & { count: number })[] {
  const lines: (Entry & { count: number })[] = [];
  for (const entry of entries) {
    const last = lines.at(-1);
    if (last && isOneGo(last, entry)) last.count++;
    else lines.push({ ...entry, count: 1 });
  }
  return lines;
}

function isOneGo(first: Told, next: Told): boolean {
  const isPhoto = first.kind === 'photo-attached' && next.kind === 'photo-attached';
  const said = ({ author, authorName, by, carriedBy, receivedAt, facts }: Told) =>
    JSON.stringify([author, authorName, by, carriedBy, receivedAt !== undefined, stageOf(facts)]);
  const apartMs = Math.abs(Date.parse(next.at) - Date.parse(first.at));
  return isPhoto && apartMs <= oneGoMs && said(first) === said(next);
}

function stageOf({ photo, stage }: HistoryEntry['facts']): unknown {
  return (photo as { stage?: unknown } | undefined)?.stage ?? stage;
}
