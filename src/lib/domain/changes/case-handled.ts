import * as z from 'zod/mini';
import { hasAfterPhoto } from '../case';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { caseOf } from '../record';
import { Text } from '../report';

/** 已处理，待核查: the unit says what was done. Some categories ask for an after-photo first. */
export const caseHandled = defineChange({
  kind: 'case-handled',
  act: 'handle',
  facts: z.object({ recordId: RecordId, text: Text.check(z.minLength(1)) }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records) => {
    const work = caseOf(records, facts.recordId);
    if (work?.state !== 'dispatched' && work?.state !== 'rework') return refused('wrong-state');
    return work.afterPhoto === 'required' && !hasAfterPhoto(work) ? refused('after-photo-required') : allowed;
  },
  apply: (facts, records, head) => [
    {
      ...caseOf(records, facts.recordId)!,
      state: 'handled',
      result: { author: head.author, at: head.at, text: facts.text }
    }
  ]
});
