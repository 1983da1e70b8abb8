import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { opinionOf } from '../record';
import { Text } from '../report';

/** An administrator has read it, and answers where there is something to say. Again where there is more. */
export const opinionAnswered = defineChange({
  kind: 'opinion-answered',
  act: 'answerOpinion',
  facts: z.object({ recordId: RecordId, text: Text }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records) => (opinionOf(records, facts.recordId) ? allowed : refused('wrong-state')),
  apply: (facts, records, head) => {
    const opinion = opinionOf(records, facts.recordId)!;
    const answer = { author: head.author, at: head.at, text: facts.text };
    return [{ ...opinion, state: 'answered', answer }];
  }
});
