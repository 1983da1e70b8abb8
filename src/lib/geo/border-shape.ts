import type { Border, Position } from '../domain/geometry';

/** Degrees. A box across the 180th meridian does not occur. */
export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

export type Vertex = [longitude: number, latitude: number];
type Ring = number[][];

/** Each polygon as its rings: the first outside, the others holes. */
export function polygonsOf(border: Border): Ring[][] {
  return border.type === 'Polygon' ? [border.coordinates] : border.coordinates;
}

export function ringsOf(border: Border): Ring[] {
  return polygonsOf(border).flat();
}

/** Visits every edge in turn; a ring left open is closed. */
export function eachEdge(ring: Ring, visit: (from: Vertex, to: Vertex) => void): void {
  const vertices = ring as Vertex[];
  let from = vertices.at(-1);
  for (const to of vertices) {
    if (from) visit(from, to);
    from = to;
  }
}

/**
 * The longitudes, unsorted, where the rings cross a latitude. An edge owns its southern end and not its northern one,
 * so a vertex is counted once.
 */
export function longitudesAt(latitude: number, rings: Ring[]): number[] {
  const longitudes: number[] = [];
  for (const ring of rings) {
    eachEdge(ring, (from, to) => {
      if (from[1] > latitude === to[1] > latitude) return;
      // Always from the southern end: two neighbours that share an edge then round to the very same longitude.
      const [south, north] = from[1] < to[1] ? [from, to] : [to, from];
      const share = (latitude - south[1]) / (north[1] - south[1]);
      longitudes.push(south[0] + share * (north[0] - south[0]));
    });
  }
  return longitudes;
}

export function borderBox(border: Border): Box {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const ring of ringsOf(border)) {
    for (const [longitude, latitude] of ring as Vertex[]) {
      box.west = Math.min(box.west, longitude);
      box.south = Math.min(box.south, latitude);
      box.east = Math.max(box.east, longitude);
      box.north = Math.max(box.north, latitude);
    }
  }
  return box;
}

/**
 * Where a label goes: the centre of gravity of the largest polygon, or, where that falls outside, the middle of the
 * widest stretch beside it. Always inside, except for a border without area, which gives the middle of its box.
 */
export function centreOf(border: Border): Position {
  const bodies = polygonsOf(border).map((rings) => ({ rings, ...gravityOf(rings) }));
  const largest = bodies.reduce((best, body) => (body.area > best.area ? body : best));
  const box = borderBox({ type: 'Polygon', coordinates: largest.rings });
  const height = box.north - box.south;
  const latitudes = [largest.latitude, ...[1 / 2, 1 / 3, 2 / 3].map((share) => box.south + share * height)];
  for (const latitude of latitudes) {
    const stretches = stretchesAt(latitude, largest.rings);
    if (stretches.some(([west, east]) => west < largest.longitude && largest.longitude < east)) {
      return { longitude: largest.longitude, latitude };
    }
    const [west, east] = stretches.reduce((best, one) => (widthOf(one) > widthOf(best) ? one : best), [0, 0]);
    if (west < east) return { longitude: (west + east) / 2, latitude };
  }
  return { longitude: (box.west + box.east) / 2, latitude: (box.south + box.north) / 2 };
}

type Stretch = [west: number, east: number];

const widthOf = ([west, east]: Stretch) => east - west;

function stretchesAt(latitude: number, rings: Ring[]): Stretch[] {
  const longitudes = longitudesAt(latitude, rings).sort((a, b) => a - b);
  const stretches: Stretch[] = [];
  for (let at = 0; at + 1 < longitudes.length; at += 2)
    stretches.push([longitudes[at]!, longitudes[at + 1]!]);
  return stretches;
}

/** Area in square degrees and centre of gravity, holes taken off; files do not agree on the winding of rings. */
function gravityOf(rings: Ring[]): { area: number; longitude: number; latitude: number } {
  const [originLongitude, originLatitude] = (rings[0]?.[0] ?? [0, 0]) as Vertex;
  let area = 0;
  let east = 0;
  let north = 0;
  rings.forEach((ring, at) => {
    let ringArea = 0;
    let ringEast = 0;
    let ringNorth = 0;
    eachEdge(ring, (from, to) => {
      const [fromX, fromY] = [from[0] - originLongitude, from[1] - originLatitude];
      const [toX, toY] = [to[0] - originLongitude, to[1] - originLatitude];
      const doubled = fromX * toY - toX * fromY;
      ringArea += doubled / 2;
      ringEast += (doubled * (fromX + toX)) / 6;
      ringNorth += (doubled * (fromY + toY)) / 6;
    });
    const sign = Math.sign(ringArea) * (at === 0 ? 1 : -1);
    area += sign * ringArea;
    east += sign * ringEast;
    north += sign * ringNorth;
  });
  return { area, longitude: originLongitude + east / area, latitude: originLatitude + north / area };
}
