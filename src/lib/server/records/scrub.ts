import type { Transaction } from 'kysely';
import { blankChange } from '../../domain/blank-change';
import type { FactsOf } from '../../domain/changes';
import type { RecordId } from '../../domain/ids';
import { parseChange, touchedBy } from '../../domain/judge';
import type { Receipt } from '../../protocol/receipt';
import type { Database, PhotoRow } from '../database/schema';

type Write = Transaction<Database>;
type Asked = Pick<FactsOf<'personal-blanked'>, 'recordId' | 'what'>;

/**
 * Step 12: rewrites what the log holds of a blanked record. Id, hash and sequence stay, so that a late copy is known; what a
 * conflict showed goes, and so do the rows of voices, which are returned: their bytes are the caller's to remove.
 */
export async function scrub(transaction: Write, community: string, asked: Asked): Promise<PhotoRow[]> {
  const voices = await scrubChanges(transaction, community, asked);
  await scrubOutcomes(transaction, community, asked.recordId);
  if (!voices.length) return [];
  return transaction
    .deleteFrom('photo')
    .where('community', '=', community)
    .where('id', 'in', voices)
    .returningAll()
    .execute();
}

async function scrubChanges(
  transaction: Write,
  community: string,
  { recordId, what }: Asked
): Promise<string[]> {
  const rows = await transaction
    .selectFrom('touch')
    .innerJoin('change', (join) =>
      join.onRef('change.community', '=', 'touch.community').onRef('change.sequence', '=', 'touch.sequence')
    )
    .select(['change.sequence', 'change.body'])
    .where('touch.community', '=', community)
    .where('touch.record_id', '=', recordId)
    .where('touch.is_rebuilt', '=', 0)
    .where('change.body', '<>', '')
    .execute();
  const voices: string[] = [];
  for (const { sequence, body } of rows) {
    const read = parseChange(JSON.parse(body));
    if (!('change' in read) || touchedBy(read.change)[0] !== recordId) continue;
    if (read.change.kind === 'voice-attached') voices.push(read.change.facts.voice.id);
    // Fields of a newer build go as well: nobody here knows what they say.
    const kept = JSON.stringify(blankChange(read.change, what));
    if (kept !== body)
      await transaction
        .updateTable('change')
        .set({ body: kept })
        .where('community', '=', community)
        .where('sequence', '=', sequence)
        .execute();
  }
  return voices;
}

async function scrubOutcomes(transaction: Write, community: string, recordId: RecordId): Promise<void> {
  const receipt: Receipt = { status: 'refused', refusal: { code: 'personal-blanked' }, records: [] };
  await transaction
    .updateTable('outcome')
    .set({ receipt: JSON.stringify(receipt) })
    .where('community', '=', community)
    .where('record_id', '=', recordId)
    .where('receipt', 'like', '%"conflict"%')
    .execute();
}
