import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Border } from '../domain/geometry';
import {
  bd09ToWgs84,
  borderToWgs84,
  fromWgs84,
  gcj02ToWgs84,
  toWgs84,
  wgs84ToBd09,
  wgs84ToGcj02
} from './coordinate-system';
import { metresBetween } from './distance';

const taiyuan = { longitude: 112.5489, latitude: 37.8706 };
const chengdu = { longitude: 104.0665, latitude: 30.5723 };
const mainland = fc.record({
  longitude: fc.double({ min: 73.5, max: 135, noNaN: true }),
  latitude: fc.double({ min: 3.8, max: 53.6, noNaN: true })
});

describe('coordinate systems', () => {
  it('shifts 太原 and 成都 by the known hundreds of metres', () => {
    const taiyuanShift = metresBetween(taiyuan, wgs84ToGcj02(taiyuan));
    expect(taiyuanShift).toBeGreaterThan(550);
    expect(taiyuanShift).toBeLessThan(570);
    const chengduShift = metresBetween(chengdu, wgs84ToGcj02(chengdu));
    expect(chengduShift).toBeGreaterThan(350);
    expect(chengduShift).toBeLessThan(375);
    expect(metresBetween(taiyuan, wgs84ToBd09(taiyuan))).toBeGreaterThan(900);
  });

  it('comes back within 0.2 m from GCJ-02 and within 1 m from BD-09, all over the mainland', () => {
    fc.assert(
      fc.property(mainland, (position) => {
        const shift = metresBetween(position, wgs84ToGcj02(position));
        expect(shift).toBeGreaterThan(10);
        expect(shift).toBeLessThan(800);
        expect(metresBetween(position, gcj02ToWgs84(wgs84ToGcj02(position)))).toBeLessThan(0.2);
        expect(metresBetween(position, bd09ToWgs84(wgs84ToBd09(position)))).toBeLessThan(1);
      }),
      { numRuns: 1000 }
    );
  });

  it('leaves other countries alone', () => {
    for (const position of [
      { longitude: -73.97, latitude: 40.68 },
      { longitude: 180, latitude: 90 },
      { longitude: 11.88, latitude: 43.46 }
    ]) {
      expect(wgs84ToGcj02(position)).toEqual(position);
      expect(gcj02ToWgs84(position)).toEqual(position);
      expect(wgs84ToBd09(position)).toEqual(position);
      expect(bd09ToWgs84(position)).toEqual(position);
    }
  });

  it('answers on the rim of the shifted box, where gcoord would never return', () => {
    // The first is one that gcoord still finishes: without the guard the test fails here and does not hang.
    for (const position of [
      { longitude: 72.02, latitude: 35 },
      { longitude: 72.0041, latitude: 35 },
      { longitude: 105, latitude: 0.83 }
    ]) {
      expect(gcj02ToWgs84(position)).toEqual(position);
      expect(bd09ToWgs84(position)).toEqual(position);
    }
  });

  it('names the system as an argument for layers that declare theirs', () => {
    expect(fromWgs84(taiyuan, 'gcj02')).toEqual(wgs84ToGcj02(taiyuan));
    expect(fromWgs84(taiyuan, 'bd09')).toEqual(wgs84ToBd09(taiyuan));
    expect(fromWgs84(taiyuan, 'wgs84')).toEqual(taiyuan);
    expect(toWgs84(taiyuan, 'gcj02')).toEqual(gcj02ToWgs84(taiyuan));
  });
});

describe('a border brought to WGS-84', () => {
  // prettier-ignore
  const ring = [[112.5, 37.8, 800], [112.51, 37.8, 800], [112.51, 37.81, 800], [112.5, 37.8, 800]];
  const multi: Border = { type: 'MultiPolygon', coordinates: [[ring], [ring.toReversed()]] };

  it('moves every vertex of every polygon, keeps rings closed and drops heights', () => {
    const moved = borderToWgs84(multi, 'gcj02');
    const [longitude, latitude] = ring[1]!;
    const expected = gcj02ToWgs84({ longitude: longitude!, latitude: latitude! });
    expect(moved.type).toBe('MultiPolygon');
    expect(moved.coordinates[0]![0]![1]).toEqual([expected.longitude, expected.latitude]);
    expect(moved.coordinates[1]![0]![2]).toEqual([expected.longitude, expected.latitude]);
    expect(moved.coordinates[0]![0]![0]).toEqual(moved.coordinates[0]![0]![3]);
  });

  it('leaves the border it was given as it was', () => {
    const before = structuredClone(multi);
    borderToWgs84(multi, 'bd09');
    expect(multi).toEqual(before);
    const polygon: Border = { type: 'Polygon', coordinates: [ring] };
    expect(borderToWgs84(polygon, 'gcj02').coordinates).not.toEqual([ring]);
    expect(polygon.coordinates).toEqual([ring]);
  });
});
