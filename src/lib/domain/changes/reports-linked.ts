import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { reportOf } from '../record';

/** An issue and a need (or two of either) belong together, such as a broken step and an errand because of it. */
export const reportsLinked = defineChange({
  kind: 'reports-linked',
  act: 'link',
  facts: z.object({ recordId: RecordId, otherId: RecordId }),
  touches: (facts) => [facts.recordId, facts.otherId],
  allow: (facts, records) => {
    const both = reportOf(records, facts.recordId) && reportOf(records, facts.otherId);
    return both && facts.recordId !== facts.otherId ? allowed : refused('unknown-record');
  },
  apply: (facts, records) => {
    const link = (id: RecordId, other: RecordId) => {
      const report = reportOf(records, id)!;
      return { ...report, linkedIds: [...new Set([...report.linkedIds, other])] };
    };
    return [link(facts.recordId, facts.otherId), link(facts.otherId, facts.recordId)];
  }
});
