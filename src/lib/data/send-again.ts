import type { Judgement } from '../domain/change';
import type { Change, ChangeKindName, FactsOf } from '../domain/changes';
import { makesRecord } from '../domain/judge';
import type { ChangeId, PhotoId } from '../domain/ids';
import { declaredPhotoId } from './attachments';
import { actingOn, makeChange, type Author } from './author';
import type { OutboxChange, QueuedPhoto, TabletDatabase, Trouble } from './database';
import { giveUp, listGivenUpWith, type GivenUp } from './give-up';
import { isSetAside } from './photo-queue';
import { changeOf, tablesOfOverlay, type Rebase } from './overlay';
import type { SealedChange } from './sealed-change';
import { queueChange, writeChange } from './write';

/** What is to be said instead of a refused change. */
export type Instead = {
  [Kind in ChangeKindName]: { kind: Kind; facts: FactsOf<Kind> };
}[ChangeKindName];

const canBeSentAgain: readonly Trouble['status'][] = ['refused', 'conflict'];

/** Undoes the transaction it is thrown in. */
class Unlawful extends Error {
  readonly judgement: Judgement;

  constructor(judgement: Judgement) {
    super('not lawful here');
    this.judgement = judgement;
  }
}

/**
 * On the user's word: says a refused change again, as it was or as `instead`, and with it what was done to a record it
 * alone would have made. A refusal stands for ever, so these are changes of their own, with the time of the old ones; the
 * old ones are given up in the same transaction. Where the new one is not lawful on what the office has now, nothing
 * happens; where this tablet does not know what it has, the office is asked. Null where nothing was refused, or a second tap came late.
 */
export async function sendAgain(
  author: Author,
  changeId: ChangeId,
  rebase: Rebase,
  instead?: Instead
): Promise<Judgement | null> {
  const { database } = author;
  const first = await database.outbox.where('id').equals(changeId).first();
  if (!first) return null;
  for (;;) {
    const { given } = await listGivenUpWith(database, first);
    const sealed = await sealAgain(author, given, instead);
    try {
      const judgement = await sayInstead(author, { first, given, sealed }, rebase);
      if (judgement !== 'outrun') return judgement;
    } catch (fault) {
      if (fault instanceof Unlawful) return fault.judgement;
      throw fault;
    }
  }
}

interface Again {
  first: OutboxChange;
  given: readonly OutboxChange[];
  sealed: readonly SealedChange[];
}

/** `outrun`: something was written on the record while the changes were sealed; nothing has happened. */
async function sayInstead(
  author: Author,
  { first, given, sealed }: Again,
  rebase: Rebase
): Promise<Judgement | null | 'outrun'> {
  const { database } = author;
  return database.transaction('rw', tablesOfOverlay(database), async () => {
    const trouble = await database.troubles.get(first.order);
    if (!trouble || !canBeSentAgain.includes(trouble.status)) return null;
    const present = await listGivenUpWith(database, first);
    if (present.given.some(({ order }, index) => order !== given[index]?.order)) return 'outrun';
    await giveUpKeeping(author, present, rebase);
    for (const one of sealed) {
      const judgement = await writeChange(author, one);
      if (isOfNoRecordHere(judgement)) await queueChange(author, one);
      else if (judgement.verdict !== 'allowed') throw new Unlawful(judgement);
    }
    return { verdict: 'allowed' as const };
  });
}

/** A refusal comes with the grant that ended, and with it the record went (step 10); the grant may be back by now. */
function isOfNoRecordHere(judgement: Judgement): boolean {
  return judgement.verdict === 'refused' && judgement.refusal.code === 'unknown-record';
}

async function sealAgain(
  by: Author,
  given: readonly OutboxChange[],
  instead: Instead | undefined
): Promise<SealedChange[]> {
  const sealed: SealedChange[] = [];
  const [first, ...others] = given.map(changeOf);
  const { version } = await actingOn(by, given[0]!.recordIds[0]!);
  const start = first!.baseVersion && (version || first!.baseVersion);
  const all = [{ ...first!, ...instead } as Change, ...others];
  for (const [index, change] of all.entries()) {
    const { kind, facts, at, community } = change;
    const base = makesRecord(change) ? 0 : start + index;
    sealed.push(await makeChange({ ...by, community }, kind, facts, at, base));
  }
  return sealed;
}

/** Inside the transaction: gives the old ones up, but their pictures go on as they were. */
async function giveUpKeeping({ database }: Author, goes: GivenUp, rebase: Rebase): Promise<void> {
  const { photos } = database;
  const { given, unmade } = goes;
  const declared = given.flatMap((row) => declaredPhotoId(changeOf(row)) ?? []);
  const kept = [
    ...(await photos
      .where('recordId')
      .anyOf([...unmade])
      .toArray()),
    ...(await photos.where('id').anyOf(declared).toArray())
  ];
  await giveUp(database, goes, rebase);
  await photos.bulkPut(kept.map(offeredAgain));
}

function offeredAgain({ refusal: _refusal, ...photo }: QueuedPhoto): QueuedPhoto {
  return photo.state === 'refused' ? { ...photo, state: photo.sha256 ? 'ready' : 'raw' } : photo;
}

/** On the user's word: a picture the office refused, or fails on each time, is offered once more, as it is. */
export async function offerPhotoAgain(database: TabletDatabase, id: PhotoId): Promise<void> {
  await database.photos
    .where('id')
    .equals(id)
    .and((photo) => photo.state === 'refused' || isSetAside(photo))
    .modify((photo) => {
      photo.state = photo.sha256 ? 'ready' : 'raw';
      delete photo.refusal;
      delete photo.failures;
      delete photo.tryAgainAt;
    });
}
