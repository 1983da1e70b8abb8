import type { Border, Position } from '../domain/geometry';
import { longitudesAt, polygonsOf } from './border-shape';

/**
 * Even-odd rule, holes left out, any polygon of a MultiPolygon. The border itself is half open: where borders share
 * their vertices, a point on a shared edge lies in exactly one of the two. Use `GridIndex` where it must lie in one at all.
 */
export function isInside(position: Position, border: Border): boolean {
  return polygonsOf(border).some((rings) => {
    const crossings = longitudesAt(position.latitude, rings);
    return crossings.filter((longitude) => longitude > position.longitude).length % 2 === 1;
  });
}
