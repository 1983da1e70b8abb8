import { isDrawnAt, passes, widthAt, type Pass } from './look';
import { boxesMeet, boxOfView, worldToPixel, type MapView } from './map-view';
import type { WorldBox, WorldPoint } from './mercator';
import type { Shape } from './shapes';

/** What one stroke of the brush becomes as an SVG path; colours are custom properties of map-colours.css. */
export interface StillPath {
  path: string;
  fill: string;
  stroke: string;
  width: number;
  dash: string | undefined;
}

/** A thumbnail is redrawn with every fix, so it takes no more shapes than it can show. */
const mostShapes = 150;

/** The shapes of a view, the nearest to its middle where there are too many, as SVG paths from the ground up. */
export function drawStill(shapes: Shape[], view: MapView): StillPath[] {
  const window = boxOfView(view);
  const near = shapes
    .filter(({ box }) => boxesMeet(box, window))
    .map((shape) => ({ shape, distance: distanceTo(shape.box, view.centre) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, mostShapes)
    .map(({ shape }) => shape);
  return passes
    .filter((pass) => isDrawnAt(pass, view.zoom))
    .map((pass) => toStillPath(pass, near, view))
    .filter(({ path }) => path !== '');
}

function toStillPath(pass: Pass, shapes: Shape[], view: MapView): StillPath {
  const chosen = shapes.filter(({ kind, isArea }) => kind === pass.kind && isArea === (pass.of === 'areas'));
  return {
    path: chosen.flatMap(({ rings, isArea }) => rings.map((ring) => traceRing(ring, isArea, view))).join(''),
    fill: pass.fill ? `var(--map-${pass.fill})` : 'none',
    stroke: pass.stroke ? `var(--map-${pass.stroke})` : 'none',
    width: pass.width ? widthAt(pass.width, view.zoom) : 0,
    dash: pass.dash?.join(' ')
  };
}

function traceRing(ring: Float64Array, isArea: boolean, view: MapView): string {
  let path = '';
  for (let at = 0; at < ring.length; at += 2) {
    const { x, y } = worldToPixel({ x: ring[at]!, y: ring[at + 1]! }, view);
    path += `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
  }
  return isArea ? `${path}Z` : path;
}

/** 0 inside the box. */
function distanceTo({ west, north, east, south }: WorldBox, { x, y }: WorldPoint): number {
  return Math.hypot(Math.max(west - x, 0, x - east), Math.max(north - y, 0, y - south));
}
