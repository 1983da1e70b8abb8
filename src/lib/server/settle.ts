import type { Limit } from '../domain/category';
import type { Settled } from '../domain/change';
import type { Change } from '../domain/changes';
import type { RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import { assignedBy, touchedBy } from '../domain/judge';
import type { AnyRecord } from '../domain/record';
import type { Reference } from '../domain/reference';
import { limitEnd } from './calendar';
import type { Batch } from './batch';
import { caseNumber } from './records/reference';

/** What only the server can say of an accepted change: its arrival, a case number, the end of the limit. */
export function settle(batch: Batch, change: Change): Settled {
  const receivedAt = batch.now;
  switch (assignedBy(change)) {
    case 'caseNumber': {
      const count = batch.casesBefore + batch.casesOpened + 1;
      return { receivedAt, caseNumber: caseNumber(batch.communityName, batch.year, count) };
    }
    case 'dueAt':
      return { receivedAt, dueAt: dueAt(batch, touchedBy(change)[0]!) };
    case undefined:
      return { receivedAt };
  }
}

function dueAt({ recordsById, reference, now }: Batch, id: RecordId): Instant | undefined {
  const work = recordsById.get(id);
  const limit = work?.kind === 'case' && limitOf(recordsById.get(work.subjectId), reference);
  return limit ? limitEnd(now, limit, reference.calendar ?? []) : undefined;
}

function limitOf(subject: AnyRecord | undefined, reference: Reference): Limit | undefined {
  if (subject?.kind === 'issue')
    return reference.categories.find((category) => category.code === subject.categoryCode)?.limit;
  if (subject?.kind === 'need')
    return reference.needTypes.find((type) => type.code === subject.needTypeCode)?.limit;
  return undefined;
}
