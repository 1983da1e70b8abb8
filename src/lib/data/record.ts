import type { Judgement } from '../domain/change';
import type { ChangeKindName, FactsOf } from '../domain/changes';
import type { RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import { actingOn, makeChange, type Author } from './author';
import { tablesOfWriting, writeChange } from './write';

/**
 * Saves one act of a user on a record (step 1). If it returns `allowed`, it survives a kill;
 * otherwise nothing was written and the judgement says why. Throws where the disk does not take it.
 */
export async function recordAct<Kind extends ChangeKindName>(
  by: Author,
  kind: Kind,
  facts: FactsOf<Kind> & { recordId: RecordId },
  at: Instant
): Promise<Judgement> {
  const { author, version } = await actingOn(by, facts.recordId);
  const { database } = author;
  const sealed = await makeChange(author, kind, facts, at, version);
  // Dexie keeps the transaction alive across awaits only where its callback itself is async.
  return database.transaction('rw', tablesOfWriting(database), async () => writeChange(author, sealed));
}
