import { expect, test } from 'vitest';
import { brokenLine } from './stamp';

const tenEach = (text: string) => [...text].length * 10;

test('a line that fits stays whole', () => {
  expect(brokenLine('长天路社区', 50, tenEach)).toEqual(['长天路社区']);
});

test('a long line goes on in the next row, no character lost', () => {
  const rows = brokenLine('2026-11-20 16:05 长天路社区第一网格', 80, tenEach);
  expect(rows.every((row) => tenEach(row) <= 80)).toBe(true);
  expect(rows.join('')).toBe('2026-11-20 16:05 长天路社区第一网格');
});

test('a picture narrower than one character still ends', () => {
  expect(brokenLine('一二', 5, tenEach)).toEqual(['一', '二']);
});

test('nothing to draw is no row', () => {
  expect(brokenLine('', 80, tenEach)).toEqual([]);
});
