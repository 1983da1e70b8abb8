import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { reportOf } from '../record';
import { Text } from '../report';

/** 不予受理, always with a reason the worker can read. The record is kept. */
export const reportRejected = defineChange({
  kind: 'report-rejected',
  act: 'reject',
  facts: z.object({ recordId: RecordId, reason: Text.check(z.minLength(1)) }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records) => {
    const state = reportOf(records, facts.recordId)?.state;
    return state === 'reported' || state === 'needsDetail' ? allowed : refused('wrong-state');
  },
  apply: (facts, records) => [
    { ...reportOf(records, facts.recordId)!, state: 'rejected', reason: facts.reason }
  ]
});
