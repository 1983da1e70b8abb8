import { expect, test } from 'vitest';
import { newId, officer, worker } from '../../../tests/support/changes';
import { gatherPhotos, type HistoryEntry } from './history';

const at = (second: number) => new Date(Date.parse('2026-11-20T01:00:00.000Z') + second * 1000).toISOString();

function entry(second: number, more: Partial<HistoryEntry> = {}): HistoryEntry {
  const kind = 'photo-attached';
  const facts = { photo: { stage: 'before' } };
  return { id: newId(), kind, at: at(second), receivedAt: at(90), author: worker, facts, ...more };
}
const counts = (entries: HistoryEntry[]) => gatherPhotos(entries).map(({ count }) => count);

test('the pictures one person added within a minute are one line', () => {
  const entries = [0, 5, 10, 20, 30, 45, 60].map((second) => entry(second));
  expect(gatherPhotos(entries)).toEqual([{ ...entries[0], count: 7 }]);
  expect(counts([entry(0), entry(61), entry(62)])).toEqual([1, 2]);
});

test('what lies between them, or is another’s, or of the result, or unsent, stands for itself', () => {
  const comment = entry(1, { kind: 'comment-added', facts: { text: '好' } });
  expect(counts([entry(0), comment, entry(2), entry(3)])).toEqual([1, 1, 2]);
  expect(counts([comment, comment])).toEqual([1, 1]);
  expect(counts([entry(0), entry(1, { author: officer })])).toEqual([1, 1]);
  expect(counts([entry(0), entry(1, { facts: { photo: { stage: 'after' } } })])).toEqual([1, 1]);
  expect(counts([entry(0), entry(1, { receivedAt: undefined })])).toEqual([1, 1]);
});
