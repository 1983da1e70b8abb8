import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { closeKinds } from '../case';
import { RecordId } from '../ids';
import { caseOf, reportOf } from '../record';
import { Text } from '../report';

/** 办结. After a passed check, or at once where it was solved on the spot, or with words where nothing is left to do. */
export const caseClosed = defineChange({
  kind: 'case-closed',
  act: 'close',
  facts: z.object({ recordId: RecordId, subjectId: RecordId, how: z.enum(closeKinds), words: Text }),
  touches: (facts) => [facts.recordId, facts.subjectId],
  allow: (facts, records) => {
    const work = caseOf(records, facts.recordId);
    const subject = reportOf(records, facts.subjectId);
    if (!work || work.state === 'closed' || work.subjectId !== facts.subjectId) return refused('wrong-state');
    switch (facts.how) {
      case 'done':
        return work.result?.passed ? allowed : refused('wrong-state');
      case 'solvedOnSpot':
        return subject?.solvedOnSpot ? allowed : refused('wrong-state');
      case 'noLongerNeeded':
        // What was done and checked was no needless work.
        if (work.result?.passed) return refused('wrong-state');
        return facts.words.trim() ? allowed : refused('reason-required');
    }
  },
  apply: (facts, records, head) => {
    const { how, words } = facts;
    const closed = { author: head.author, at: head.at, how, words };
    return [{ ...caseOf(records, facts.recordId)!, state: 'closed', closed }];
  }
});
