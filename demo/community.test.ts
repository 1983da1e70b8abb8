import { describe, expect, it } from 'vitest';
import { Area, isWithin, parentOf } from '../src/lib/domain/area';
import type { Border, Position } from '../src/lib/domain/geometry';
import { BasemapLine, Building, Grid, buildingLabel } from '../src/lib/domain/grid';
import { isInside } from '../src/lib/geo/point-in-border';
import { demoAreas } from './areas.ts';
import {
  demoBasemap,
  demoBuildings,
  demoCommunityCode,
  demoGrids,
  neighbourBasemap,
  neighbourBuildings,
  neighbourCommunityCode,
  neighbourGrids
} from './community.ts';
import { mergeBorders } from './geography/merge-borders.ts';

const isMicroGrid = ({ code }: Grid) => code.length === 17;
const microGridsIn = (grids: Grid[]) => grids.filter(isMicroGrid);
const gridsIn = (grids: Grid[]) => grids.filter((grid) => !isMicroGrid(grid));

function cornersOf(border: Border | undefined): Position[] {
  if (border?.type !== 'Polygon') throw new Error('the demo draws single polygons');
  return border.coordinates[0]!.map(([longitude = 0, latitude = 0]) => ({ longitude, latitude }));
}

/** In square degrees, taken from the ring's own first corner so that no digits are lost. */
function areaOf(border: Border): number {
  const corners = cornersOf(border);
  const origin = corners[0]!;
  const doubled = corners.slice(1).reduce((sum, to, index) => {
    const from = corners[index]!;
    const [fromEast, fromNorth] = [from.longitude - origin.longitude, from.latitude - origin.latitude];
    const [toEast, toNorth] = [to.longitude - origin.longitude, to.latitude - origin.latitude];
    return sum + fromEast * toNorth - toEast * fromNorth;
  }, 0);
  return doubled / 2;
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

/** mulberry32: the same numbers between 0 and 1 in every run. */
function seededNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function randomPositionsIn(border: Border, count: number): Position[] {
  const corners = cornersOf(border);
  const [longitudes, latitudes] = [corners.map((at) => at.longitude), corners.map((at) => at.latitude)];
  const next = seededNumbers(20261120);
  const pick = (values: number[]) => {
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return least + next() * (most - least);
  };
  const positions: Position[] = [];
  while (positions.length < count) {
    const position = { longitude: pick(longitudes), latitude: pick(latitudes) };
    if (isInside(position, border)) positions.push(position);
  }
  return positions;
}

const communities = [
  {
    name: '长天路',
    code: demoCommunityCode,
    grids: demoGrids,
    buildings: demoBuildings,
    basemap: demoBasemap
  },
  {
    name: '槐树店',
    code: neighbourCommunityCode,
    grids: neighbourGrids,
    buildings: neighbourBuildings,
    basemap: neighbourBasemap
  }
];

describe.each(communities)('the drawn community $name', ({ code, grids, buildings, basemap }) => {
  const microGrids = microGridsIn(grids);
  const whole = mergeBorders(gridsIn(grids).map((grid) => grid.border));

  it('is made of lawful grids, buildings and base map lines', () => {
    for (const grid of grids) expect(Grid.safeParse(grid).error).toBeUndefined();
    for (const building of buildings) expect(Building.safeParse(building).error).toBeUndefined();
    for (const line of basemap) expect(BasemapLine.safeParse(line).error).toBeUndefined();
  });

  it('has each code once, each beginning with the code it lies under', () => {
    const codes = [...grids, ...buildings].map((one) => one.code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const grid of grids) {
      const parent = parentOf(grid.code)!;
      expect(parent === code || grids.some((other) => other.code === parent)).toBe(true);
      expect(isWithin(grid.code, code)).toBe(true);
    }
    for (const building of buildings)
      expect(microGrids.filter((microGrid) => building.code.startsWith(microGrid.code))).toHaveLength(1);
  });

  it('gives every grid exactly the area of its micro-grids', () => {
    for (const grid of gridsIn(grids)) {
      const parts = microGrids.filter((microGrid) => isWithin(microGrid.code, grid.code));
      const whole = areaOf(grid.border);
      expect(whole).toBeGreaterThan(0);
      expect(Math.abs(sum(parts.map((part) => areaOf(part.border))) / whole - 1)).toBeLessThan(1e-9);
    }
  });

  it('is covered by its grids without gap or overlap', () => {
    const parts = sum(gridsIn(grids).map((grid) => areaOf(grid.border)));
    expect(Math.abs(parts / areaOf(whole) - 1)).toBeLessThan(1e-9);
  });

  it('has every one of 2,000 random positions in exactly one micro-grid, and in its grid', () => {
    for (const position of randomPositionsIn(whole, 2000)) {
      const found = grids.filter((grid) => isInside(position, grid.border)).map((grid) => grid.code);
      expect(found.map((each) => each.length).sort()).toEqual([15, 17]);
      expect(found[1]!.startsWith(found[0]!)).toBe(true);
    }
  });

  it('has every building wholly inside its micro-grid, and its position inside the building', () => {
    for (const building of buildings) {
      const { border } = microGrids.find((microGrid) => building.code.startsWith(microGrid.code))!;
      const corners = building.outline ? cornersOf(building.outline) : [];
      const outside = [building.position, ...corners].filter((at) => !isInside(at, border));
      expect(outside, buildingLabel(building)).toEqual([]);
      if (building.outline) expect(isInside(building.position, building.outline)).toBe(true);
    }
  });

  it('leaves the initials to the server and says each building once', () => {
    expect(buildings.filter((building) => building.initials.length > 0)).toEqual([]);
    expect(new Set(buildings.map(buildingLabel)).size).toBe(buildings.length);
  });
});

describe('the demo', () => {
  it('has 8 grids of 3 micro-grids each, and a neighbour of 2 grids of 2', () => {
    const partsOf = (grids: Grid[]) =>
      gridsIn(grids).map(
        (grid) => microGridsIn(grids).filter(({ code }) => isWithin(code, grid.code)).length
      );
    expect(partsOf(demoGrids)).toEqual(Array(8).fill(3));
    expect(partsOf(neighbourGrids)).toEqual([2, 2]);
  });

  it('shares the border between the two communities exactly', () => {
    const town = mergeBorders(demoGrids.filter(isMicroGrid).map((grid) => grid.border));
    const both = mergeBorders(
      [...demoGrids, ...neighbourGrids].filter(isMicroGrid).map((grid) => grid.border)
    );
    const neighbour = mergeBorders(neighbourGrids.filter(isMicroGrid).map((grid) => grid.border));
    expect(Math.abs((areaOf(town) + areaOf(neighbour)) / areaOf(both) - 1)).toBeLessThan(1e-9);
  });

  it('has the buildings its stories need', () => {
    const labels = demoBuildings.map(buildingLabel);
    expect(labels).toEqual(
      expect.arrayContaining(['机械厂老院 1栋', '机械厂老院 7栋', '农贸市场', '沿河绿道'])
    );
    expect(demoBuildings.find(({ courtyard }) => courtyard === '机械厂老院')?.aliases).toContain('老厂院');
    expect(
      demoBuildings.some(({ courtyard, note }) => courtyard === '青松苑' && note?.includes('没有手机信号'))
    ).toBe(true);
  });
});

describe('the areas of the demo', () => {
  const codes = new Set(demoAreas.map((area) => area.code));

  it('are lawful and each there once', () => {
    for (const area of demoAreas) expect(Area.safeParse(area).error).toBeUndefined();
    expect(codes.size).toBe(demoAreas.length);
  });

  it('have every parent among them', () => {
    const orphans = demoAreas.filter(({ code }) => code.length > 2 && !codes.has(parentOf(code)!));
    expect(orphans).toEqual([]);
  });

  it('are the 11 streets and 83 communities of 成华区, under their official names', () => {
    const withDigits = (digits: number) => demoAreas.filter(({ code }) => code.length === digits);
    expect(withDigits(9)).toHaveLength(11);
    expect(withDigits(12)).toHaveLength(83);
    expect(demoAreas).toContainEqual({ code: demoCommunityCode, name: '长天路社区居委会' });
    expect(demoAreas).toContainEqual({ code: neighbourCommunityCode, name: '槐树店社区居委会' });
    expect(demoAreas).toContainEqual({ code: '510108008200', name: '跳蹬村委会' });
  });
});
