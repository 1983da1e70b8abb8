import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { patrolOf } from '../record';
import { Text } from '../report';

/** The walk is over. */
export const patrolEnded = defineChange({
  kind: 'patrol-ended',
  act: 'patrol',
  facts: z.object({ recordId: RecordId, note: Text }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records) => {
    const state = patrolOf(records, facts.recordId)?.state;
    return state === 'walking' || state === 'paused' ? allowed : refused('wrong-state');
  },
  apply: (facts, records, head) => {
    const patrol = patrolOf(records, facts.recordId)!;
    const pauses = patrol.pauses.map((pause) => (pause.to ? pause : { ...pause, to: head.at }));
    return [{ ...patrol, state: 'ended', endedAt: head.at, pauses, note: facts.note || undefined }];
  }
});
