import { bytesInWords } from '../../messages/bytes';
import type { fieldWords } from '../../messages/field';

/** All that the line follows from. Counts are of what the office does not have. */
export interface SyncFacts {
  records: number;
  /** Pictures and voice notes on their way, a missing small picture included. */
  photos: number;
  /** Records of which the office refused something, or something is in conflict. */
  troubled: number;
  /** The office fails on them; tried again daily. */
  setAside: number;
  /** What a restored office has lost and this tablet holds. */
  toHandBack: number;
  /** A lifeline file was not read to its end. */
  halfRead: boolean;
  /** Whole days since the oldest of it was made. */
  oldestDays: number;
  /** Of other accounts on this tablet. */
  others: number;
  othersOldestDays: number;
  /** Bytes of photos that the office has confirmed, and all there are; null where none is on its way. */
  upload: { sent: number; of: number } | null;
  phase: 'idle' | 'hand-back' | 'texts' | 'records' | 'photos';
  /** How the last run ended, in whichever tab; null before the first. */
  outcome: 'done' | 'away' | 'signed-out' | 'account-mismatch' | 'upgrade-needed' | 'tablet-lost' | null;
  /** The last one may still be undone. */
  held: boolean;
  /** Something was saved, and the store was not counted again yet. */
  justSaved: boolean;
  /** Since the office last answered; null if it never did. */
  hoursSinceContact: number | null;
  /** Another tab runs a newer version: what this one shows stands still. */
  outdated: boolean;
  /** The last act could not be stored. */
  notSaved: boolean;
}

export interface ShownLine {
  text: string;
  tone: 'safe' | 'warn' | 'danger';
  href: '/waiting' | '/readiness' | '/lifeline' | '/sign-in?again';
}

type Words = (typeof fieldWords)['zh'];

/** After so long without the office its news is old, and so is the word that nothing is missing there. */
const longHours = 4;

/** The one line: what needs a person first, then what waits, and green only if nothing of all that is left. Pure. */
export function syncLine(facts: SyncFacts, words: Words): ShownLine {
  return lineOfTrouble(facts, words) ?? lineOfWaiting(facts, words) ?? lineOfRest(facts, words);
}

function lineOfTrouble(facts: SyncFacts, words: Words): ShownLine | null {
  const { outcome, troubled, oldestDays, setAside } = facts;
  const isLoud = facts.notSaved || facts.halfRead || troubled > 0 || oldestDays >= 1;
  const tone = isLoud ? 'danger' : 'warn';
  if (facts.outdated) return { text: words.outdatedLine, tone, href: '/waiting' };
  if (facts.notSaved) return { text: words.notSaved, tone, href: '/readiness' };
  if (facts.halfRead) return { text: words.halfRead, tone, href: '/lifeline' };
  if (outcome === 'signed-out') return { text: words.signedOut, tone, href: '/sign-in?again' };
  if (outcome === 'account-mismatch') return { text: words.mismatch, tone, href: '/sign-in?again' };
  if (outcome === 'upgrade-needed') return { text: words.upgrade, tone, href: '/readiness' };
  if (troubled > 0) return { text: words.troubled(troubled), tone, href: '/waiting' };
  if (oldestDays >= 1) return { text: words.oldUnsent(oldestDays), tone, href: '/waiting' };
  return setAside > 0 ? { text: words.setAside(setAside), tone, href: '/waiting' } : null;
}

function lineOfWaiting(facts: SyncFacts, words: Words): ShownLine | null {
  const { records, photos, phase, outcome, toHandBack, upload } = facts;
  if (records + photos + toHandBack === 0) return null;
  const say = (text: string): ShownLine => ({ text, tone: 'warn', href: '/waiting' });
  // What must wait for other tablets may do so for weeks: it hides nothing that is on its way.
  if (phase === 'hand-back' || records + photos === 0) return say(words.handingBack(toHandBack));
  // While nobody answers, each new try is no news: the line stays calm.
  const isSending = phase !== 'idle' && !(phase === 'texts' && outcome === 'away');
  if (isSending && records > 0 && phase === 'texts') return say(words.sending(records));
  if (phase === 'photos' && photos > 0)
    return say(words.uploading(upload ? bytesOf(upload, words) : words.photoCount(photos)));
  if (facts.held && outcome === 'done') return say(words.held);
  const what = words.what(records, photos);
  return say(outcome === 'away' ? words.waiting(what) : words.willSend(what));
}

function lineOfRest(facts: SyncFacts, words: Words): ShownLine {
  const { others, othersOldestDays, hoursSinceContact: hours } = facts;
  if (facts.justSaved) return { text: words.held, tone: 'warn', href: '/waiting' };
  if (others > 0) {
    const isOld = othersOldestDays >= 1;
    const text = isOld ? words.othersOld(others, othersOldestDays) : words.othersUnsent(others);
    return { text, tone: isOld ? 'danger' : 'warn', href: '/waiting' };
  }
  if (hours === null) return { text: words.neverReached, tone: 'warn', href: '/readiness' };
  if (hours >= longHours) return { text: words.longAgo(hours), tone: 'warn', href: '/readiness' };
  return { text: words.allArrived, tone: 'safe', href: '/waiting' };
}

function bytesOf({ sent, of }: { sent: number; of: number }, words: Words): string {
  return words.bytesOf(bytesInWords(sent), bytesInWords(of));
}
