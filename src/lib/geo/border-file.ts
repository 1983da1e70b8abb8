import type { Border } from '../domain/geometry';

export interface BorderFeature {
  /** Empty where the file has none. */
  name: string;
  code?: string;
  /** As the file has it: closed rings, heights dropped, not yet shifted to WGS-84. */
  border: Border;
  properties: Record<string, unknown>;
}

export type BorderFile =
  /** `likelySystem` is a guess for the preview, not a fact: the person who imports decides. */
  | { ok: true; features: BorderFeature[]; likelySystem: 'wgs84' | 'gcj02' }
  | { ok: false; code: 'not-json' | 'not-geojson' | 'no-polygons' | 'bad-coordinates' };

type Json = Record<string, unknown>;

const geometryTypes = new Set<unknown>([
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection'
]);
const nameKeys = ['name', 'NAME', 'Name', '网格名称', '名称'];
const codeKeys = ['code', 'CODE', '网格编码', '编码', 'adcode'];

/**
 * Reads untrusted GeoJSON: a FeatureCollection, a Feature, a bare geometry or a bare array of Features. What is not a
 * polygon is left out; one broken polygon refuses the whole file, for half a set of grids is worse than none.
 * Metre coordinates and swapped latitudes come out as `bad-coordinates`. Never throws.
 */
export function parseBorderFile(text: string): BorderFile {
  const json = parseJson(text.replace(/^\uFEFF/, ''));
  if (json === undefined) return { ok: false, code: 'not-json' };
  const members = membersOf(json);
  if (!members) return { ok: false, code: 'not-geojson' };

  const features: BorderFeature[] = [];
  for (const { geometry, properties } of members) {
    const polygons = readAll(polygonsIn(geometry), readPolygon);
    if (!polygons) return { ok: false, code: 'bad-coordinates' };
    if (polygons.length > 0) features.push(makeFeature(polygons, isRecord(properties) ? properties : {}));
  }
  if (features.length === 0) return { ok: false, code: 'no-polygons' };
  // `adcode` is the mark of Aliyun DataV, whose borders are all in GCJ-02.
  const isDataV = features.some(({ properties }) => Object.hasOwn(properties, 'adcode'));
  return { ok: true, features, likelySystem: isDataV ? 'gcj02' : 'wgs84' };
}

/** undefined for what is not JSON, which JSON itself cannot say. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function membersOf(json: unknown): Json[] | null {
  if (Array.isArray(json))
    return readAll(json, (one) => (isRecord(one) && one.type === 'Feature' ? one : null));
  if (!isRecord(json)) return null;
  if (json.type === 'FeatureCollection')
    return Array.isArray(json.features) ? membersOf(json.features) : null;
  if (json.type === 'Feature') return [json];
  return geometryTypes.has(json.type) ? [{ geometry: json }] : null;
}

/** The polygons of a geometry as they stand in the file, unread. RFC 7946 lets empty coordinates mean none. */
function polygonsIn(geometry: unknown): unknown[] {
  if (!isRecord(geometry)) return [];
  const { type, coordinates, geometries } = geometry;
  if (type === 'Polygon') return Array.isArray(coordinates) && coordinates.length === 0 ? [] : [coordinates];
  if (type === 'MultiPolygon') return Array.isArray(coordinates) ? coordinates : [coordinates];
  if (type !== 'GeometryCollection' || !Array.isArray(geometries)) return [];
  // Not into collections in collections: a hostile file nests them deeper than the stack.
  return geometries.flatMap((one) =>
    isRecord(one) && one.type === 'GeometryCollection' ? [] : polygonsIn(one)
  );
}

/** Every item read, or null where the value is no array or one item cannot be read. */
function readAll<T>(value: unknown, read: (item: unknown) => T | null): T[] | null {
  if (!Array.isArray(value)) return null;
  const items: T[] = [];
  for (const one of value) {
    const item = read(one);
    if (item === null) return null;
    items.push(item);
  }
  return items;
}

function readPolygon(value: unknown): number[][][] | null {
  const rings = readAll(value, readRing);
  return rings && rings.length > 0 ? rings : null;
}

function readRing(value: unknown): number[][] | null {
  const ring = readAll(value, readVertex);
  const [first, last] = [ring?.[0], ring?.at(-1)];
  if (!ring || !first || !last) return null;
  if (first[0] !== last[0] || first[1] !== last[1]) ring.push([...first]);
  return ring.length >= 4 ? ring : null;
}

function readVertex(value: unknown): number[] | null {
  if (!Array.isArray(value)) return null;
  const [longitude, latitude] = value as unknown[];
  return isDegrees(longitude, 180) && isDegrees(latitude, 90) ? [longitude, latitude] : null;
}

function isDegrees(value: unknown, limit: number): value is number {
  return typeof value === 'number' && Math.abs(value) <= limit;
}

function makeFeature(polygons: number[][][][], properties: Json): BorderFeature {
  const [only, second] = polygons;
  return {
    name: wordOf(properties, nameKeys) ?? '',
    code: wordOf(properties, codeKeys),
    border:
      only && !second
        ? { type: 'Polygon', coordinates: only }
        : { type: 'MultiPolygon', coordinates: polygons },
    properties
  };
}

function wordOf(properties: Json, keys: string[]): string | undefined {
  for (const key of keys) {
    const value = properties[key];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    // A 17-digit code written as a number has lost its last digits by now: no code is better than a neighbour's.
    if (Number.isSafeInteger(value)) return String(value);
  }
  return undefined;
}
