import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { reportOf } from '../record';

/** The author takes back what the office has not taken up yet. The record stays, marked. */
export const reportWithdrawn = defineChange({
  kind: 'report-withdrawn',
  act: 'amend',
  facts: z.object({ recordId: RecordId }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records) => {
    const state = reportOf(records, facts.recordId)?.state;
    return state === 'reported' || state === 'needsDetail' ? allowed : refused('wrong-state');
  },
  apply: (facts, records) => [{ ...reportOf(records, facts.recordId)!, state: 'withdrawn' }]
});
