import { expect, test } from 'vitest';
import { changedLines } from './changed-lines';

test.each([
  ['a line that was written anew went and came', 'a\nb\nc', 'a\nB\nc', ['b'], ['B']],
  ['from nothing', '', 'a\nb', [], ['a', 'b']],
  ['to nothing', 'a', '', ['a'], []],
  ['another order is no line', 'a\nb', 'b\na', [], []],
  ['one of two that are alike', 'a\na', 'a', ['a'], []]
])('%s', (_name, before, after, gone, come) => {
  expect(changedLines(before, after)).toEqual({ gone, come });
});
