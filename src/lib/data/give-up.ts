import type { ChangeId, RecordId } from '../domain/ids';
import type { OutboxChange, TabletDatabase, Trouble } from './database';
import { declaredPhotoId } from './attachments';
import { listUnreceiptedOf } from './outbox';
import { changeOf, isMaker, layOver, tablesOfOverlay, type Rebase } from './overlay';
import { loadBases, wakeDependants } from './settled';

/** What the office has not taken for certain. Of the others it may have: giving them up here would hide them here only. */
export const canBeGivenUp: readonly Trouble['status'][] = ['refused', 'conflict', 'upgrade-needed'];

/** On the user's word: the change is given up. It stays in the outbox, marked, and lies over nothing. */
export async function withdrawTrouble(
  database: TabletDatabase,
  changeId: ChangeId,
  rebase: Rebase
): Promise<void> {
  await database.transaction('rw', tablesOfOverlay(database), async () => {
    const row = await database.outbox.where('id').equals(changeId).first();
    const trouble = row && (await database.troubles.get(row.order));
    if (!row || !trouble || !canBeGivenUp.includes(trouble.status)) return;
    await giveUp(database, await listGivenUpWith(database, row), rebase);
  });
}

/** What goes together: in order, and the records that then nobody has made. */
export interface GivenUp {
  given: OutboxChange[];
  unmade: Set<RecordId>;
}

/** The change, and whatever was done to a record that it alone would have made. */
export async function listGivenUpWith(database: TabletDatabase, first: OutboxChange): Promise<GivenUp> {
  const given = new Map([[first.order, first]]);
  const unmade = new Set(await unmadeBy(database, first));
  // What one of them would have made shows only once that one is found.
  for (let size = 0; size < unmade.size;) {
    size = unmade.size;
    for (const row of await listUnreceiptedOf(database, unmade)) {
      if (row.order <= first.order) continue;
      given.set(row.order, row);
      for (const id of await unmadeBy(database, row)) unmade.add(id);
    }
  }
  return { given: [...given.values()].sort((a, b) => a.order - b.order), unmade };
}

/**
 * Inside a transaction: marks the change as withdrawn, and with it whatever was done to a record that it alone would
 * have made: that record goes, its pictures stay on the tablet. Other records they touched are shown without them.
 */
export async function giveUp(
  database: TabletDatabase,
  { given, unmade }: GivenUp,
  rebase: Rebase
): Promise<void> {
  const known = await database.troubles.bulkGet(given.map((row) => row.order));
  await database.troubles.bulkPut(
    given.map(({ order, id, recordIds }, index) => ({
      ...(known[index] ?? { order, changeId: id, recordIds, failures: 0 }),
      status: 'withdrawn' as const
    }))
  );
  await wakeDependants(database, given);
  await database.records.bulkDelete([...unmade]);
  const declared = given.flatMap((row) => declaredPhotoId(changeOf(row)) ?? []);
  const { photos } = database;
  await photos
    .where('recordId')
    .anyOf([...unmade])
    .modify({ state: 'withdrawn' });
  await photos.where('id').anyOf(declared).modify({ state: 'withdrawn' });
  const { records, left } = await loadBases(
    database,
    given.flatMap((row) => row.recordIds)
  );
  await layOver(database, records, rebase, new Map(), left);
}

/** The record this change was to make, where the office has none of it. */
async function unmadeBy(database: TabletDatabase, row: OutboxChange): Promise<RecordId[]> {
  const id = row.recordIds[0]!;
  return isMaker(row) && !(await database.bases.get(id)) ? [id] : [];
}
