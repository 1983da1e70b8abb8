import * as z from 'zod/mini';
import { allowed, defineChange } from '../change';
import { Instant } from '../instant';
import { reportFields, type Need } from '../report';
import { newReport, reportKeys } from './new-report';

/** A resident wants something: medicine fetched, an errand, advice. Holds no personal data. */
export const needRecorded = defineChange({
  kind: 'need-recorded',
  act: 'record',
  facts: z.object({
    ...reportFields,
    needTypeCode: z.string().check(z.regex(/^N\d{2,3}$/)),
    wishedAt: z.optional(Instant)
  }),
  touches: (facts) => [facts.recordId],
  creates: (facts, _records, head) => reportKeys(facts, head),
  allow: () => allowed,
  apply: (facts, _records, head) => {
    const need: Need = {
      ...newReport(facts, head),
      kind: 'need',
      needTypeCode: facts.needTypeCode,
      wishedAt: facts.wishedAt
    };
    return [need];
  }
});
