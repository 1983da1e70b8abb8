import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Border } from '../domain/geometry';
import { borderBox, centreOf, eachEdge, longitudesAt, ringsOf } from './border-shape';
import { isInside } from './point-in-border';

const square = (west: number, south: number, size: number) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south]
];
const polygon = (...rings: number[][][]): Border => ({ type: 'Polygon', coordinates: rings });

/** Spokes of any length around a point in 太原: every outline without crossings that has a middle. */
const star = fc
  .array(fc.double({ min: 0.001, max: 0.01, noNaN: true }), { minLength: 3, maxLength: 24 })
  .map((spokes) =>
    spokes.map((length, at) => {
      const angle = (at / spokes.length) * 2 * Math.PI;
      return [112.5 + length * Math.cos(angle), 37.8 + length * Math.sin(angle)];
    })
  )
  .map((ring) => [...ring, ring[0]!]);

describe('border shape', () => {
  it('lists the rings of every polygon, holes too', () => {
    const [outer, hole, island] = [square(0, 0, 4), square(1, 1, 1), square(9, 9, 1)];
    expect(ringsOf(polygon(outer, hole))).toEqual([outer, hole]);
    expect(ringsOf({ type: 'MultiPolygon', coordinates: [[outer, hole], [island]] })).toEqual([
      outer,
      hole,
      island
    ]);
  });

  it('boxes all polygons together', () => {
    const border: Border = { type: 'MultiPolygon', coordinates: [[square(0, 1, 2)], [square(-3, 5, 1)]] };
    expect(borderBox(border)).toEqual({ west: -3, south: 1, east: 2, north: 6 });
  });

  it('visits the closing edge of a ring left open', () => {
    const edges: number[][][] = [];
    const open = square(0, 0, 1).slice(0, 3);
    eachEdge(open, (from, to) => edges.push([from, to]));
    expect(edges).toContainEqual([
      [1, 1],
      [0, 0]
    ]);
    expect(edges).toHaveLength(3);
  });

  it('rounds a crossing alike whichever way the edge runs', () => {
    const coordinate = fc.double({ min: -1, max: 1, noNaN: true });
    const vertex = fc.tuple(coordinate, coordinate);
    fc.assert(
      fc.property(vertex, vertex, vertex, coordinate, (a, b, c, latitude) => {
        expect(longitudesAt(latitude, [[a, b, c]]).sort()).toEqual(
          longitudesAt(latitude, [[c, b, a]]).sort()
        );
      })
    );
  });
});

describe('the centre of a border', () => {
  it('is the middle of a square, however its rings wind', () => {
    const outer = square(112, 37, 2);
    expect(centreOf(polygon(outer))).toEqual({ longitude: 113, latitude: 38 });
    expect(centreOf(polygon(outer.toReversed()))).toEqual({ longitude: 113, latitude: 38 });
  });

  it('is a third of the way up a triangle', () => {
    const { longitude, latitude } = centreOf(polygon([[112, 37], [115, 37], [112, 40], [112, 37]])); // prettier-ignore
    expect(longitude).toBeCloseTo(113);
    expect(latitude).toBeCloseTo(38);
  });

  it('leans away from a hole', () => {
    const outer = square(0, 0, 4);
    const hole = square(2.5, 1.5, 1);
    const { longitude } = centreOf(polygon(outer, hole));
    expect(longitude).toBeLessThan(2);
    expect(centreOf(polygon(outer, hole.toReversed())).longitude).toBeCloseTo(longitude);
  });

  it('stays out of a courtyard in the middle', () => {
    const ringRoad = polygon(square(0, 0, 4), square(1, 1, 2));
    expect(isInside(centreOf(ringRoad), ringRoad)).toBe(true);
  });

  it('lies in the largest polygon', () => {
    const border: Border = {
      type: 'MultiPolygon',
      coordinates: [[square(0, 0, 1)], [square(10, 10, 3)], [square(20, 0, 2)]]
    };
    expect(centreOf(border)).toEqual({ longitude: 11.5, latitude: 11.5 });
  });

  it('lies inside every outline, with a hole in it or not', () => {
    fc.assert(
      fc.property(star, fc.boolean(), (outer, hollow) => {
        const hole = outer.map(([x, y]) => [112.5 + (x! - 112.5) * 0.6, 37.8 + (y! - 37.8) * 0.6]);
        const border = hollow ? polygon(outer, hole) : polygon(outer);
        expect(isInside(centreOf(border), border)).toBe(true);
      })
    );
  });

  it('lies inside a bow tie, whose halves weigh each other out', () => {
    const bowTie = polygon([
      [0, 0],
      [2, 2],
      [2, 0],
      [0, 2],
      [0, 0]
    ]);
    expect(centreOf(bowTie)).toEqual({ longitude: 0.5, latitude: 1 });
  });

  it('is a number even where there is no area', () => {
    const line = polygon([
      [1, 1],
      [3, 1],
      [1, 1],
      [1, 1]
    ]);
    expect(centreOf(line)).toEqual({ longitude: 2, latitude: 1 });
  });
});
