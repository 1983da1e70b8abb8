import type { Actor } from './grant';
import type { HistoryEntry } from './history';
import type { Instant } from './instant';
import { isReport, visibilityOf, type AnyRecord } from './record';
import { mayDo } from './rights';

/** Whether the reader may know who reported a record, and whom its worker spoke to. One's own is no secret. */
export function knowsReporter(actor: Actor, record: AnyRecord, now: Instant): boolean {
  const keys = visibilityOf(record);
  return keys.author === actor.account || mayDo(actor, 'readReporter', keys, now);
}

/** A public facility as a volunteer's tablet gets it: what and where it is, never contacts and talk about it. */
export function withoutContacts(record: AnyRecord): AnyRecord {
  if (!isReport(record)) return record;
  const told = record.told && { ...record.told, words: '' };
  return { ...record, followUps: [], comments: [], told };
}

const contactKinds: readonly HistoryEntry['kind'][] = ['follow-up-noted', 'comment-added', 'resident-told'];

export function historyWithoutContacts(history: readonly HistoryEntry[]): HistoryEntry[] {
  return history.filter(({ kind }) => !contactKinds.includes(kind));
}
