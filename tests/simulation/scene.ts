import type { ChangeKindName } from '../../src/lib/domain/changes';
import type { RecordId } from '../../src/lib/domain/ids';
import type { AnyRecord } from '../../src/lib/domain/record';
import type { OutboxChange, QueuedPhoto, ShownRecord } from '../../src/lib/data/database';
import type { Random } from './machine/random';
import type { Page } from './page';
import type { Tablet } from './tablet';
import type { Town } from './town';

/** Where an act takes place: who does it, with which draws. */
export interface Scene {
  town: Town;
  tablet: Tablet;
  page: Page;
  random: Random;
  /** The number of the step, to make words that are found again. */
  number: number;
}

export const databaseOf = ({ page }: Pick<Scene, 'page'>): string => `xunge-${page.person.account}`;

export const at = (): string => new Date().toISOString();

/** What the tablet shows at this moment. */
export function shownRecords({ tablet, page }: Scene): AnyRecord[] {
  return tablet.store.rows<ShownRecord>(databaseOf({ page }), 'records').map(({ record }) => record);
}

/** The person is told that it is saved: from now on it must be found. */
export function toldSaved(scene: Scene, recordId: RecordId, kinds: readonly ChangeKindName[]): void {
  const { tablet } = scene;
  const name = databaseOf(scene);
  const told = tablet.ledger.changesOf(name);
  const rows = tablet.store.rows<OutboxChange>(name, 'outbox');
  const mine = rows.filter(
    ({ recordIds, body }) =>
      recordIds[0] === recordId && kinds.some((kind) => body.includes(`"kind":"${kind}"`))
  );
  if (mine.length === 0) throw new LawBroken('saved is saved', `nothing of ${recordId} lies in the outbox`);
  for (const { id, body } of mine) told.set(id, body);
}

export function photosOf(scene: Scene): QueuedPhoto[] {
  return scene.tablet.store.rows<QueuedPhoto>(databaseOf(scene), 'photos');
}

/** A promise of the contract that does not hold. */
export class LawBroken extends Error {
  readonly law: string;

  constructor(law: string, what: string) {
    super(`${law}: ${what}`);
    this.law = law;
  }
}
