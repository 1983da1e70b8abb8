import type { Judgement } from '../domain/change';
import type { ChangeKindName, FactsOf } from '../domain/changes';
import type { RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import { makeChange, shownVersion, type Author } from './author';
import { tablesOfWriting, writeChange } from './write';

/**
 * Saves one act of a user on a record (step 1). If it returns `allowed`, it survives a kill;
 * otherwise nothing was written and the judgement says why. Throws where the disk does not take it.
 */
export async function recordAct<Kind extends ChangeKindName>(
  author: Author,
  kind: Kind,
  facts: FactsOf<Kind> & { recordId: RecordId },
  at: Instant
): Promise<Judgement> {
  const { database, rules } = author;
  const sealed = await makeChange(author, kind, facts, at, await shownVersion(database, facts.recordId));
  // Dexie keeps the transaction alive across awaits only where its callback itself is async.
  return database.transaction('rw', tablesOfWriting(database), async () =>
    writeChange(database, sealed, rules)
  );
}
