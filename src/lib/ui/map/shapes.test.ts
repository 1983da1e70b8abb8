import { describe, expect, it } from 'vitest';
import { demoBasemap, demoBuildings, demoGrids } from '../../../../demo/community.ts';
import { pictureOf } from './ground-picture';
import { worldToPosition, positionToWorld } from './mercator';
import { areaShape, shapesOf } from './shapes';
import { drawStill } from './still-picture';

const ground = { grids: demoGrids, basemap: demoBasemap, buildings: demoBuildings };
const project = (position: { longitude: number; latitude: number }) => positionToWorld(position);

/** Twice the signed area. */
function areaOf(ring: Float64Array): number {
  let sum = 0;
  for (let at = 0; at + 3 < ring.length; at += 2)
    sum +=
      (ring[at]! - ring[0]!) * (ring[at + 3]! - ring[1]!) -
      (ring[at + 2]! - ring[0]!) * (ring[at + 1]! - ring[1]!);
  return sum;
}

describe('shapes', () => {
  it('run one way outside and the other round holes, however the file has them', () => {
    const outer = [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
      [0, 0]
    ];
    const hole = [
      [1, 1],
      [2, 1],
      [2, 2],
      [1, 2],
      [1, 1]
    ];
    for (const coordinates of [
      [outer, hole],
      [outer.toReversed(), hole],
      [outer, hole.toReversed()]
    ]) {
      const [outside, inside] = areaShape('green', { type: 'Polygon', coordinates }, project).rings;
      expect(areaOf(outside!)).toBeGreaterThan(0);
      expect(areaOf(inside!)).toBeLessThan(0);
    }
  });

  it('are all there, each inside its box', () => {
    const shapes = shapesOf(ground, project);
    const outlines = demoBuildings.filter(({ outline }) => outline).length;
    expect(shapes).toHaveLength(demoBasemap.length + outlines + demoGrids.length);
    expect(shapes.every(({ box }) => box.west <= box.east && box.north <= box.south)).toBe(true);
  });
});

describe('a picture of the ground', () => {
  const [first] = demoGrids;

  it('knows what is one’s own, and opens on it', () => {
    const picture = pictureOf(ground, [first!.code], project);
    expect(picture.own).toHaveLength(1);
    expect(picture.whole).toEqual(picture.own[0]!.box);
    expect(picture.labels.filter(({ tone }) => tone === 'own')).toHaveLength(1);
  });

  it('opens on everything for who has no grid, and on nothing where there is nothing', () => {
    const picture = pictureOf(ground, [], project);
    expect(picture.own).toEqual([]);
    const centre = { x: (picture.whole!.west + picture.whole!.east) / 2, y: picture.whole!.north };
    expect(worldToPosition(centre).longitude).toBeCloseTo(104.128, 2);
    expect(pictureOf({ grids: [], basemap: [], buildings: [] }, [], project).whole).toBeUndefined();
  });

  it('takes a micro-grid as one’s own where that is what one was given', () => {
    const microGrid = demoGrids.find(({ code }) => code.length === 17)!;
    expect(pictureOf(ground, [microGrid.code], project).own).toHaveLength(1);
  });
});

describe('a still picture', () => {
  it('is a few paths of the shapes near by', () => {
    const view = {
      centre: positionToWorld({ longitude: 104.1258, latitude: 30.654 }),
      zoom: 17,
      width: 148,
      height: 148
    };
    const paths = drawStill(shapesOf(ground, project), view);
    expect(paths.length).toBeGreaterThan(4);
    expect(paths.every(({ path }) => path.startsWith('M') && !path.includes('NaN'))).toBe(true);
    expect(paths.map(({ path }) => path).join('').length).toBeLessThan(20_000);
  });
});
