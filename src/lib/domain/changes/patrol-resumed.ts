import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { patrolOf } from '../record';

/** The walk goes on after a break. */
export const patrolResumed = defineChange({
  kind: 'patrol-resumed',
  act: 'patrol',
  facts: z.object({ recordId: RecordId }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records) =>
    patrolOf(records, facts.recordId)?.state === 'paused' ? allowed : refused('wrong-state'),
  apply: (facts, records, head) => {
    const patrol = patrolOf(records, facts.recordId)!;
    return [
      {
        ...patrol,
        state: 'walking',
        pauses: patrol.pauses.map((pause) => (pause.to ? pause : { ...pause, to: head.at }))
      }
    ];
  }
});
