import { expect, test } from 'vitest';
import type { Border, Position } from '../domain/geometry';
import { crossesItself, snapToCorner } from './drawn-border';

const at = (longitude: number, latitude: number): Position => ({ longitude, latitude });
const square: Border = {
  type: 'Polygon',
  coordinates: [[104, 104.01].flatMap((longitude) => [30, 30.01].map((latitude) => [longitude, latitude]))]
};

test('a place within twelve metres of a corner is that corner, the nearest one', () => {
  expect(snapToCorner(at(104.01007, 30.00007), [square])).toEqual(at(104.01, 30));
  expect(snapToCorner(at(104.0002, 30), [square])).toEqual(at(104.0002, 30));
  expect(snapToCorner(at(104, 30), [])).toEqual(at(104, 30));
});

test.each([
  ['a square', [at(0, 0), at(1, 0), at(1, 1), at(0, 1)], false],
  ['a bow tie', [at(0, 0), at(1, 1), at(1, 0), at(0, 1)], true],
  ['an arrow with a dent', [at(0, 0), at(2, 0), at(1, 0.5), at(1, 2)], false],
  ['two corners', [at(0, 0), at(1, 1)], false],
  ['a last edge that crosses the second', [at(0, 0), at(4, 0), at(0, 2), at(2, 3), at(2, -1)], true]
])('crosses itself: %s', (_name, corners, expected) => {
  expect(crossesItself(corners)).toBe(expected);
});
