import { expect, test } from 'vitest';
import type { PhotoId } from '../domain/ids';
import { wholeProgress } from './upload-progress';

const [a, b] = ['a', 'b'] as PhotoId[] as [PhotoId, PhotoId];
const waiting = [
  { id: a, bytes: 500 },
  { id: b, bytes: 300 }
];

test('nothing is said to be sent before the office has confirmed it', () => {
  expect(wholeProgress(waiting, {})).toEqual({ sent: 0, of: 800 });
});

test('what is confirmed counts once, of a picture under way and of one that has arrived', () => {
  const confirmed = { [a]: { sent: 500, of: 500 }, [b]: { sent: 100, of: 300 } };
  expect(wholeProgress(waiting, confirmed)).toEqual({ sent: 600, of: 800 });
  expect(wholeProgress(waiting.slice(1), confirmed)).toEqual({ sent: 600, of: 800 });
});

test('after a cut it says what the office has, which may be less than what was sent', () => {
  expect(wholeProgress(waiting, { [a]: { sent: 0, of: 500 } })).toEqual({ sent: 0, of: 800 });
});
