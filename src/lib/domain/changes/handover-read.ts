import * as z from 'zod/mini';
import { allowed, defineChange, refused } from '../change';
import { RecordId } from '../ids';
import { handoverOf } from '../record';

/**
 * 已阅: somebody of the grid has read what was handed over. Lawful again and again, since one person may tick on two tablets
 * without signal; the first counts.
 */
export const handoverRead = defineChange({
  kind: 'handover-read',
  act: 'takeOver',
  facts: z.object({ recordId: RecordId }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records, head) => {
    const handover = handoverOf(records, facts.recordId);
    if (!handover) return refused('unknown-record');
    return handover.author === head.author ? refused('wrong-state') : allowed;
  },
  apply: (facts, records, head) => {
    const handover = handoverOf(records, facts.recordId)!;
    const isKnown = handover.readBy.some(({ account }) => account === head.author);
    const fresh = isKnown ? [] : [{ account: head.author, at: head.at }];
    return [{ ...handover, state: 'read', readBy: [...handover.readBy, ...fresh] }];
  }
});
