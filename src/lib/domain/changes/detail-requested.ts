import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { reportOf } from '../record';
import { Text } from '../report';

/** 待补充: the office asks the worker for what is missing. A task, not a fault. */
export const detailRequested = defineChange({
  kind: 'detail-requested',
  act: 'askDetail',
  facts: z.object({ recordId: RecordId, reason: Text.check(z.minLength(1)) }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records) =>
    reportOf(records, facts.recordId)?.state === 'reported' ? allowed : refused('wrong-state'),
  apply: (facts, records) => {
    const report = reportOf(records, facts.recordId)!;
    return [{ ...report, state: 'needsDetail', reason: facts.reason, detailAddedAt: undefined }];
  }
});
