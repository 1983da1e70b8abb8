import { createHmac, createHash, type KeyObject } from 'node:crypto';
import type { Settled } from '../domain/change';
import type { HistoryEntry } from '../domain/history';

/** 96 bits are plenty against guessing and a third of the bytes on the wire. */
const sealLength = 16;

/** The server's mark on what it says: whoever shows it again can be believed, also by a restored store (step 11). */
function seal(key: KeyObject, ...parts: readonly (string | number)[]): string {
  return createHmac('sha256', key).update(parts.join('\n')).digest('base64url').slice(0, sealLength);
}

/** What was settled when a change was accepted, in one order of its parts. Empty where it was only the arrival. */
export function settledText({ caseNumber, dueAt }: Partial<Settled>): string {
  return caseNumber || dueAt ? JSON.stringify({ caseNumber, dueAt }) : '';
}

/** On a receipt (step 5). */
export function sealChange(
  key: KeyObject,
  change: { id: string; sha256: string; sequence: number; settled: Settled }
): string {
  const { id, sha256, sequence, settled } = change;
  return seal(key, 'change', id, sha256, sequence, settled.receivedAt, settledText(settled));
}

/** As protocols 1 and 2 sealed: over the version, which their receipts do not name. */
export function sealOfVersion(key: KeyObject, id: string, sha256: string, sequence: number, version: number) {
  return seal(key, id, sha256, sequence, version);
}

/** On a line of a record's history (step 9). */
export function sealEntry(
  key: KeyObject,
  community: string,
  entry: Omit<HistoryEntry, 'authorName' | 'seal'>
): string {
  const { id, kind, at, author, facts, sequence = 0, settled = {}, receivedAt = '' } = entry;
  const said = [community, id, kind, at, receivedAt, author, sequence, settledText(settled)];
  return seal(key, 'entry', ...said, JSON.stringify(facts));
}

/** On a cursor: this change stood at this place in this life of the store. */
export function sealPlace(
  { sealKey, epoch }: { sealKey: KeyObject; epoch: string },
  community: string,
  sequence: number,
  changeId: string
): string {
  return seal(sealKey, 'place', epoch, community, sequence, changeId);
}

export function sha256Hex(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}
