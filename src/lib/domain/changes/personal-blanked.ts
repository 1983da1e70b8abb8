import * as z from 'zod/mini';
import { blankRecord } from '../blank-record';
import { blankReasons, blankings, nextGeneration } from '../blanking';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { isReportOrCase } from '../record';

/**
 * What the record says of people is made illegible, because its time is over or because they want it. Made by the server
 * alone, which rewrites the earlier changes with it (step 12). What was written before it is not taken any more.
 */
export const personalBlanked = defineChange({
  kind: 'personal-blanked',
  act: null,
  facts: z.object({ recordId: RecordId, what: z.enum(blankings), why: z.enum(blankReasons) }),
  touches: (facts) => [facts.recordId],
  beginsGeneration: true,
  allow: (facts, records) => {
    const record = records.get(facts.recordId);
    return !record || isReportOrCase(record) ? allowed : refused('wrong-state');
  },
  apply: ({ recordId, what }, records) => {
    const record = records.get(recordId)!;
    if (!isReportOrCase(record)) return [record];
    const wider = record.blanked?.what === 'words' ? 'words' : what;
    return [{ ...blankRecord(record, what), blanked: { what: wider, from: nextGeneration(record.version) } }];
  }
});
