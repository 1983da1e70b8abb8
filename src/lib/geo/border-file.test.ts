import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Border } from '../domain/geometry';
import { parseBorderFile } from './border-file';

// prettier-ignore
const ring = [[104.1, 30.6], [104.2, 30.6], [104.2, 30.7], [104.1, 30.6]];
const polygon = { type: 'Polygon', coordinates: [ring] };
const point = { type: 'Point', coordinates: [104.1, 30.6] };
const feature = (geometry: unknown, properties: unknown = {}) => ({ type: 'Feature', properties, geometry });
const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features });
const parse = (value: unknown) => parseBorderFile(JSON.stringify(value));

function featuresOf(value: unknown) {
  const file = parse(value);
  if (!file.ok) throw new Error(file.code);
  return file.features;
}

describe('a border file', () => {
  it('is a collection, a feature, a bare geometry or a bare array of features', () => {
    for (const file of [collection(feature(polygon)), feature(polygon), polygon, [feature(polygon)]]) {
      expect(featuresOf(file).map(({ border }) => border)).toEqual([polygon]);
    }
  });

  it('may begin with a byte order mark', () => {
    expect(parseBorderFile(`\uFEFF${JSON.stringify(polygon)}`).ok).toBe(true);
  });

  it('keeps the polygons and leaves out points, lines and features without a shape', () => {
    const line = { type: 'LineString', coordinates: ring };
    const file = collection(
      feature(point),
      feature(polygon, { name: '一网格' }),
      feature(null),
      feature(line)
    );
    expect(featuresOf(file).map(({ name }) => name)).toEqual(['一网格']);
  });

  it('joins polygons of one feature and keeps holes', () => {
    const hole = ring.toReversed();
    const multi = { type: 'MultiPolygon', coordinates: [[ring, hole], [ring]] };
    expect(featuresOf(multi)[0]!.border).toEqual(multi);
    const mixed = { type: 'GeometryCollection', geometries: [point, polygon, polygon] };
    expect(featuresOf(feature(mixed))[0]!.border).toEqual({
      type: 'MultiPolygon',
      coordinates: [[ring], [ring]]
    });
  });

  it('closes open rings and drops heights', () => {
    const open = { type: 'Polygon', coordinates: [ring.slice(0, 3).map((vertex) => [...vertex, 512])] };
    expect(featuresOf(open)[0]!.border).toEqual(polygon);
  });

  it('finds name and code under the keys that files use', () => {
    const [first, second, third, fourth] = featuresOf(
      collection(
        feature(polygon, { name: ' 万柏林区 ', adcode: 140109 }),
        feature(polygon, { 网格名称: '三网格', 网格编码: '510108011007003' }),
        feature(polygon, { name: '', NAME: 'B', code: '12', adcode: 3 }),
        feature(polygon, ['not', 'an', 'object'])
      )
    );
    expect(first).toMatchObject({ name: '万柏林区', code: '140109', properties: { adcode: 140109 } });
    expect(second).toMatchObject({ name: '三网格', code: '510108011007003' });
    expect(third).toMatchObject({ name: 'B', code: '12' });
    expect(fourth).toMatchObject({ name: '', code: undefined, properties: {} });
  });

  it('takes no code from a number too long to be exact', () => {
    const text = JSON.stringify(feature(polygon, { code: 'X' })).replace('"X"', '51010801100700101');
    expect(parseBorderFile(text)).toMatchObject({ ok: true, features: [{ code: undefined }] });
  });

  it('guesses GCJ-02 from the adcode of DataV and WGS-84 otherwise', () => {
    expect(parse(collection(feature(polygon, { adcode: 510108 })))).toMatchObject({ likelySystem: 'gcj02' });
    expect(parse(collection(feature(polygon, { code: '510108' })))).toMatchObject({ likelySystem: 'wgs84' });
    expect(parse(collection(feature(polygon), feature(point, { adcode: 1 })))).toMatchObject({
      likelySystem: 'wgs84'
    });
  });
});

