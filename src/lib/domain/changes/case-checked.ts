import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { caseOf } from '../record';
import { Text } from '../report';

/** 核查: somebody other than the handler looked. Failed means 重办, with words. */
export const caseChecked = defineChange({
  kind: 'case-checked',
  act: 'check',
  facts: z.object({ recordId: RecordId, passed: z.boolean(), words: Text }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records, head) => {
    const work = caseOf(records, facts.recordId);
    if (work?.state !== 'handled' || !work.result || work.result.passed) return refused('wrong-state');
    if (work.result.author === head.author) return refused('own-work-unchecked');
    return !facts.passed && !facts.words.trim() ? refused('reason-required') : allowed;
  },
  apply: (facts, records, head) => {
    const work = caseOf(records, facts.recordId)!;
    const { passed, words } = facts;
    const check = { author: head.author, at: head.at, passed, words, photoCount: work.photos.length };
    const result = { ...work.result!, passed };
    return [{ ...work, state: passed ? 'handled' : 'rework', result, checks: [...work.checks, check] }];
  }
});
