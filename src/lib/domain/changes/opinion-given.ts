import * as z from 'zod/mini';
import { GridCode } from '../area';
import { allowed, defineChange } from '../change';
import { RecordId } from '../ids';
import type { Opinion } from '../opinion';
import { Text } from '../report';

/** A complaint or a wish about the app, from one of the giver's grids. */
export const opinionGiven = defineChange({
  kind: 'opinion-given',
  act: 'giveOpinion',
  facts: z.object({
    recordId: RecordId,
    ownerGridCode: GridCode,
    text: Text.check(z.minLength(1)),
    appVersion: z.string().check(z.maxLength(40)),
    page: z.string().check(z.maxLength(100))
  }),
  touches: (facts) => [facts.recordId],
  creates: (facts, _records, head) => ({
    ownerGridCode: facts.ownerGridCode,
    author: head.author,
    restricted: false,
    isOpinion: true
  }),
  allow: () => allowed,
  apply: ({ recordId, ownerGridCode, text, appVersion, page }, _records, head) => {
    const opinion: Opinion = {
      id: recordId,
      kind: 'opinion',
      community: head.community,
      ownerGridCode,
      author: head.author,
      version: 0,
      at: head.at,
      state: 'given',
      text,
      appVersion,
      page
    };
    return [opinion];
  }
});
