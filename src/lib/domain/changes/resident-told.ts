import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { caseOf, reportOf } from '../record';
import { Text } from '../report';

/** 已告知居民: a need ends with it. Lawful once there is something to tell. */
export const residentTold = defineChange({
  kind: 'resident-told',
  act: 'tell',
  facts: z.object({ recordId: RecordId, caseId: z.optional(RecordId), words: Text }),
  touches: (facts) => (facts.caseId ? [facts.recordId, facts.caseId] : [facts.recordId]),
  allow: (facts, records) => {
    const report = reportOf(records, facts.recordId);
    if (!report || report.told) return refused('wrong-state');
    const work = facts.caseId && report.caseId === facts.caseId ? caseOf(records, facts.caseId) : undefined;
    const isOver = report.solvedOnSpot || report.state === 'rejected' || work?.state === 'closed';
    return isOver ? allowed : refused('wrong-state');
  },
  apply: (facts, records, head) => [
    {
      ...reportOf(records, facts.recordId)!,
      told: { author: head.author, at: head.at, words: facts.words }
    }
  ]
});
