import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { Day } from '../instant';
import { legalBases } from '../legal-basis';
import { reportOf } from '../record';
import { Text } from '../report';

/** 跟进: whom the worker spoke to, what was promised, by when. Lawful at any time; comes up on its day. */
export const followUpNoted = defineChange({
  kind: 'follow-up-noted',
  act: 'followUp',
  facts: z.object({
    recordId: RecordId,
    whom: z.string().check(z.minLength(1), z.maxLength(60)),
    channel: z.enum(['call', 'wechat', 'inPerson']),
    promise: Text,
    dueDay: z.optional(Day),
    /** Whether whom one spoke to agreed that it is noted, or the office's duty asks for it; older apps do not say. */
    basis: z.optional(z.enum(legalBases))
  }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records) => (reportOf(records, facts.recordId) ? allowed : refused('unknown-record')),
  apply: ({ recordId, ...facts }, records, head) => {
    const report = reportOf(records, recordId)!;
    const followUp = { id: head.id, author: head.author, at: head.at, ...facts };
    return [{ ...report, followUps: [...report.followUps, followUp] }];
  }
});
