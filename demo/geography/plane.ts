import type { Border, Position } from '../../src/lib/domain/geometry';

/** A point on the drawing board: metres east and metres north of the community's centre. */
export type PlanePoint = readonly [east: number, north: number];

const centre = { longitude: 104.128, latitude: 30.652 };
/** Lengths of a degree on the WGS-84 ellipsoid at latitude 30.652. */
const metresPerDegree = { longitude: 95_850, latitude: 110_863 };

/** Seven decimals are a centimetre; rounding here, once, keeps shared corners exactly shared. */
const roundDegrees = (degrees: number) => Math.round(degrees * 1e7) / 1e7;

/** [longitude, latitude] in WGS-84. */
export function toVertex([east, north]: PlanePoint): number[] {
  return [
    roundDegrees(centre.longitude + east / metresPerDegree.longitude),
    roundDegrees(centre.latitude + north / metresPerDegree.latitude)
  ];
}

export function toPosition(point: PlanePoint): Position {
  const [longitude = 0, latitude = 0] = toVertex(point);
  return { longitude, latitude };
}

/** Corners in any direction, not closed; the border runs counter-clockwise and is closed, as GeoJSON wants it. */
export function toBorder(corners: readonly PlanePoint[]): Border {
  const turned = signedArea(corners) < 0 ? corners.toReversed() : [...corners];
  const ring = turned.map(toVertex);
  return { type: 'Polygon', coordinates: [[...ring, ring[0]!]] };
}

function signedArea(corners: readonly PlanePoint[]): number {
  const doubled = corners.reduce((sum, [east, north], index) => {
    const [nextEast, nextNorth] = corners[(index + 1) % corners.length]!;
    return sum + east * nextNorth - nextEast * north;
  }, 0);
  return doubled / 2;
}

/** A rectangle, its long side turned counter-clockwise from east. */
export function rectangle(middle: PlanePoint, size: PlanePoint, turnDegrees = 0): PlanePoint[] {
  const [width, depth] = [size[0] / 2, size[1] / 2];
  const turn = (turnDegrees * Math.PI) / 180;
  const corners: PlanePoint[] = [
    [-width, -depth],
    [width, -depth],
    [width, depth],
    [-width, depth]
  ];
  return corners.map(([x, y]) => [
    middle[0] + x * Math.cos(turn) - y * Math.sin(turn),
    middle[1] + x * Math.sin(turn) + y * Math.cos(turn)
  ]);
}

/** A round patch such as a pond or a lawn, a little lopsided as such things are. */
export function roundPatch(middle: PlanePoint, radii: PlanePoint): PlanePoint[] {
  return Array.from({ length: 14 }, (_, step) => {
    const angle = (step / 14) * 2 * Math.PI;
    const swell = 1 + 0.09 * Math.sin(2 * angle + 1) + 0.06 * Math.cos(3 * angle);
    return [middle[0] + radii[0] * swell * Math.cos(angle), middle[1] + radii[1] * swell * Math.sin(angle)];
  });
}

/** The point a share (0 to 1) of the way from one point to the other. */
export function between(from: PlanePoint, to: PlanePoint, share: number): PlanePoint {
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}

/** Catmull-Rom: the points of a soft curve between the two middle ones of four knots, ends left out. */
export function softBend(
  before: PlanePoint,
  from: PlanePoint,
  to: PlanePoint,
  after: PlanePoint
): PlanePoint[] {
  const at = (t: number, axis: 0 | 1) => {
    const [a, b, c, d] = [before[axis], from[axis], to[axis], after[axis]];
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  };
  return [0.2, 0.4, 0.6, 0.8].map((t) => [Math.round(at(t, 0)), Math.round(at(t, 1))]);
}

/** The same line moved sideways to its left, in metres. */
export function moveAside(line: readonly PlanePoint[], metres: number): PlanePoint[] {
  return line.map((point, index) => {
    const [from, to] = [line[index - 1] ?? point, line[index + 1] ?? point];
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    return [
      point[0] - ((to[1] - from[1]) / length) * metres,
      point[1] + ((to[0] - from[0]) / length) * metres
    ];
  });
}
