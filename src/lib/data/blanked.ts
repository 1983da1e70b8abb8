import { bringsBack } from '../domain/blank-change';
import type { RecordId } from '../domain/ids';
import type { AnyRecord } from '../domain/record';
import type { OutboxChange, TabletDatabase } from './database';
import { forgetBytes, onlyTaken } from './erased';
import { changeOf } from './overlay';

/**
 * Step 12, inside a transaction: the office made illegible what these records said of people. What came shows that; the
 * changes it had taken, which still say it, go at once, and so do voices. What is unsent stays: its receipt will say why it
 * cannot be taken, and the person decides.
 */
export async function forgetBlanked(database: TabletDatabase, records: Iterable<AnyRecord>): Promise<void> {
  const blanked = new Map(
    [...records].flatMap((record) =>
      'blanked' in record && record.blanked ? [[record.id, record] as const] : []
    )
  );
  if (!blanked.size) return;
  const touching = await database.outbox
    .where('recordIds')
    .anyOf([...blanked.keys()])
    .distinct()
    .toArray();
  const saying = touching.filter((row) => bringsBack(changeOf(row), blanked.get(row.recordIds[0]!)));
  const taken = await onlyTaken(database, saying);
  await database.outbox.bulkDelete(taken.map(({ order }) => order));
  await forgetVoices(database, [...blanked.keys()], taken);
}

/** Inside a transaction: what was blanked before its receipt came, also where an old lifeline file has brought it here once more. */
export async function forgetTakenOfBlanked(
  database: TabletDatabase,
  taken: readonly OutboxChange[]
): Promise<void> {
  const rows = await database.records.bulkGet([...new Set(taken.flatMap((row) => row.recordIds))]);
  await forgetBlanked(
    database,
    rows.flatMap((row) => row?.record ?? [])
  );
}

async function forgetVoices(
  database: TabletDatabase,
  ids: readonly RecordId[],
  taken: readonly OutboxChange[]
): Promise<void> {
  const declared = new Set(
    taken.flatMap((row) => {
      const change = changeOf(row);
      return change.kind === 'voice-attached' ? [change.facts.voice.id] : [];
    })
  );
  const voices = await database.photos
    .where('recordId')
    .anyOf(ids)
    .filter(({ id, medium, state }) => medium === 'voice' && (state === 'stored' || declared.has(id)))
    .primaryKeys();
  await forgetBytes(database, voices);
}
