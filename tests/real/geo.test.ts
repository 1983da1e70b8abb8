import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Border, type Position } from '../../src/lib/domain/geometry';
import type { Grid } from '../../src/lib/domain/grid';
import { parseBorderFile, type BorderFeature } from '../../src/lib/geo/border-file';
import { borderBox, centreOf, ringsOf } from '../../src/lib/geo/border-shape';
import {
  bd09ToWgs84,
  borderToWgs84,
  gcj02ToWgs84,
  wgs84ToBd09,
  wgs84ToGcj02
} from '../../src/lib/geo/coordinate-system';
import { metresBetween, metresToEdge } from '../../src/lib/geo/distance';
import { indexGrids, type GridIndex } from '../../src/lib/geo/grid-index';
import { isInside } from '../../src/lib/geo/point-in-border';

/** Test data that may be used here but not shipped, so it lies beside the project and not in it. */
const data = resolve(process.cwd(), '../shared/data');
const isHere = existsSync(data);
const title = (name: string) => (isHere ? name : `${name} (skipped: no ../shared/data beside the project)`);

const readText = (path: string) => readFileSync(resolve(data, path), 'utf8');

function readFeatures(path: string): BorderFeature[] {
  const file = parseBorderFile(readText(path));
  if (!file.ok) throw new Error(`${path}: ${file.code}`);
  return file.features;
}

