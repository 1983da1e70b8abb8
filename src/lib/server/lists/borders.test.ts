import { expect, test } from 'vitest';
import { undrawn, type Grid } from '../../domain/grid';
import { wgs84ToGcj02 } from '../../geo/coordinate-system';
import { readBorders } from './borders';

const community = '510108011007';
const grids: Grid[] = [
  { code: `${community}001`, name: '机械厂片区', border: undrawn },
  { code: `${community}002`, name: '向阳片区', border: undrawn },
  { code: `${community}00101`, name: '一号院', border: undrawn }
];

/** A square of about 100 m with its south-western corner here. */
function square(longitude: number, latitude: number) {
  const [east, north] = [longitude + 0.001, latitude + 0.001];
  const ring = [
    [longitude, latitude],
    [east, latitude],
    [east, north],
    [longitude, north],
    [longitude, latitude]
  ];
  return { type: 'Polygon', coordinates: [ring] };
}

const file = (...features: [properties: object, geometry: object][]) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: features.map(([properties, geometry]) => ({ type: 'Feature', properties, geometry }))
  });
const read = (text: string, system?: 'wgs84' | 'gcj02') => readBorders(text, { community, grids, system });

test('a border goes to the grid of its code, its number or its name', () => {
  const result = read(
    file(
      [{ code: `${community}00101` }, square(104.1, 30.6)],
      [{ name: '2' }, square(104.2, 30.6)],
      [{ name: '机械厂片区' }, square(104.3, 30.6)]
    )
  );
  expect(result).toMatchObject({
    placed: [
      { code: `${community}00101`, isNew: false },
      { code: `${community}002`, isNew: false },
      { code: `${community}001`, isNew: false }
    ],
    grids: [
      { code: `${community}001`, name: '机械厂片区', border: square(104.3, 30.6) },
      { code: `${community}00101`, border: square(104.1, 30.6) },
      { code: `${community}002`, name: '向阳片区', border: square(104.2, 30.6) }
    ]
  });
});

test('what belongs to none is a new grid, numbered from west to east', () => {
  const result = read(
    file(
      [{ name: '东' }, square(104.3, 30.6)],
      [{}, square(104.1, 30.6)],
      [{ name: '西北' }, square(104.1, 30.7)]
    )
  );
  expect('placed' in result && result.placed).toEqual([
    { name: '西北', code: `${community}003`, isNew: true },
    { name: '', code: `${community}004`, isNew: true },
    { name: '东', code: `${community}005`, isNew: true }
  ]);
  expect('grids' in result && result.grids.find(({ code }) => code.endsWith('004'))?.name).toBe('4');
});

test('borders drawn on a shifted map are shifted back', () => {
  const { longitude, latitude } = wgs84ToGcj02({ longitude: 104.1, latitude: 30.6 });
  const text = file([{ name: '2', adcode: 510108 }, square(longitude, latitude)]);
  for (const system of [undefined, 'gcj02'] as const) {
    const result = read(text, system);
    const border =
      'grids' in result ? result.grids.find(({ code }) => code.endsWith('002'))!.border : undrawn;
    const [east, north] = (border.coordinates[0] as number[][])[0]!;
    expect(east).toBeCloseTo(104.1, 5);
    expect(north).toBeCloseTo(30.6, 5);
  }
  const asTheyAre = read(text, 'wgs84');
  expect('grids' in asTheyAre && asTheyAre.grids[2]!.border).toEqual(square(longitude, latitude));
});

test.each([
  ['not json', { trouble: 'not-json' }],
  ['{}', { trouble: 'not-geojson' }],
  [file([{ name: '2' }, { type: 'Point', coordinates: [104, 30] }]), { trouble: 'no-polygons' }],
  [file([{ name: '2' }, square(104, 130)]), { trouble: 'bad-coordinates' }],
  [
    file([{ name: '2' }, square(104.1, 30.6)], [{ name: '向阳片区' }, square(104.2, 30.6)]),
    { trouble: 'twice', name: '向阳片区' }
  ]
])('%.40j is refused as a whole', (text, trouble) => {
  expect(read(text)).toEqual(trouble);
});

test('more grids than there are numbers are refused', () => {
  const many = Array.from(
    { length: 998 },
    (_, index) => [{}, square(104 + index / 10_000, 30.6)] as [object, object]
  );
  expect(read(file(...many))).toEqual({ trouble: 'too-many' });
});
