import type { Actor } from './grant';
import { withoutAnyNumbers } from './hidden-numbers';
import { historyWithoutReporter, type AnonymousEntry } from './hidden-reporter';
import type { HistoryEntry } from './history';
import type { AccountId } from './ids';
import type { Instant } from './instant';
import { isReport, visibilityOf, type AnyRecord } from './record';
import type { Report } from './report';
import { mayDo } from './rights';

/** Whether the reader may know who reported a record, and whom its worker spoke to. One's own is no secret. */
export function knowsReporter(actor: Actor, record: AnyRecord, now: Instant): boolean {
  const keys = visibilityOf(record);
  return keys.author === actor.account || mayDo(actor, 'readReporter', keys, now);
}

/** How much of a record somebody sees. Two readers of one kind are shown the same. */
export function sightOf(
  actor: Actor,
  record: AnyRecord,
  now: Instant
): 'nothing' | 'bare' | 'talk' | 'whole' {
  const keys = visibilityOf(record);
  if (!mayDo(actor, 'read', keys, now)) return 'nothing';
  if (knowsReporter(actor, record, now)) return 'whole';
  return mayDo(actor, 'comment', keys, now) ? 'talk' : 'bare';
}

/** A record as somebody who may read it sees it: whole, or without contacts. Pull, desk and photos all ask here. */
export function seenBy<Seen extends AnyRecord>(actor: Actor, record: Seen, now: Instant): Seen {
  return knowsReporter(actor, record, now) ? record : withoutContacts(record);
}

/** Stands in a record for the reporter, and for whoever of the office opened it. */
export const nobody = '00000000-0000-7000-8000-000000000000' as AccountId;

/**
 * What and where it is, never who reported it (a device number holds the name, a picture's own data may), nor contacts,
 * voices, talk and telephone numbers. Id, version and state stay: a tablet lays its own changes over it.
 */
export function withoutContacts<Seen extends AnyRecord>(record: Seen): Seen {
  if (record.kind === 'handover') return { ...record, note: '', itemIds: [] };
  if (record.kind === 'opinion') return { ...record, text: '', page: '', answer: undefined };
  if (record.kind === 'patrol') return record;
  const photos = record.photos.map(({ exif: _, ...photo }) => photo);
  const seen = isReport(record)
    ? { ...record, ...silent(record), photos, comments: [] }
    : { ...record, photos, comments: [] };
  return unnamed(withoutAnyNumbers(seen), visibilityOf(record).author);
}

function silent({ told, openedBy }: Report): Partial<Report> {
  return {
    number: '',
    patrolId: undefined,
    voiceIds: [],
    voices: [],
    followUps: [],
    openedBy: openedBy.map(({ at }) => ({ account: nobody, at })),
    told: told && { ...told, words: '' }
  };
}

/** An id is like no other text: wherever the reporter's stands, it goes. */
function unnamed<Value>(value: Value, reporter: AccountId): Value {
  return JSON.parse(JSON.stringify(value).replaceAll(reporter, nobody)) as Value;
}

const contactKinds: readonly HistoryEntry['kind'][] = ['follow-up-noted', 'voice-attached', 'resident-told'];

/**
 * Its history, likewise; with a report's that of its case may come. Whoever may speak hears what is said, but for the
 * reporter's own words: they are of the resident.
 */
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
    ({ kind, author }) =>
      !contactKinds.includes(kind) && (kind !== 'comment-added' || (maySpeak && author !== keys.author))
  );
  return historyWithoutReporter(told, keys.author).map((entry) => ({
    ...entry,
    facts: withoutAnyNumbers(withoutExif(entry.facts))
  }));
}

function withoutExif({ photo, ...facts }: HistoryEntry['facts']): HistoryEntry['facts'] {
  return photo ? { ...facts, photo: { ...photo, exif: undefined } } : facts;
}
