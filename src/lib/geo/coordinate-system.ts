import gcoord from 'gcoord';
import type { Border, Position } from '../domain/geometry';
import type { Vertex } from './border-shape';

/** GCJ-02 is what 高德, 腾讯 and DataV draw in, BD-09 is 百度. Mistaking one moves a place by up to 1.4 km. */
export type CoordinateSystem = 'wgs84' | 'gcj02' | 'bd09';

const names = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const;

/**
 * Inside this box the three systems differ, outside they are taken as one. Hong Kong, Taiwan and neighbouring lands
 * lie in it and are shifted too, though maps of those places are often not.
 */
const shifted = { west: 72.1, south: 0.9, east: 137.7, north: 55.7 };

function convert(position: Position, from: CoordinateSystem, to: CoordinateSystem): Position {
  const { longitude, latitude } = position;
  // gcoord shifts inside a slightly larger box, and within a shift of its rim its way back to WGS-84 loops for ever.
  const isShifted =
    longitude > shifted.west &&
    longitude < shifted.east &&
    latitude > shifted.south &&
    latitude < shifted.north;
  if (from === to || !isShifted) return { longitude, latitude };
  const [east, north] = gcoord.transform([longitude, latitude], names[from], names[to]);
  return { longitude: east, latitude: north };
}

export const wgs84ToGcj02 = (position: Position) => convert(position, 'wgs84', 'gcj02');
/** Comes back within 0.2 m. */
export const gcj02ToWgs84 = (position: Position) => convert(position, 'gcj02', 'wgs84');
export const wgs84ToBd09 = (position: Position) => convert(position, 'wgs84', 'bd09');
/** Comes back within 1 m. */
export const bd09ToWgs84 = (position: Position) => convert(position, 'bd09', 'wgs84');

/** For drawing on a layer that declares another system. */
export const fromWgs84 = (position: Position, to: CoordinateSystem) => convert(position, 'wgs84', to);
/** For taps on such a layer, before they are saved. */
export const toWgs84 = (position: Position, from: CoordinateSystem) => convert(position, from, 'wgs84');

/** A new border, heights dropped; the one given is not touched (gcoord would shift GeoJSON in place). */
export function borderToWgs84(border: Border, from: CoordinateSystem): Border {
  const ringToWgs84 = (ring: number[][]) =>
    (ring as Vertex[]).map(([longitude, latitude]) => {
      const position = toWgs84({ longitude, latitude }, from);
      return [position.longitude, position.latitude];
    });
  return border.type === 'Polygon'
    ? { type: 'Polygon', coordinates: border.coordinates.map(ringToWgs84) }
    : { type: 'MultiPolygon', coordinates: border.coordinates.map((rings) => rings.map(ringToWgs84)) };
}
