import type { Border, Position } from '../domain/geometry';
import { metresBetween } from './distance';
import { ringsOf } from './border-shape';

/** Nearer to a corner of a neighbour the same corner is meant: two borders then meet without a gap. */
const snapMetres = 12;

/** A place, or the corner of one of these borders that is meant by it. */
export function snapToCorner(place: Position, borders: readonly Border[]): Position {
  const corners = borders.flatMap(ringsOf).flat();
  let nearest = place;
  let nearestMetres = snapMetres;
  for (const [longitude, latitude] of corners as [number, number][]) {
    const metres = metresBetween(place, { longitude, latitude });
    if (metres < nearestMetres) [nearest, nearestMetres] = [{ longitude, latitude }, metres];
  }
  return nearest;
}

/** Whether a border through these corners, closed, crosses itself. Corners that only touch an edge do not count. */
export function crossesItself(corners: readonly Position[]): boolean {
  const edges = corners.map((from, index) => [from, corners[(index + 1) % corners.length]!] as const);
  return edges.some((edge, index) => edges.slice(index + 1).some((other) => doCross(...edge, ...other)));
}

function doCross(a: Position, b: Position, c: Position, d: Position): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/** Positive to the left of the way from `a` to `b`, negative to the right, 0 on it. */
function side(a: Position, b: Position, place: Position): number {
  const along = (b.longitude - a.longitude) * (place.latitude - a.latitude);
  const across = (b.latitude - a.latitude) * (place.longitude - a.longitude);
  return Math.sign(along - across);
}
