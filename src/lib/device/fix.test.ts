import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Place } from '../domain/place';
import { fixToPlace, judgeFix, positionToFix, type Fix } from './fix';

const now = Date.parse('2026-11-20T08:30:00.000Z');
/** A fix so many metres north of the office's door, taken so many seconds ago. */
const fix = (metresNorth: number, secondsAgo: number, accuracyMetres = 10): Fix => ({
  longitude: 104.1,
  latitude: 30.67 + metresNorth / 111_195,
  accuracyMetres,
  at: now - secondsAgo * 1000
});

describe('a fix is', () => {
  it.each([
    ['good', 'the first one', null, fix(0, 1)],
    ['good', 'a walk', fix(0, 10), fix(14, 0)],
    ['good', 'an e-bike', fix(0, 10), fix(140, 0)],
    ['good', 'a wobble within what both admit', fix(0, 1), fix(30, 0)],
    ['good', 'far away after a gap', fix(0, 3600), fix(2_000, 0)],
    ['poor', 'too vague', fix(0, 10), fix(5, 0, 101)],
    ['poor', 'the first one, too vague', null, fix(0, 0, 600)],
    ['jump', '600 m off, sure of itself', fix(0, 5), fix(600, 0)],
    ['stale', 'older than a minute', null, fix(0, 61)],
    ['stale', 'older than the one before', fix(0, 5), fix(0, 6)]
  ] as const)('%s: %s', (quality, _, previous, next) => {
    expect(judgeFix(previous, next, now)).toBe(quality);
  });

  it('believed again after a wrong one: against the last good fix the way back is no jump', () => {
    const good = fix(0, 20);
    expect(judgeFix(good, fix(600, 10), now)).toBe('jump');
    expect(judgeFix(good, fix(12, 5), now)).toBe('good');
  });
});

describe('the browser’s answer', () => {
  const answer = (longitude: number, latitude: number, accuracy: number, timestamp: number) =>
    positionToFix({ coords: { longitude, latitude, accuracy }, timestamp }, now);

  it('keeps its own time where that can be its age', () => {
    expect(answer(104.1, 30.67, 8, now - 4000)).toEqual({
      longitude: 104.1,
      latitude: 30.67,
      accuracyMetres: 8,
      at: now - 4000
    });
  });

  it.each([
    ['a year behind', now + 365 * 86_400_000],
    ['a year ahead', now - 365 * 86_400_000]
  ])('counts from its arrival where the tablet’s clock is %s', (_, timestamp) => {
    expect(answer(104.1, 30.67, 8, timestamp)?.at).toBe(now);
  });

  it.each([
    [NaN, 30, 8],
    [104, NaN, 8],
    [181, 30, 8],
    [104, 91, 8],
    [104, 30, NaN],
    [104, 30, -1],
    [104, 30, Infinity]
  ])('of %d, %d, ±%d m is none', (longitude, latitude, accuracy) => {
    expect(answer(longitude, latitude, accuracy, now)).toBeNull();
  });
});

describe('a place', () => {
  it('says how good and how old its fix is', () => {
    expect(fixToPlace(fix(0, 42, 12.345), now)).toEqual({
      source: 'gps',
      position: { longitude: 104.1, latitude: 30.67 },
      accuracyMetres: 12.3,
      fixAgeSeconds: 42
    });
  });

  it('without a fix is a place all the same', () => {
    expect(fixToPlace(null, now)).toEqual({ source: 'none' });
  });

  it('is lawful whatever the fix', () => {
    const anyFix = fc.record({
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      accuracyMetres: fc.double({ min: 0, max: 1e7, noNaN: true }),
      at: fc.integer({ min: 0, max: 2 * now })
    });
    fc.assert(fc.property(anyFix, (fix) => Place.safeParse(fixToPlace(fix, now)).success));
  });
});
