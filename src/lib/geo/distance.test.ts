import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Border, Position } from '../domain/geometry';
import { boxAround, metresBetween, metresToEdge, trackMetres } from './distance';

const at = (longitude: number, latitude: number): Position => ({ longitude, latitude });
const mainland = fc.record({
  longitude: fc.double({ min: 74, max: 134, noNaN: true }),
  latitude: fc.double({ min: 18, max: 53, noNaN: true })
});
const bearing = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });
const degreeMetres = 111_195;

function step(from: Position, metres: number, angle: number): Position {
  const perDegreeEast = degreeMetres * Math.cos((from.latitude * Math.PI) / 180);
  return at(
    from.longitude + (metres * Math.cos(angle)) / perDegreeEast,
    from.latitude + (metres * Math.sin(angle)) / degreeMetres
  );
}

describe('distance', () => {
  it('knows how far 太原 is from 成都', () => {
    expect(metresBetween(at(112.5489, 37.8706), at(104.0665, 30.5723)) / 1000).toBeCloseTo(1123, -1);
  });

  it('measures a degree north as 111.2 km and one east at 60° as half of it', () => {
    expect(metresBetween(at(100, 30), at(100, 31))).toBeCloseTo(degreeMetres, -1);
    expect(metresBetween(at(100, 60), at(101, 60))).toBeCloseTo(degreeMetres / 2, -1);
  });

  it('is the same both ways, zero only on the spot, and never longer than a detour', () => {
    fc.assert(
      fc.property(mainland, mainland, mainland, (a, b, c) => {
        expect(metresBetween(a, b)).toBe(metresBetween(b, a));
        expect(metresBetween(a, a)).toBe(0);
        expect(metresBetween(a, c)).toBeLessThanOrEqual(metresBetween(a, b) + metresBetween(b, c) + 1e-6);
      })
    );
  });

  it('reaches the other side of the earth without losing itself', () => {
    expect(metresBetween(at(0, 0), at(180, 0)) / 1000).toBeCloseTo(20_015, -1);
  });

  it('adds up the legs of a walk', () => {
    const walk = [at(104, 30), at(104.001, 30), at(104.001, 30.001)];
    expect(trackMetres(walk)).toBeCloseTo(
      metresBetween(walk[0]!, walk[1]!) + metresBetween(walk[1]!, walk[2]!)
    );
    expect(trackMetres(walk.slice(0, 1))).toBe(0);
    expect(trackMetres([])).toBe(0);
  });
});

describe('distance to an edge', () => {
  const square: Border = {
    type: 'Polygon',
    // prettier-ignore
    coordinates: [[[112.5, 37.8], [112.51, 37.8], [112.51, 37.81], [112.5, 37.81], [112.5, 37.8]]]
  };

  it('is square to a side and slant to a corner, from inside and outside', () => {
    expect(metresToEdge(at(112.505, 37.799), square)).toBeCloseTo(0.001 * degreeMetres, 0);
    expect(metresToEdge(at(112.505, 37.801), square)).toBeCloseTo(0.001 * degreeMetres, 0);
    const beyond = at(112.512, 37.812);
    expect(metresToEdge(beyond, square)).toBeCloseTo(metresBetween(beyond, at(112.51, 37.81)), 0);
  });

  it('is zero on every side', () => {
    for (const position of [at(112.505, 37.8), at(112.51, 37.803), at(112.5, 37.805), at(112.51, 37.81)]) {
      expect(metresToEdge(position, square)).toBeLessThan(1e-6);
    }
  });

  it('agrees with the great circle to the nearest of many points along the edges', () => {
    const corners = square.coordinates[0] as [number, number][];
    const along = corners.slice(1).flatMap(([x, y], side) => {
      const [fromX, fromY] = corners[side]!;
      return Array.from({ length: 200 }, (_, i) =>
        at(fromX + ((x - fromX) * i) / 200, fromY + ((y - fromY) * i) / 200)
      );
    });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2000, noNaN: true }), bearing, (metres, angle) => {
        const position = step(at(112.505, 37.805), metres, angle);
        const sampled = Math.min(...along.map((point) => metresBetween(position, point)));
        const found = metresToEdge(position, square);
        expect(found).toBeLessThan(sampled + 1);
        expect(found).toBeGreaterThan(sampled - 6);
      })
    );
  });

  it('is inside the box drawn around a position', () => {
    fc.assert(
      fc.property(
        mainland,
        fc.double({ min: 1, max: 1000, noNaN: true }),
        bearing,
        (position, metres, angle) => {
          const { west, south, east, north } = boxAround(position, metres);
          const { longitude, latitude } = step(position, metres * 0.999, angle);
          expect(longitude > west && longitude < east && latitude > south && latitude < north).toBe(true);
          expect(metresBetween(at(west, position.latitude), position)).toBeLessThan(metres * 1.01);
        }
      )
    );
  });
});
