import * as z from 'zod/mini';
import { GridCode } from '../area';
import { allowed, defineChange } from '../change';
import { RecordId } from '../ids';
import type { Patrol } from '../patrol';

/** A walk begins. One tap; nothing else is asked. */
export const patrolStarted = defineChange({
  kind: 'patrol-started',
  act: 'patrol',
  facts: z.object({ recordId: RecordId, ownerGridCode: GridCode }),
  touches: (facts) => [facts.recordId],
  creates: (facts, _records, head) => ({
    ownerGridCode: facts.ownerGridCode,
    author: head.author,
    restricted: false,
    isPatrol: true
  }),
  allow: () => allowed,
  apply: (facts, _records, head) => {
    const patrol: Patrol = {
      id: facts.recordId,
      kind: 'patrol',
      community: head.community,
      ownerGridCode: facts.ownerGridCode,
      author: head.author,
      version: 0,
      at: head.at,
      state: 'walking',
      startedAt: head.at,
      pauses: [],
      trackPoints: 0,
      trackMetres: 0
    };
    return [patrol];
  }
});
