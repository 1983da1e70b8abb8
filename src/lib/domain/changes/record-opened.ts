import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { reportOf } from '../record';

/** 社区已查看: an officer has this report on screen. Once per officer. */
export const recordOpened = defineChange({
  kind: 'record-opened',
  act: 'markOpened',
  facts: z.object({ recordId: RecordId }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records, head) => {
    const report = reportOf(records, facts.recordId);
    if (!report) return refused('unknown-record');
    return report.openedBy.some((opened) => opened.account === head.author)
      ? refused('already-exists')
      : allowed;
  },
  apply: (facts, records, head) => {
    const report = reportOf(records, facts.recordId)!;
    return [{ ...report, openedBy: [...report.openedBy, { account: head.author, at: head.at }] }];
  }
});
