import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Position } from '../domain/geometry';
import { gridOf } from '../domain/area';
import type { Grid } from '../domain/grid';
import { indexGrids, type GridIndex } from './grid-index';

const community = '510108011007';
const size = 0.002;
const west = 104.1;
const south = 30.66;
const at = (longitude: number, latitude: number): Position => ({ longitude, latitude });

function block(code: string, column: number, row: number, width: number): Grid {
  const [left, bottom] = [west + column * size, south + row * size];
  const [right, top] = [west + (column + width) * size, south + (row + 1) * size];
  // prettier-ignore
  const coordinates = [[[left, bottom], [right, bottom], [right, top], [left, top], [left, bottom]]];
  return { code, name: code, border: { type: 'Polygon', coordinates } };
}

/** Three grids one above the other, four blocks wide; the lower two divided into four micro-grids each, the top one not. */
const grids: Grid[] = [0, 1, 2].flatMap((row) => {
  const code = `${community}00${row + 1}`;
  const micro = row === 2 ? [] : [0, 1, 2, 3].map((column) => block(`${code}0${column + 1}`, column, row, 1));
  return [block(code, 0, row, 4), ...micro];
});
const spot = (column: number, row: number) => at(west + column * size, south + row * size);
const codeAt = (index: GridIndex, position: Position) => index.find(position)?.code;

describe('the grid index', () => {
  const index = indexGrids(grids);

  it('finds the grid, the micro-grid, and the finer of the two', () => {
    expect(index.findGrid(spot(1.5, 0.5))?.code).toBe(`${community}001`);
    expect(index.findMicroGrid(spot(1.5, 0.5))?.code).toBe(`${community}00102`);
    expect(codeAt(index, spot(1.5, 0.5))).toBe(`${community}00102`);
  });

  it('finds the grid where it is not divided', () => {
    expect(index.findMicroGrid(spot(1.5, 2.5))).toBeNull();
    expect(codeAt(index, spot(1.5, 2.5))).toBe(`${community}003`);
  });

  it('gives a shared border and a shared corner to the lowest code', () => {
    expect(index.findGrid(spot(1.5, 1))?.code).toBe(`${community}001`);
    expect(codeAt(index, spot(1, 0.5))).toBe(`${community}00101`);
    expect(codeAt(index, spot(3, 1))).toBe(`${community}00103`);
  });

  it('takes the outer border as inside, all around', () => {
    for (const [column, row] of [
      [0, 0],
      [4, 3],
      [4, 0],
      [0, 3],
      [2.2, 3],
      [4, 1.3],
      [0, 0.7],
      [1.1, 0]
    ] as const) {
      expect(index.findGrid(spot(column, row)), `${column}, ${row}`).not.toBeNull();
    }
  });

  it('finds nothing a metre outside', () => {
    expect(index.find(at(west + size, south - 0.00001))).toBeNull();
  });

  it('finds the nearest within the metres allowed and none beyond', () => {
    const fiftyMetresSouth = at(west + 2.5 * size, south - 0.00045);
    expect(index.nearest(fiftyMetresSouth, 60)?.code).toBe(`${community}00103`);
    expect(index.nearest(fiftyMetresSouth, 40)).toBeNull();
    expect(index.nearest(spot(1.5, 0.5), 500)?.code).toBe(`${community}00102`);
  });

  it('measures the nearest on the slant, not by the sides of a box', () => {
    const slant = at(west - 0.00042, south - 0.00036);
    expect(index.nearest(slant, 50)).toBeNull();
    expect(index.nearest(slant, 60)).not.toBeNull();
  });

  it('takes a point on the line without metres to spare', () => {
    const fiveCentimetresSouth = at(west + 0.5 * size, south - 0.00000045);
    expect(index.find(fiveCentimetresSouth)?.code).toBe(`${community}00101`);
    expect(index.nearest(fiveCentimetresSouth, 0)?.code).toBe(`${community}00101`);
  });

  it('is empty without complaint before the first pull', () => {
    const empty = indexGrids([]);
    expect(empty.find(spot(1, 1))).toBeNull();
    expect(empty.nearest(spot(1, 1), 1000)).toBeNull();
    expect(empty.gridsWithin({ west: -180, south: -90, east: 180, north: 90 })).toEqual([]);
  });

  it('lists by code what a window touches', () => {
    const window = {
      west: west + 0.2 * size,
      south: south + 0.2 * size,
      east: west + 1.5 * size,
      north: south + 0.8 * size
    };
    expect(
      indexGrids(grids.toReversed())
        .gridsWithin(window)
        .map((grid) => grid.code)
    ).toEqual([`${community}001`, `${community}00101`, `${community}00102`]);
  });

  /** Multiples of an eighth of a block: corners, edges and insides all come up. */
  const anywhere = fc.record({
    column: fc.integer({ min: 0, max: 32 }).map((eighth) => eighth / 8),
    row: fc.integer({ min: 0, max: 24 }).map((eighth) => eighth / 8)
  });

  it('finds the same everywhere, in whatever order the grids came', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(grids, { minLength: grids.length }),
        anywhere,
        (shuffled, { column, row }) => {
          const position = spot(column, row);
          expect(codeAt(indexGrids(shuffled), position)).toBe(codeAt(index, position));
          expect(codeAt(index, position)).toBeDefined();
        }
      )
    );
  });

  it('never finds a micro-grid of another grid than the grid it finds', () => {
    fc.assert(
      fc.property(anywhere, ({ column, row }) => {
        const micro = index.findMicroGrid(spot(column, row));
        fc.pre(micro !== null);
        expect(gridOf(micro.code)).toBe(index.findGrid(spot(column, row))?.code);
      })
    );
  });

  it('closes the gap of a centimetre that rounding leaves between two grids', () => {
    const left = block(`${community}001`, 0, 0, 1);
    const right = block(`${community}002`, 1.0001, 0, 1);
    expect(codeAt(indexGrids([right, left]), spot(1.00005, 0.5))).toBe(`${community}001`);
  });
});
