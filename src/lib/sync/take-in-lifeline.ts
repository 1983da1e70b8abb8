import type { Author } from '../data/author';
import type { QueuedPhoto, Trouble } from '../data/database';
import type { Draft } from '../data/draft';
import { saveSetting } from '../data/settings';
import { takeIn, takeInPhoto, type ForeignChange, type TakenIn } from '../data/take-in';
import { RecordId } from '../domain/ids';
import { parseChange, touchedBy } from '../domain/judge';
import type { Refusal } from '../domain/refusal';
import type { LifelineChange } from '../protocol/lifeline-entry';
import { readMedia, type OpenLifeline } from '../protocol/open-lifeline';
import { rebase } from './rebase';

/**
 * Puts what another tablet of this account could not send into this one's outbox, as it was written: texts and drafts at
 * once, then the pictures one by one. If it is ended half-way, the tablet keeps that in mind (`halfRead`), and reading the
 * file again goes on where it was.
 */
export async function takeInLifeline(
  { database, account, rulesOf }: Author,
  lifeline: OpenLifeline,
  onProgress: (done: number, all: number) => void = () => {}
): Promise<(TakenIn & { photos: number }) | { refusal: Refusal }> {
  if (lifeline.head.account !== account) return { refusal: { code: 'lifeline-of-another' } };
  const changes: ForeignChange[] = [];
  for (const change of lifeline.changes) {
    const recordIds = touchedIn(change.body);
    if ('code' in recordIds) return { refusal: recordIds };
    changes.push({ ...change, recordIds, said: change.said as Partial<Trouble> as ForeignChange['said'] });
  }
  await saveSetting(database, 'halfRead', true);
  const drafts = lifeline.drafts as unknown as Draft[];
  const taken = await takeIn(database, { changes, drafts }, (bases, unsent) =>
    rebase(bases, unsent, rulesOf)
  );
  let photos = 0;
  let done = 0;
  const outcome = await readMedia(lifeline, async ({ bytes: kind, facts, thumbnail }, bytes) => {
    const photo = facts as unknown as QueuedPhoto;
    const small = thumbnail === undefined ? undefined : fromBase64(thumbnail);
    if (kind !== 'unreadable' && (await takeInPhoto(database, photo, kind, bytes.buffer, small))) photos++;
    onProgress(++done, lifeline.media.length);
    return null;
  });
  await saveSetting(database, 'halfRead', false);
  return outcome ?? { ...taken, photos };
}

/** The records a change touches. One of a kind this build does not know could be kept, but not shown or settled here. */
function touchedIn(body: LifelineChange['body']): RecordId[] | Refusal {
  const value = JSON.parse(body) as { facts?: { recordId?: unknown } };
  const read = parseChange(value);
  if ('change' in read) return touchedBy(read.change);
  const id = RecordId.safeParse(value.facts?.recordId);
  if (read.refusal.code === 'upgrade-needed' || !id.success) return { code: 'lifeline-newer' };
  return [id.data];
}

function fromBase64(text: string): ArrayBuffer {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer;
}
