import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { isReportOrCase } from '../record';
import { Text } from '../report';

/** A remark on a report or a case. Never conflicts. */
export const commentAdded = defineChange({
  kind: 'comment-added',
  act: 'comment',
  facts: z.object({ recordId: RecordId, text: Text.check(z.minLength(1)) }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records) => (isReportOrCase(records.get(facts.recordId)) ? allowed : refused('wrong-state')),
  apply: (facts, records, head) => {
    const record = records.get(facts.recordId)!;
    if (!isReportOrCase(record)) return [record];
    const comment = { id: head.id, author: head.author, at: head.at, text: facts.text };
    return [{ ...record, comments: [...record.comments, comment] }];
  }
});
