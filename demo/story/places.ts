import { communityOf } from '../../src/lib/domain/area';
import type { Position } from '../../src/lib/domain/geometry';
import { buildingLabel, type Grid } from '../../src/lib/domain/grid';
import type { Place } from '../../src/lib/domain/place';
import { isInside } from '../../src/lib/geo/point-in-border';
import { demoBuildings, demoGrids, neighbourBuildings, neighbourGrids } from '../community.ts';
import type { PlacedBuilding } from '../geography/building-plan.ts';
import { chanceOf } from './chance';

/** A place of a story: a building by its label as on the map, and how the tablet came to know it. */
export interface Spot {
  at: string;
  /** `gps` unless said: a fix some metres off, as tablets have it. `none`: there was no fix and nobody chose a place. */
  known?: Place['source'];
  /** Free words, such as 北门旁. Never a door or a person. */
  words?: string;
}

const buildingsByLabel = new Map(
  [...demoBuildings, ...neighbourBuildings].map((building) => [buildingLabel(building), building])
);
const gridsByCode = new Map([...demoGrids, ...neighbourGrids].map((grid) => [grid.code, grid]));

export function buildingAt(label: string): PlacedBuilding {
  const building = buildingsByLabel.get(label);
  if (!building) throw new Error(`the demo has no place ${label}`);
  return building;
}

export function microGridOf(label: string): Grid {
  return gridsByCode.get(buildingAt(label).code.slice(0, 17))!;
}

export function communityAt(label: string): string {
  return communityOf(buildingAt(label).code);
}

/** As a tablet would have written it; the same for the same `key` in every run. */
export function placeOf({ at, known = 'gps', words }: Spot, key: string): Place {
  const { code: buildingCode, position } = buildingAt(at);
  const microGrid = microGridOf(at);
  if (known === 'none') return { source: 'none', ...(words && { words }) };
  const place = { source: known, buildingCode, gridCode: microGrid.code, ...(words && { words }) };
  if (known !== 'gps') return { ...place, position };
  const chance = chanceOf(key);
  return {
    ...place,
    position: nearby(position, microGrid, chance),
    accuracyMetres: Math.round(5 + chance() * 18),
    fixAgeSeconds: Math.round(chance() * 12)
  };
}

/** Up to some ten metres away, but never in another micro-grid. */
function nearby(middle: Position, microGrid: Grid, chance: () => number): Position {
  const off = () => Math.round((chance() - 0.5) * 0.0002 * 1e7) / 1e7;
  const position = { longitude: middle.longitude + off(), latitude: middle.latitude + off() };
  return isInside(position, microGrid.border) ? position : middle;
}
