import type { Position } from '../../domain/geometry';
import { fromWgs84, toWgs84, type CoordinateSystem } from '../../geo/coordinate-system';

/** A point of the drawing: spherical Mercator, 256 units round the earth, y to the south. Pixels are units times 2^zoom. */
export interface WorldPoint {
  x: number;
  y: number;
}

export interface WorldBox {
  west: number;
  north: number;
  east: number;
  south: number;
}

const worldWidth = 256;
const earthCircumference = 40_075_016.686;
const radians = Math.PI / 180;
/** Where the Mercator world is cut so that it is square. */
const furthestLatitude = 85.0511287798;

export function degreesToWorld(longitude: number, latitude: number): WorldPoint {
  const sine = Math.sin(Math.min(furthestLatitude, Math.max(-furthestLatitude, latitude)) * radians);
  return {
    x: worldWidth * (longitude / 360 + 0.5),
    y: worldWidth * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI))
  };
}

function worldToDegrees({ x, y }: WorldPoint): Position {
  const share = (((x / worldWidth) % 1) + 1) % 1;
  const latitude = Math.atan(Math.sinh((0.5 - y / worldWidth) * 2 * Math.PI)) / radians;
  return { longitude: (share - 0.5) * 360, latitude };
}

/** Where a stored position is drawn on a map in `crs`. */
export function positionToWorld(position: Position, crs: CoordinateSystem = 'wgs84'): WorldPoint {
  const drawn = crs === 'wgs84' ? position : fromWgs84(position, crs);
  return degreesToWorld(drawn.longitude, drawn.latitude);
}

/** The way back, for a tap that is to be stored: WGS-84, to six decimals of a degree (0.1 m). */
export function worldToPosition(point: WorldPoint, crs: CoordinateSystem = 'wgs84'): Position {
  const { longitude, latitude } = toWgs84(worldToDegrees(point), crs);
  return { longitude: roundDegrees(longitude), latitude: roundDegrees(latitude) };
}

/** The box that holds every position between two corners. */
export function cornersToWorld(southWest: Position, northEast: Position, crs?: CoordinateSystem): WorldBox {
  const [lower, upper] = [positionToWorld(southWest, crs), positionToWorld(northEast, crs)];
  return { west: lower.x, north: upper.y, east: upper.x, south: lower.y };
}

export function metresPerUnit(point: WorldPoint): number {
  const { latitude } = worldToDegrees(point);
  return (earthCircumference * Math.cos(latitude * radians)) / worldWidth;
}

function roundDegrees(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
