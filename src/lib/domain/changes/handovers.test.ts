import { describe, expect, it } from 'vitest';
import {
  after,
  at,
  caseStory,
  changeOf,
  judged,
  newId,
  photoFacts,
  worker
} from '../../../../tests/support/changes';
import { gridOne } from '../../../../tests/support/codes';
import { isToRead, takenOverMs, type Handover } from '../handover';
import type { AccountId, RecordId } from '../ids';
import { msToInstant } from '../instant';
import { parseChange } from '../judge';

const next = newId<AccountId>();
const third = newId<AccountId>();
const recordId = newId<RecordId>();
const { recorded, issueId } = caseStory();
const given = changeOf('shift-handed-over', {
  recordId,
  ownerGridCode: gridOne,
  note: '送药',
  itemIds: [issueId]
});
const readBy = (author: AccountId, when = at) =>
  changeOf('handover-read', { recordId }, { author, at: when });
const handoverAfter = (...changes: Parameters<typeof after>) => after(...changes).get(recordId) as Handover;

describe('a handover', () => {
  it('names the open items, and leaves them as they are', () => {
    const records = after(recorded, given);
    expect(records.get(recordId)).toMatchObject({
      state: 'waiting',
      note: '送药',
      itemIds: [issueId],
      readBy: []
    });
    expect(records.get(issueId)).toEqual(after(recorded).get(issueId));
    // Also one that no tablet and no office knows: it may still be on its way.
    expect(judged(given, after()).verdict).toBe('allowed');
  });

  it('is ticked by each who reads it; the first tick of each counts', () => {
    const records = after(given, readBy(next), readBy(third), readBy(next, '2026-11-21T01:00:00.000Z'));
    expect(records.get(recordId)).toMatchObject({
      state: 'read',
      readBy: [
        { account: next, at },
        { account: third, at }
      ]
    });
  });

  it('is not ticked by who gave it', () => {
    expect(judged(readBy(worker), after(given))).toMatchObject({ refusal: { code: 'wrong-state' } });
    expect(judged(changeOf('handover-read', { recordId: issueId }), after(recorded))).toMatchObject({
      refusal: { code: 'unknown-record' }
    });
  });

  it('takes neither talk nor pictures', () => {
    const comment = changeOf('comment-added', { recordId, text: '好' });
    const photo = changeOf('photo-attached', { recordId, photo: photoFacts(newId()) });
    for (const change of [comment, photo])
      expect(judged(change, after(given))).toMatchObject({ refusal: { code: 'wrong-state' } });
  });

  it('has a length', () => {
    const long = { ...given, facts: { ...given.facts, itemIds: Array.from({ length: 301 }, () => issueId) } };
    expect(parseChange(long)).toMatchObject({ refusal: { code: 'malformed' } });
    const text = { ...given, facts: { ...given.facts, note: '长'.repeat(10_001) } };
    expect(parseChange(text)).toMatchObject({ refusal: { code: 'text-too-long' } });
  });
});

describe('what waits to be read', () => {
  const later = (ms: number) => msToInstant(Date.parse(at) + ms);

  it('waits for everybody of the grid but its giver, for as long as nobody has read it', () => {
    const handover = handoverAfter(given);
    expect(isToRead(handover, worker, at)).toBe(false);
    expect(isToRead(handover, next, later(takenOverMs * 100))).toBe(true);
  });

  it('waits no more for who ticked it, and for the others some days', () => {
    const handover = handoverAfter(given, readBy(next));
    expect(isToRead(handover, next, at)).toBe(false);
    expect(isToRead(handover, third, later(takenOverMs - 1))).toBe(true);
    expect(isToRead(handover, third, later(takenOverMs))).toBe(false);
  });
});
