import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import type { Case } from '../case';
import { RecordId } from '../ids';
import { reportOf, visibilityOf } from '../record';

/** 受理/立案: the office takes a report up as a case with a number of its own. */
export const caseOpened = defineChange({
  kind: 'case-opened',
  act: 'openCase',
  facts: z.object({
    recordId: RecordId,
    subjectId: RecordId,
    afterPhoto: z.enum(['no', 'suggested', 'required'])
  }),
  assigns: 'caseNumber',
  touches: (facts) => [facts.recordId, facts.subjectId],
  creates: (facts, records) => {
    const subject = reportOf(records, facts.subjectId);
    return subject ? visibilityOf(subject) : null;
  },
  allow: (facts, records) => {
    const state = reportOf(records, facts.subjectId)?.state;
    return state === 'reported' || state === 'needsDetail' ? allowed : refused('wrong-state');
  },
  apply: (facts, records, head, settled) => {
    const subject = reportOf(records, facts.subjectId)!;
    const opened: Case = {
      id: facts.recordId,
      kind: 'case',
      community: head.community,
      ownerGridCode: subject.ownerGridCode,
      author: head.author,
      version: 0,
      at: head.at,
      number: settled?.caseNumber,
      subjectId: subject.id,
      reporter: subject.author,
      afterPhoto: facts.afterPhoto,
      communityOnly: subject.communityOnly,
      state: 'accepted',
      returns: [],
      checks: [],
      photos: [],
      comments: []
    };
    return [opened, { ...subject, state: 'accepted', reason: undefined, caseId: opened.id }];
  }
});
