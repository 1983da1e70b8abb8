import * as z from 'zod/mini';
import { GridCode } from '../area';
import { allowed, defineChange } from '../change';
import { maxHandoverItems, type Handover } from '../handover';
import { RecordId } from '../ids';
import { Text } from '../report';

/** 交接: the shift's note and open items, left to whoever comes next in this grid. */
export const shiftHandedOver = defineChange({
  kind: 'shift-handed-over',
  act: 'handOver',
  facts: z.object({
    recordId: RecordId,
    ownerGridCode: GridCode,
    note: Text,
    itemIds: z.array(RecordId).check(z.maxLength(maxHandoverItems))
  }),
  // The items are named, not touched: a handover changes nothing of theirs.
  touches: (facts) => [facts.recordId],
  creates: (facts, _records, head) => ({
    ownerGridCode: facts.ownerGridCode,
    author: head.author,
    restricted: false,
    isHandover: true
  }),
  allow: () => allowed,
  apply: ({ recordId, ownerGridCode, note, itemIds }, _records, head) => {
    const handover: Handover = {
      id: recordId,
      kind: 'handover',
      community: head.community,
      ownerGridCode,
      author: head.author,
      version: 0,
      at: head.at,
      state: 'waiting',
      note,
      itemIds,
      readBy: []
    };
    return [handover];
  }
});
