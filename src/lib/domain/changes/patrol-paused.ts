import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { patrolOf } from '../record';

/** A break. No reason is asked. */
export const patrolPaused = defineChange({
  kind: 'patrol-paused',
  act: 'patrol',
  facts: z.object({ recordId: RecordId }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records) =>
    patrolOf(records, facts.recordId)?.state === 'walking' ? allowed : refused('wrong-state'),
  apply: (facts, records, head) => {
    const patrol = patrolOf(records, facts.recordId)!;
    return [{ ...patrol, state: 'paused', pauses: [...patrol.pauses, { from: head.at }] }];
  }
});
