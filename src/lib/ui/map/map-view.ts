import { metresPerUnit, type WorldBox, type WorldPoint } from './mercator';

/** What a map shows: the middle of its window, its zoom, its size in pixels. */
export interface MapView {
  centre: WorldPoint;
  zoom: number;
  width: number;
  height: number;
}

/** A lane is then as wide as a finger; our shapes have nothing finer to show. */
export const closestZoom = 20;

export interface Pixel {
  x: number;
  y: number;
}

/** Pixels from the window's upper left corner. */
export function worldToPixel(point: WorldPoint, { centre, zoom, width, height }: MapView): Pixel {
  const scale = 2 ** zoom;
  return { x: (point.x - centre.x) * scale + width / 2, y: (point.y - centre.y) * scale + height / 2 };
}

export function pixelToWorld({ x, y }: Pixel, { centre, zoom, width, height }: MapView): WorldPoint {
  const scale = 2 ** zoom;
  return { x: centre.x + (x - width / 2) / scale, y: centre.y + (y - height / 2) / scale };
}

export function metresPerPixel({ centre, zoom }: MapView): number {
  return metresPerUnit(centre) / 2 ** zoom;
}

/** The window and a share of its size more on every side. */
export function boxOfView(view: MapView, margin = 0): WorldBox {
  const upper = pixelToWorld({ x: -margin * view.width, y: -margin * view.height }, view);
  const lower = pixelToWorld({ x: (1 + margin) * view.width, y: (1 + margin) * view.height }, view);
  return { west: upper.x, north: upper.y, east: lower.x, south: lower.y };
}

export function boxesMeet(a: WorldBox, b: WorldBox): boolean {
  return a.west <= b.east && b.west <= a.east && a.north <= b.south && b.north <= a.south;
}

/** The smallest box round all of them; undefined for none. */
export function boxRound(boxes: WorldBox[]): WorldBox | undefined {
  if (boxes.length === 0) return undefined;
  const round = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
  for (const { west, north, east, south } of boxes) {
    round.west = Math.min(round.west, west);
    round.north = Math.min(round.north, north);
    round.east = Math.max(round.east, east);
    round.south = Math.max(round.south, south);
  }
  return round;
}

/** For a scale bar: the longest round length (1, 2 or 5 and noughts) that is not wider than `most` pixels. */
export function scaleLength(view: MapView, most: number): { metres: number; pixels: number } {
  const each = metresPerPixel(view);
  const ten = 10 ** Math.floor(Math.log10(each * most));
  const metres = [5, 2, 1].map((times) => times * ten).find((length) => length <= each * most) ?? ten;
  return { metres, pixels: metres / each };
}
