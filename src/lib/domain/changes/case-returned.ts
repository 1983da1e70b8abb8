import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { caseOf } from '../record';
import { Text } from '../report';

/** 退回: the unit says it is not theirs, and why. */
export const caseReturned = defineChange({
  kind: 'case-returned',
  act: 'return',
  facts: z.object({ recordId: RecordId, reason: Text.check(z.minLength(1)) }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records) => {
    const state = caseOf(records, facts.recordId)?.state;
    return state === 'dispatched' || state === 'rework' ? allowed : refused('wrong-state');
  },
  apply: (facts, records, head) => {
    const work = caseOf(records, facts.recordId)!;
    const returned = { author: head.author, at: head.at, reason: facts.reason };
    return [{ ...work, state: 'returned', returns: [...work.returns, returned] }];
  }
});
