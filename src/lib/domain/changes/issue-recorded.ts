import * as z from 'zod/mini';
import { allowed, defineChange } from '../change';
import { reportFields, type Issue } from '../report';
import { newReport, reportKeys } from './new-report';

/** A worker found something and saved it. Needs no network, no fix and no photo. */
export const issueRecorded = defineChange({
  kind: 'issue-recorded',
  act: 'record',
  facts: z.object({
    ...reportFields,
    categoryCode: z.string().check(z.regex(/^C\d{2,3}$/)),
    publicFacility: z.boolean(),
    quickReport: z.boolean(),
    answers: z.record(
      z.string().check(z.maxLength(31)),
      z.union([z.string().check(z.maxLength(500)), z.number()])
    )
  }),
  touches: (facts) => [facts.recordId],
  creates: (facts, _records, head) => ({
    ...reportKeys(facts, head),
    facilityGridCode: facts.publicFacility ? facts.place.gridCode : undefined
  }),
  allow: () => allowed,
  apply: (facts, _records, head) => {
    const { categoryCode, publicFacility, quickReport, answers } = facts;
    const issue: Issue = {
      ...newReport(facts, head),
      kind: 'issue',
      categoryCode,
      publicFacility,
      quickReport,
      answers
    };
    return [issue];
  }
});