describe('a border file is refused', () => {
  it.each(['', '{', 'PK\u0003\u0004', '<kml/>'])('as not JSON: %j', (text) => {
    expect(parseBorderFile(text)).toEqual({ ok: false, code: 'not-json' });
  });

  it.each([
    null,
    7,
    {},
    { type: 'featurecollection', features: [] },
    { type: 'FeatureCollection', features: {} },
    { type: 'FeatureCollection', features: collection(feature(polygon)) },
    [polygon],
    collection(null),
    [[feature(polygon)]],
    { type: 'Topology' }
  ])('as not GeoJSON: %j', (value) => {
    expect(parse(value)).toEqual({ ok: false, code: 'not-geojson' });
  });

  it.each([
    point,
    collection(),
    feature(null),
    feature('x'),
    { type: 'Polygon', coordinates: [] },
    { type: 'MultiPolygon', coordinates: [] }
  ])('for want of polygons: %j', (value) => {
    expect(parse(value)).toEqual({ ok: false, code: 'no-polygons' });
  });

  it('for want of features in a bare array', () => {
    expect(parse([])).toEqual({ ok: false, code: 'no-polygons' });
  });

  const withVertex = (vertex: unknown) => ({ type: 'Polygon', coordinates: [[vertex, ...ring]] });

  it.each([
    ['metres', withVertex([499000, 4190000])],
    ['latitude first', withVertex([30.6, 104.1])],
    ['text', withVertex(['104.1', '30.6'])],
    ['one number', withVertex([104.1])],
    ['no vertex', withVertex(null)],
    ['a ring of two', { type: 'Polygon', coordinates: [[ring[0], ring[1], ring[0]]] }],
    ['an empty ring', { type: 'Polygon', coordinates: [[]] }],
    ['a polygon without rings', { type: 'MultiPolygon', coordinates: [[], [ring]] }],
    ['no coordinates', { type: 'MultiPolygon' }],
    ['a polygon called a MultiPolygon', { type: 'MultiPolygon', coordinates: [ring] }],
    ['one bad among good', collection(feature(polygon), feature(withVertex([200, 0])))]
  ])('for bad coordinates: %s', (_, value) => {
    expect(parse(value)).toEqual({ ok: false, code: 'bad-coordinates' });
  });

  it('for a number beyond all numbers', () => {
    const text = JSON.stringify(polygon).replace('104.2', '1e999');
    expect(parseBorderFile(text)).toEqual({ ok: false, code: 'bad-coordinates' });
  });
});

describe('whatever the file holds', () => {
  it('never throws on text, cut files or any JSON', () => {
    const whole = JSON.stringify(collection(feature(polygon, { name: '一网格' })));
    fc.assert(fc.property(fc.string(), (text) => void parseBorderFile(text)));
    fc.assert(fc.property(fc.nat(whole.length), (length) => void parseBorderFile(whole.slice(0, length))));
    fc.assert(fc.property(fc.jsonValue(), (value) => void parse(value)));
  });

  it('gives a lawful border or a reason, however geometry is mangled', () => {
    const number = fc.oneof(fc.double({ min: -200, max: 200, noNaN: true }), fc.constantFrom(null, '1', []));
    const coordinates = fc.array(fc.array(fc.array(number, { maxLength: 4 }), { maxLength: 6 }), {
      maxLength: 3
    });
    const type = fc.constantFrom('Polygon', 'MultiPolygon', 'Point', 'GeometryCollection');
    const geometry = fc.record(
      {
        type,
        coordinates: fc.oneof(coordinates, fc.array(coordinates, { maxLength: 2 })),
        geometries: fc.constantFrom([], [polygon])
      },
      { requiredKeys: ['type'] }
    );
    fc.assert(
      fc.property(fc.array(geometry, { maxLength: 3 }), (geometries) => {
        const file = parse(collection(...geometries.map((one) => feature(one))));
        if (file.ok)
          for (const { border } of file.features) expect(Border.safeParse(border).success).toBe(true);
        else expect(['no-polygons', 'bad-coordinates']).toContain(file.code);
      }),
      { numRuns: 1000 }
    );
  });

  it('is not drowned by collections nested a hundred thousand deep', () => {
    const depth = 100_000;
    const text = '{"type":"GeometryCollection","geometries":['.repeat(depth) + ']}'.repeat(depth);
    expect(parseBorderFile(text)).toEqual({ ok: false, code: 'no-polygons' });
    expect(parseBorderFile('['.repeat(depth) + ']'.repeat(depth))).toEqual({
      ok: false,
      code: 'not-geojson'
    });
  });
});
