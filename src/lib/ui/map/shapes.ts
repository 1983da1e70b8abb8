import type { Border, Line, Position } from '../../domain/geometry';
import { isDrawn, type BasemapLine, type Building, type Grid } from '../../domain/grid';
import { polygonsOf } from '../../geo/border-shape';
import type { WorldBox, WorldPoint } from './mercator';

export type ShapeKind = BasemapLine['kind'] | 'building' | 'grid' | 'microGrid';

/** One thing to draw, already projected: x and y in turn. */
export interface Shape {
  kind: ShapeKind;
  isArea: boolean;
  /** Outer rings run one way and holes the other, so that many shapes may be filled as one. */
  rings: Float64Array[];
  box: WorldBox;
}

export interface Ground {
  grids: Grid[];
  basemap: BasemapLine[];
  buildings: Building[];
}

/** Where a WGS-84 position is drawn. */
export type Projector = (position: Position) => WorldPoint;

export function shapesOf({ grids, basemap, buildings }: Ground, project: Projector): Shape[] {
  return [
    ...landShapes({ basemap, buildings }, project),
    ...grids.filter(isDrawn).map((grid) => gridShape(grid, project))
  ];
}

/** All but the grids. */
export function landShapes(
  { basemap, buildings }: Pick<Ground, 'basemap' | 'buildings'>,
  project: Projector
): Shape[] {
  const lines = basemap.map(({ kind, shape }) =>
    shape.type === 'LineString' ? lineShape(kind, shape, project) : areaShape(kind, shape, project)
  );
  const outlines = buildings.flatMap(({ outline }) =>
    outline ? [areaShape('building', outline, project)] : []
  );
  return [...lines, ...outlines];
}

export function gridShape({ code, border }: Grid, project: Projector): Shape {
  return areaShape(code.length === 17 ? 'microGrid' : 'grid', border, project);
}

export function lineShape(kind: ShapeKind, line: Line, project: Projector): Shape {
  const rings = [projectRing(line.coordinates, project)];
  return { kind, isArea: false, rings, box: boxOfRings(rings) };
}

export function areaShape(kind: ShapeKind, border: Border, project: Projector): Shape {
  const rings = polygonsOf(border).flatMap((polygon) =>
    polygon.map((ring, at) => turnRing(projectRing(ring, project), at === 0))
  );
  return { kind, isArea: true, rings, box: boxOfRings(rings) };
}

function projectRing(vertices: number[][], project: Projector): Float64Array {
  const ring = new Float64Array(vertices.length * 2);
  vertices.forEach(([longitude = 0, latitude = 0], at) => {
    const { x, y } = project({ longitude, latitude });
    ring[at * 2] = x;
    ring[at * 2 + 1] = y;
  });
  return ring;
}

function turnRing(ring: Float64Array, isOuter: boolean): Float64Array {
  if (signedArea(ring) >= 0 === isOuter) return ring;
  const turned = new Float64Array(ring.length);
  for (let at = 0; at < ring.length; at += 2) {
    turned[at] = ring[ring.length - 2 - at]!;
    turned[at + 1] = ring[ring.length - 1 - at]!;
  }
  return turned;
}

function signedArea(ring: Float64Array): number {
  // Taken from the ring's own first corner: far from the origin a small ring would lose its digits.
  const [originX, originY] = [ring[0] ?? 0, ring[1] ?? 0];
  let doubled = 0;
  for (let at = 0; at + 3 < ring.length; at += 2) {
    const [x, y] = [ring[at]! - originX, ring[at + 1]! - originY];
    const [nextX, nextY] = [ring[at + 2]! - originX, ring[at + 3]! - originY];
    doubled += x * nextY - nextX * y;
  }
  return doubled;
}

function boxOfRings(rings: Float64Array[]): WorldBox {
  const box = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
  for (const ring of rings) {
    for (let at = 0; at < ring.length; at += 2) {
      const [x, y] = [ring[at]!, ring[at + 1]!];
      if (x < box.west) box.west = x;
      if (x > box.east) box.east = x;
      if (y < box.north) box.north = y;
      if (y > box.south) box.south = y;
    }
  }
  return box;
}
