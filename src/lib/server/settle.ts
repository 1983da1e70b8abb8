import type { Limit } from '../domain/category';
import type { Settled } from '../domain/change';
import type { Change } from '../domain/changes';
import type { RecordId } from '../domain/ids';
import { instantToDay, type Instant } from '../domain/instant';
import { assignedBy, touchedBy } from '../domain/judge';
import type { AnyRecord } from '../domain/record';
import type { Reference } from '../domain/reference';
import { limitEnd } from './calendar';
import type { Ledger } from './ledger';
import { takeCaseNumber } from './records/changes';
import { loadRecords } from './records/records';
import { caseNumber } from './records/reference';

/** What only the server can say of an accepted change: its arrival, a case number, the end of the limit. */
export async function settle(
  ledger: Ledger,
  reference: Reference,
  change: Change,
  records: ReadonlyMap<RecordId, AnyRecord>
): Promise<Settled> {
  const receivedAt = ledger.now;
  switch (assignedBy(change)) {
    case 'caseNumber': {
      const year = Number(instantToDay(receivedAt).slice(0, 4));
      const count = await takeCaseNumber(ledger.transaction, ledger.community, year);
      return { receivedAt, caseNumber: caseNumber(ledger.communityName, year, count) };
    }
    case 'dueAt':
      return { receivedAt, dueAt: await dueAt(ledger, reference, records.get(touchedBy(change)[0]!)) };
    case undefined:
      return { receivedAt };
  }
}

async function dueAt(
  ledger: Ledger,
  reference: Reference,
  work: AnyRecord | undefined
): Promise<Instant | undefined> {
  if (work?.kind !== 'case') return undefined;
  const subjects = await loadRecords(ledger.transaction, ledger.community, [work.subjectId]);
  const limit = limitOf(subjects.get(work.subjectId), reference);
  return limit && limitEnd(ledger.now, limit);
}

function limitOf(subject: AnyRecord | undefined, reference: Reference): Limit | undefined {
  if (subject?.kind === 'issue')
    return reference.categories.find((category) => category.code === subject.categoryCode)?.limit;
  if (subject?.kind === 'need')
    return reference.needTypes.find((type) => type.code === subject.needTypeCode)?.limit;
  return undefined;
}
