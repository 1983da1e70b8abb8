import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId, type AccountId } from '../ids';
import { reportOf } from '../record';
import type { Report } from '../report';

/** 社区已查看: an officer has this report on screen. Once per officer, and again after detail came. */
export const recordOpened = defineChange({
  kind: 'record-opened',
  act: 'markOpened',
  facts: z.object({ recordId: RecordId }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records, head) => {
    const report = reportOf(records, facts.recordId);
    if (!report) return refused('unknown-record');
    return isOpenedBy(report, head.author) && !report.detailAddedAt ? refused('already-exists') : allowed;
  },
  apply: (facts, records, head) => {
    const report = reportOf(records, facts.recordId)!;
    const first = isOpenedBy(report, head.author) ? [] : [{ account: head.author, at: head.at }];
    return [{ ...report, openedBy: [...report.openedBy, ...first], detailAddedAt: undefined }];
  }
});

function isOpenedBy({ openedBy }: Report, account: AccountId): boolean {
  return openedBy.some((opened) => opened.account === account);
}
