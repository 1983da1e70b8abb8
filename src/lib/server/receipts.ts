import type { RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import { visibilityOf, type AnyRecord } from '../domain/record';
import type { Refusal } from '../domain/refusal';
import { mayDo } from '../domain/rights';
import { knowsReporter } from '../domain/seen-record';
import type { Receipt } from '../protocol/receipt';
import { recordToWire } from '../protocol/wire-record';
import type { Sender } from './batch';

/** The answer to one change, its records still to be filled in: what they are is known when the request is over. */
export interface Answer {
  receipt: Receipt;
  /** Records the sender is to be told of. */
  about: readonly RecordId[];
}

export function refusal({ code, details }: Refusal, about: readonly RecordId[] = []): Answer {
  return { receipt: { status: 'refused', refusal: { code, details }, records: [] }, about };
}

/**
 * Fills in the records, each once and as it is now: a later change of the same request may have moved it on. Only what
 * the sender may read and, since receipts know no half records, only where it may also know who reported.
 */
export function fillIn(
  answers: readonly Answer[],
  recordsById: ReadonlyMap<RecordId, AnyRecord>,
  { actor, carrier }: Sender,
  now: Instant
): Receipt[] {
  const reader = carrier ?? actor;
  const mayKnow = (record: AnyRecord) =>
    reader !== 'server' &&
    mayDo(reader, 'read', visibilityOf(record), now) &&
    knowsReporter(reader, record, now);
  const told = new Set<RecordId>();
  for (const { receipt, about } of answers) {
    if (!('records' in receipt)) continue;
    for (const id of about) {
      const record = recordsById.get(id);
      if (!record || told.has(id) || !mayKnow(record)) continue;
      told.add(id);
      receipt.records.push(recordToWire(record));
    }
  }
  return mergeRuns(answers.map(({ receipt }) => receipt));
}

/** Neighbouring acceptances of one moment travel as one entry. */
function mergeRuns(receipts: readonly Receipt[]): Receipt[] {
  const merged: Receipt[] = [];
  for (const receipt of receipts) {
    const last = merged.at(-1);
    const follows =
      last?.status === 'accepted' &&
      receipt.status === 'accepted' &&
      receipt.sequence === last.sequence + last.count &&
      receipt.receivedAt === last.receivedAt;
    if (follows) {
      for (const [place, settled] of Object.entries(receipt.settled ?? {}))
        last.settled = { ...last.settled, [last.count + Number(place)]: settled };
      last.count += receipt.count;
      last.seals.push(...receipt.seals);
      last.records.push(...receipt.records);
    } else merged.push(receipt);
  }
  return merged;
}
