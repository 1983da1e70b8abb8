import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId, UnitId } from '../ids';
import { caseOf } from '../record';
import { Text } from '../report';

/** 派单: a unit must act; the clock starts. Also sends a returned or failed case out again. */
export const caseDispatched = defineChange({
  kind: 'case-dispatched',
  act: 'dispatch',
  facts: z.object({ recordId: RecordId, unit: UnitId, instruction: Text }),
  assigns: 'dueAt',
  touches: (facts) => [facts.recordId],
  allow: (facts, records, _head, rules) => {
    if (!rules.unitIds.has(facts.unit)) return refused('unknown-unit');
    const state = caseOf(records, facts.recordId)?.state;
    return state === 'accepted' || state === 'returned' || state === 'rework'
      ? allowed
      : refused('wrong-state');
  },
  apply: (facts, records, _head, settled) => {
    const work = caseOf(records, facts.recordId)!;
    return [
      {
        ...work,
        state: 'dispatched',
        unit: facts.unit,
        instruction: facts.instruction,
        // The limit runs from the first dispatch; a return does not buy time.
        dueAt: work.dueAt ?? settled?.dueAt
      }
    ];
  }
});
