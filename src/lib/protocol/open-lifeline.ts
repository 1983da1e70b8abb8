import type { RecordId } from '../domain/ids';
import type { Refusal } from '../domain/refusal';
import { readLifeline } from './lifeline';
import { unlock, type Bytes, type Lock, type Outcome } from './lifeline-cipher';
import type { LifelineChange, LifelineDraft, LifelineHead, LifelineMedium } from './lifeline-entry';

/** A file that was read once from beginning to end and is whole: all that is in it but the bytes of pictures. */
export interface OpenLifeline {
  file: Blob;
  lock: Lock;
  head: LifelineHead;
  drafts: LifelineDraft[];
  changes: LifelineChange[];
  media: LifelineMedium[];
}

export async function openLifeline(
  file: Blob,
  passphrase: string
): Promise<OpenLifeline | { refusal: Refusal }> {
  const lock = await unlock(file, passphrase);
  if ('refusal' in lock) return lock;
  const drafts: LifelineDraft[] = [];
  const changes: LifelineChange[] = [];
  const media: LifelineMedium[] = [];
  let head: LifelineHead | undefined;
  const outcome = await readLifeline(file, lock, {
    head: (one) => ((head = one), null),
    draft: (one) => (drafts.push(one), null),
    change: (one) => (changes.push(one), null),
    medium: (one) => (media.push(one), null)
  });
  if (outcome) return outcome;
  return head ? { file, lock, head, drafts, changes, media } : { refusal: { code: 'lifeline-damaged' } };
}

/** The record a change of the file is about. */
export function recordIdIn({ body }: LifelineChange): RecordId {
  return (JSON.parse(body) as { facts: { recordId: RecordId } }).facts.recordId;
}

export function recordCount({ changes }: Pick<OpenLifeline, 'changes'>): number {
  return new Set(changes.map(recordIdIn)).size;
}

/** The pictures with their bytes, one after the other. A refusal that `take` returns ends it. */
export function readMedia(
  { file, lock }: Pick<OpenLifeline, 'file' | 'lock'>,
  take: (medium: LifelineMedium, bytes: Bytes) => Promise<Outcome>
): Promise<Outcome> {
  return readLifeline(file, lock, { medium: take });
}
