import type { Actor } from './grant';
import { historyWithoutReporter, type AnonymousEntry } from './hidden-reporter';
import type { HistoryEntry } from './history';
import type { Instant } from './instant';
import { isReport, visibilityOf, type AnyRecord } from './record';
import { mayDo } from './rights';

/** Whether the reader may know who reported a record, and whom its worker spoke to. One's own is no secret. */
export function knowsReporter(actor: Actor, record: AnyRecord, now: Instant): boolean {
  const keys = visibilityOf(record);
  return keys.author === actor.account || mayDo(actor, 'readReporter', keys, now);
}

/** A record as somebody who may read it sees it: whole, or without contacts. Pull, desk and photos all ask here. */
export function seenBy<Seen extends AnyRecord>(actor: Actor, record: Seen, now: Instant): Seen {
  return knowsReporter(actor, record, now) ? record : withoutContacts(record);
}

/** What and where it is, never contacts, voices and talk about it. */
export function withoutContacts<Seen extends AnyRecord>(record: Seen): Seen {
  if (!isReport(record)) return record;
  const told = record.told && { ...record.told, words: '' };
  return { ...record, voiceIds: [], voices: [], followUps: [], comments: [], told };
}

const contactKinds: readonly HistoryEntry['kind'][] = ['follow-up-noted', 'voice-attached', 'resident-told'];

/** Its history, likewise; with a report's that of its case may come. Whoever may speak hears what is said. */
export function historySeenBy(
  actor: Actor,
  record: AnyRecord,
  history: readonly HistoryEntry[],
  now: Instant
): readonly (HistoryEntry | AnonymousEntry)[] {
  if (knowsReporter(actor, record, now)) return history;
  const keys = visibilityOf(record);
  const maySpeak = mayDo(actor, 'comment', keys, now);
  const told = history.filter(
    ({ kind }) => !contactKinds.includes(kind) && (maySpeak || kind !== 'comment-added')
  );
  return historyWithoutReporter(told, keys.author);
}
