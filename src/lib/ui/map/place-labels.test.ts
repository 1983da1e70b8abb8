import { describe, expect, it } from 'vitest';
import { writeAlong } from './along-line';
import { longestRunWithin } from './clip-line';
import { splitName, type Label } from './label';
import type { MapView } from './map-view';
import { placeLabels } from './place-labels';

const view: MapView = { centre: { x: 100, y: 100 }, zoom: 0, width: 400, height: 300 };
const box = { west: 0, north: 0, east: 300, south: 300 };

const area = (key: string, x: number, y: number, rank = 1): Label => ({
  key,
  rank,
  fromZoom: 0,
  size: 16,
  tone: 'grid',
  box,
  lines: [key],
  at: () => ({ x, y }),
  mustFit: true
});
const road = (text: string, line: number[]): Label => ({
  key: text,
  rank: 2,
  fromZoom: 0,
  size: 12,
  tone: 'road',
  box,
  text,
  line: Float64Array.from(line)
});
const keys = (labels: Label[], obstacles = [] as { x: number; y: number }[]) =>
  placeLabels(labels, view, obstacles).map(({ key }) => key);

describe('names', () => {
  it('stand by rank, the second beside the first or not at all', () => {
    const crowd = Array.from({ length: 8 }, (_, at) => area(`第${at}网格`, 100, 100));
    const placed = placeLabels(crowd, view, []);
    expect(placed[0]!.key).toBe('第0网格');
    expect(placed.length).toBeLessThan(crowd.length);
    expect(new Set(placed.map(({ glyphs }) => glyphs[0]!.y)).size).toBe(placed.length);
  });

  it('step aside for a marker', () => {
    const [free] = placeLabels([area('第一网格', 100, 100)], view, []);
    const [aside] = placeLabels([area('第一网格', 100, 100)], view, [{ x: 200, y: 150 }]);
    expect(free!.glyphs[0]!.y).toBe(150);
    expect(Math.abs(aside!.glyphs[0]!.y - 150)).toBeGreaterThan(20);
  });

  it('are left out of areas too small for them, further out than wanted, and out of sight', () => {
    const small = { ...area('第一网格', 100, 100), box: { west: 90, north: 90, east: 110, south: 110 } };
    const later = { ...area('第二网格', 100, 100), fromZoom: 1 };
    const elsewhere = {
      ...area('第三网格', 900, 900),
      box: { west: 800, north: 800, east: 999, south: 999 }
    };
    expect(keys([small, later, elsewhere])).toEqual([]);
  });

  it('of one road in two pieces stand once', () => {
    expect(keys([road('长天路', [0, 60, 90, 60]), road('长天路', [110, 60, 200, 60])])).toHaveLength(1);
  });

  it('of grids break before the brackets', () => {
    expect(splitName('第1网格（机械厂片区）')).toEqual(['第1网格', '机械厂片区']);
    expect(splitName('机械厂片区')).toEqual(['机械厂片区']);
  });
});

describe('a name along a line', () => {
  const read = (line: [number, number][], text: string) =>
    writeAlong(
      line.map(([x, y]) => ({ x, y })),
      text,
      12
    );

  it('reads from left to right, whichever way the road was drawn', () => {
    for (const line of [
      [
        [0, 0],
        [200, 20]
      ],
      [
        [200, 20],
        [0, 0]
      ]
    ] as [number, number][][]) {
      const glyphs = read(line, '长天路')!;
      expect(glyphs.map(({ text }) => text).join('')).toBe('长天路');
      expect(glyphs[0]!.x).toBeLessThan(glyphs[2]!.x);
      expect(Math.abs(glyphs[0]!.turn)).toBeLessThan(10);
    }
  });

  it('reads from top to bottom on a steep road, its characters upright', () => {
    const glyphs = read(
      [
        [10, 300],
        [0, 0]
      ],
      '石桥路'
    )!;
    expect(glyphs.map(({ text }) => text).join('')).toBe('石桥路');
    expect(glyphs[0]!.y).toBeLessThan(glyphs[2]!.y);
    for (const { turn } of glyphs) expect(Math.abs(turn)).toBeLessThan(10);
  });

  it('is whole in Latin letters, and never upside down', () => {
    const glyphs = read(
      [
        [200, 100],
        [0, 0]
      ],
      'Station Road'
    )!;
    expect(glyphs).toHaveLength(1);
    expect(glyphs[0]!.turn).toBeCloseTo(26.6, 0);
  });

  it('is not squeezed onto a short line nor bent round a corner', () => {
    expect(
      read(
        [
          [0, 0],
          [40, 0]
        ],
        '长天路'
      )
    ).toBeUndefined();
    expect(
      read(
        [
          [0, 0],
          [25, 0],
          [25, 25],
          [0, 25],
          [0, 50]
        ],
        '长天路'
      )
    ).toBeUndefined();
  });
});

describe('a line in a window', () => {
  const window = { left: 0, top: 0, right: 100, bottom: 100 };
  it('is cut at its edges, and the longest part kept', () => {
    const line = [
      [-50, 10],
      [20, 10],
      [20, -50],
      [60, -50],
      [60, 90],
      [150, 90]
    ].map(([x, y]) => ({ x: x!, y: y! }));
    expect(longestRunWithin(line, window)).toEqual([
      { x: 60, y: 0 },
      { x: 60, y: 90 },
      { x: 100, y: 90 }
    ]);
    expect(
      longestRunWithin(
        [
          { x: -9, y: -9 },
          { x: -1, y: 300 }
        ],
        window
      )
    ).toEqual([]);
  });
});
