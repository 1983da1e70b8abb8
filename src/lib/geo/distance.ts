import type { Border, Position } from '../domain/geometry';
import { eachEdge, ringsOf, type Box } from './border-shape';

/** Mean earth radius in metres (IUGG R1); on a sphere a distance is right within 0.6 %. */
const earthRadius = 6_371_008.8;
const radians = Math.PI / 180;
const metresPerDegree = earthRadius * radians;

/** Great-circle distance in metres (haversine). */
export function metresBetween(a: Position, b: Position): number {
  const north = Math.sin(((b.latitude - a.latitude) * radians) / 2) ** 2;
  const east = Math.sin(((b.longitude - a.longitude) * radians) / 2) ** 2;
  const haversine = north + Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * east;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(haversine)));
}

/** Length of a walk in metres; 0 for none or one point. */
export function trackMetres(points: Position[]): number {
  let metres = 0;
  let last: Position | undefined;
  for (const point of points) {
    if (last) metres += metresBetween(last, point);
    last = point;
  }
  return metres;
}

/** Metres from a position, inside or outside, to the nearest edge of a border. Flat around the position: for kilometres, not for continents. */
export function metresToEdge(position: Position, border: Border): number {
  const perDegreeEast = metresPerDegree * Math.cos(position.latitude * radians);
  let leastSquared = Infinity;
  for (const ring of ringsOf(border)) {
    eachEdge(ring, (from, to) => {
      const x = (from[0] - position.longitude) * perDegreeEast;
      const y = (from[1] - position.latitude) * metresPerDegree;
      const edgeX = (to[0] - from[0]) * perDegreeEast;
      const edgeY = (to[1] - from[1]) * metresPerDegree;
      const lengthSquared = edgeX ** 2 + edgeY ** 2;
      const share =
        lengthSquared === 0 ? 0 : Math.min(1, Math.max(0, -(x * edgeX + y * edgeY) / lengthSquared));
      leastSquared = Math.min(leastSquared, (x + share * edgeX) ** 2 + (y + share * edgeY) ** 2);
    });
  }
  return Math.sqrt(leastSquared);
}

/** The box that holds every point within `metres` of a position. */
export function boxAround(position: Position, metres: number): Box {
  const north = metres / metresPerDegree;
  const east = north / Math.cos(position.latitude * radians);
  return {
    west: position.longitude - east,
    south: position.latitude - north,
    east: position.longitude + east,
    north: position.latitude + north
  };
}
