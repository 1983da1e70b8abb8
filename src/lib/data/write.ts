import { maxChangeBytes, refused, type Judgement } from '../domain/change';
import { allowChange, applyChange, parseChange, touchedBy } from '../domain/judge';
import type { RecordId } from '../domain/ids';
import type { AnyRecord } from '../domain/record';
import type { Author } from './author';
import type { OutboxChange, TabletDatabase } from './database';
import { keepBases } from './overlay';
import type { SealedChange } from './sealed-change';
import { shownRecord } from './shown-record';

/** The tables that a transaction must name which calls `writeChange`. */
export const tablesOfWriting = (database: TabletDatabase) => [
  database.outbox,
  database.records,
  database.bases,
  database.troubles,
  database.settings
];

/**
 * Step 1, inside the caller's transaction: the change into the outbox, the resulting records into the view.
 * Refused here means: nothing was written. Form and state are judged; grants are not, they may be stale on a tablet.
 */
export async function writeChange({ database, rulesOf }: Author, sealed: SealedChange): Promise<Judgement> {
  const refusedForm = judgeForm(sealed);
  if (refusedForm) return refusedForm;
  const recordIds = touchedBy(sealed.change);
  const shown = new Map(
    (await database.records.bulkGet(recordIds)).flatMap((row) => (row ? [[row.id, row] as const] : []))
  );
  const records = new Map([...shown].map(([id, row]) => [id, row.record] as [RecordId, AnyRecord]));
  const judgement = allowChange(sealed.change, records, rulesOf(sealed.change.community));
  if (judgement.verdict !== 'allowed') return judgement;
  const after = applyChange(sealed.change, records);
  await keepBases(database, records.values());
  const rows = after.map((record) => shownRecord(record, shown.get(record.id)?.history ?? []));
  // Asked for together: the store works through them in this order, and the caller waits once.
  await Promise.all([database.outbox.add(outboxRow(sealed, recordIds)), database.records.bulkPut(rows)]);
  return judgement;
}

/** Into the outbox alone: of a record that is not here any more only the office can judge. */
export async function queueChange({ database }: Author, sealed: SealedChange): Promise<void> {
  await database.outbox.add(outboxRow(sealed, touchedBy(sealed.change)));
}

/** What is too long or does not fit is said while it can still be mended, not by the office an hour later. */
function judgeForm({ body }: SealedChange): Judgement | null {
  if (new TextEncoder().encode(body).length > maxChangeBytes)
    return refused('too-large', { maximum: maxChangeBytes });
  const read = parseChange(JSON.parse(body));
  return 'refusal' in read ? refused(read.refusal.code, read.refusal.details) : null;
}

function outboxRow(
  { change, body, sha256 }: SealedChange,
  recordIds: RecordId[]
): Omit<OutboxChange, 'order'> {
  return { id: change.id, recordIds, body, sha256 };
}