/** The same numbers in every run (mulberry32). */
function seededRandom(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let bits = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe.skipIf(!isHere)(title('5,199 election districts of New York'), () => {
  let grids: Grid[];
  let index: GridIndex;
  beforeAll(() => {
    grids = readFeatures('boundaries/nyc_election_districts_5199.geojson').map(({ border, properties }) => {
      const code = String(properties.ElectDist).padStart(15, '0');
      return { code, name: code, border };
    });
    index = indexGrids(grids);
  });

  /** Every district looked at, none skipped by its box. */
  function scan(position: Position): string | undefined {
    const touched = grids.filter(
      ({ border }) => isInside(position, border) || metresToEdge(position, border) <= 0.1
    );
    return touched.map(({ code }) => code).sort()[0];
  }

  it('are all read', () => {
    expect(grids).toHaveLength(5199);
    expect(new Set(grids.map(({ code }) => code)).size).toBe(5199);
  });

  it('are found by the index as by a scan, at 1,000 random points', () => {
    const random = seededRandom(20261120);
    const hits = Array.from({ length: 1000 }, () => {
      const { west, south, east, north } = borderBox(grids[Math.floor(random() * grids.length)]!.border);
      const position = {
        longitude: west + random() * (east - west),
        latitude: south + random() * (north - south)
      };
      const found = index.findGrid(position)?.code;
      expect(found).toBe(scan(position));
      return found;
    });
    const inSome = hits.filter((code) => code !== undefined).length;
    expect(inSome).toBeGreaterThan(800);
    expect(inSome).toBeLessThan(1000);
  });

  it('each own their vertices alone, on repeat and in another order', () => {
    const random = seededRandom(7);
    const order = grids.map((grid) => ({ grid, place: random() })).sort((a, b) => a.place - b.place);
    const shuffled = indexGrids(order.map(({ grid }) => grid));
    for (let round = 0; round < 300; round += 1) {
      const ring = ringsOf(grids[Math.floor(random() * grids.length)]!.border)[0]!;
      const [longitude, latitude] = ring[Math.floor(random() * ring.length)] as [number, number];
      const found = index.find({ longitude, latitude })?.code;
      expect(found).toBeDefined();
      expect(found).toBe(scan({ longitude, latitude }));
      expect(index.find({ longitude, latitude })?.code).toBe(found);
      expect(shuffled.find({ longitude, latitude })?.code).toBe(found);
    }
  });

  it('have a label point inside', () => {
    expect(grids.filter(({ border }) => !isInside(centreOf(border), border)).map(({ code }) => code)).toEqual(
      []
    );
  });
});

describe.skipIf(!isHere)(title('borders of 太原 and 成华 in GCJ-02'), () => {
  it.each(['taiyuan_140100_districts', 'chenghua_510108'])(
    '%s, unshifted, are the ones derived before',
    (name) => {
      const shifted = readFeatures(`boundaries/${name}_gcj02.geojson`);
      const derived = readFeatures(`boundaries/${name}_wgs84_derived.geojson`);
      expect(shifted).toHaveLength(derived.length);
      let furthest = 0;
      shifted.forEach(({ border }, at) => {
        const found = ringsOf(borderToWgs84(border, 'gcj02')).flat();
        const expected = ringsOf(derived[at]!.border).flat();
        expect(found).toHaveLength(expected.length);
        found.forEach(([longitude, latitude], vertex) => {
          const [expectedLongitude, expectedLatitude] = expected[vertex]!;
          furthest = Math.max(
            furthest,
            Math.abs(longitude! - expectedLongitude!),
            Math.abs(latitude! - expectedLatitude!)
          );
        });
      });
      expect(furthest).toBeLessThan(1e-5);
    }
  );

  it('hold their own seats of government', () => {
    const districts = readFeatures('boundaries/taiyuan_140100_districts_gcj02.geojson');
    const index = indexGrids(
      districts.map(({ code, name, border }) => ({
        code: code!.padEnd(15, '0'),
        name,
        border: borderToWgs84(border, 'gcj02')
      }))
    );
    const seats = districts
      .map(({ name, border, properties }) => {
        const [longitude, latitude] = properties.center as [number, number];
        return { name, border, seat: { longitude, latitude } };
      })
      .filter(({ seat, border }) => isInside(seat, border));
    expect(seats.length).toBeGreaterThanOrEqual(8);
    for (const { name, seat } of seats) expect(index.findGrid(gcj02ToWgs84(seat))?.name).toBe(name);
  });

  it('are taken for GCJ-02, and New York for WGS-84', () => {
    for (const [path, likelySystem] of [
      ['taiyuan_140100_districts_gcj02.geojson', 'gcj02'],
      ['chenghua_510108_gcj02.geojson', 'gcj02'],
      ['nyc_community_districts_59.geojson', 'wgs84']
    ]) {
      expect(parseBorderFile(readText(`boundaries/${path}`))).toMatchObject({ ok: true, likelySystem });
    }
  });

  it('万柏林 comes as a bare array and is read all the same', () => {
    const file = parseBorderFile(readText('boundaries/wanbailin_140109_bare_array_gcj02.json'));
    expect(file).toMatchObject({
      ok: true,
      likelySystem: 'gcj02',
      features: [{ name: '万柏林区', code: '140109' }]
    });
  });
});

describe.skipIf(!isHere)(title('broken GeoJSON'), () => {
  it('is read or refused with a reason, and never throws', () => {
    const names = readdirSync(resolve(data, 'geojson-bad'));
    expect(names.length).toBeGreaterThan(30);
    for (const name of names) {
      const file = parseBorderFile(readText(`geojson-bad/${name}`));
      if (file.ok)
        for (const { border } of file.features) expect(Border.safeParse(border).success, name).toBe(true);
    }
  });

  it.each([
    ['bad-json', 'not-json'],
    ['featurecollection-type-case', 'not-geojson'],
    ['badfeature', 'not-geojson'],
    ['stringcoord', 'no-polygons'],
    ['bad-featurelist', 'bad-coordinates'],
    ['point-labeled-as-a-multipolygon', 'bad-coordinates']
  ])('%s is %s', (name, code) => {
    expect(parseBorderFile(readText(`geojson-bad/${name}.geojson`))).toEqual({ ok: false, code });
  });

  it('with an open ring is closed', () => {
    const [feature] = readFeatures('geojson-bad/different-first-last.geojson');
    const [ring] = ringsOf(feature!.border);
    expect(ring!.at(-1)).toEqual(ring![0]);
  });
});

describe.skipIf(!isHere)(title('664 Chinese cities in three systems'), () => {
  type Pair = [number, number];
  let cities: { coords: Record<'WGS84' | 'GCJ02' | 'BD09', Pair> }[];
  beforeAll(() => {
    cities = JSON.parse(readText('coords/gcoord_china_cities.json')) as typeof cities;
  });
  const at = ([longitude, latitude]: Pair): Position => ({ longitude, latitude });

  it.each([
    ['WGS84', 'GCJ02', wgs84ToGcj02],
    ['GCJ02', 'WGS84', gcj02ToWgs84],
    ['WGS84', 'BD09', wgs84ToBd09],
    ['BD09', 'WGS84', bd09ToWgs84]
  ] as const)('%s to %s is within a metre', (from, to, convert) => {
    expect(cities).toHaveLength(664);
    const errors = cities.map(({ coords }) => metresBetween(convert(at(coords[from])), at(coords[to])));
    expect(Math.max(...errors)).toBeLessThan(1);
  });
});
