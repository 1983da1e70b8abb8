import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Border } from '../domain/geometry';
import { isInside } from './point-in-border';

const box = (west: number, south: number, east: number, north: number) => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south]
];
const at = (longitude: number, latitude: number) => ({ longitude, latitude });

describe('inside a border', () => {
  const rings = [box(0, 0, 4, 4), box(1, 1, 3, 3)];
  const courtyard: Border = { type: 'Polygon', coordinates: rings };

  it('counts the land and not the hole', () => {
    expect(isInside(at(0.5, 2), courtyard)).toBe(true);
    expect(isInside(at(2, 2), courtyard)).toBe(false);
    expect(isInside(at(5, 2), courtyard)).toBe(false);
    expect(isInside(at(-1, 2), courtyard)).toBe(false);
  });

  it('counts any polygon of several, an island in a hole too', () => {
    const border: Border = {
      type: 'MultiPolygon',
      coordinates: [rings, [box(1.5, 1.5, 2.5, 2.5)]]
    };
    expect(isInside(at(2, 2), border)).toBe(true);
    expect(isInside(at(1.2, 1.2), border)).toBe(false);
    expect(isInside(at(0.5, 0.5), border)).toBe(true);
  });

  it('counts polygons that overlap once, not as a hole', () => {
    const border: Border = { type: 'MultiPolygon', coordinates: [[box(0, 0, 2, 2)], [box(1, 1, 3, 3)]] };
    expect(isInside(at(1.5, 1.5), border)).toBe(true);
  });

  it('is not misled by a vertex on the same latitude', () => {
    // prettier-ignore
    const diamond: Border = { type: 'Polygon', coordinates: [[[0, 1], [1, 0], [2, 1], [1, 2], [0, 1]]] };
    expect(isInside(at(-1, 1), diamond)).toBe(false);
    expect(isInside(at(1, 1), diamond)).toBe(true);
    expect(isInside(at(3, 1), diamond)).toBe(false);
  });

  it('does not care how rings wind or whether they are closed', () => {
    const coordinate = fc.double({ min: -1, max: 5, noNaN: true });
    const reversed: Border = { type: 'Polygon', coordinates: rings.map((ring) => ring.toReversed()) };
    const open: Border = { type: 'Polygon', coordinates: rings.map((ring) => ring.slice(1)) };
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        const expected = isInside(at(x, y), courtyard);
        expect(isInside(at(x, y), reversed)).toBe(expected);
        expect(isInside(at(x, y), open)).toBe(expected);
      })
    );
  });

  it('gives every point of a divided square to exactly one part, its inner edges and their common vertex too', () => {
    const inner = fc.integer({ min: 1, max: 9 });
    const coordinate = fc.integer({ min: 0, max: 39 }).map((quarter) => quarter / 4);
    fc.assert(
      fc.property(inner, inner, coordinate, coordinate, (x, y, longitude, latitude) => {
        const corners = box(0, 0, 10, 10);
        const parts = [0, 1, 2, 3].map((side): Border => ({
          type: 'Polygon',
          coordinates: [[[x, y], corners[side]!, corners[side + 1]!, [x, y]]]
        }));
        expect(parts.filter((part) => isInside(at(longitude, latitude), part))).toHaveLength(1);
      }),
      { numRuns: 500 }
    );
  });
});
