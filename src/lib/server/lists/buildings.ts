import type { CommunityCode, GridCode } from '../../domain/area';
import type { Position } from '../../domain/geometry';
import { buildingLabel, type Building, type Grid } from '../../domain/grid';
import { indexGrids } from '../../geo/grid-index';
import { initialsOfBuilding } from '../initials';
import { cellsOf, type LineTrouble } from './cells';
import { findGrid, gridNumber } from './grids';

type Trouble = LineTrouble<
  'courtyard' | 'stairwells' | 'floors' | 'grid' | 'position' | 'where' | 'twice' | 'full'
>;

/** Three digits of a building's code. */
const maxBuildings = 999;
/** More are a slip of the pen. */
const maxStairwells = 60;
const maxFloors = 200;

/** Courtyard, building, stairwells, floors, aliases, grid, position. */
export function formatBuildings(buildings: readonly Building[]): string {
  return buildings
    .map(({ courtyard, name, stairwells = [], floors, aliases, gridCode, position }) => {
      const areCounted = stairwells.every((stairwell, index) => stairwell === String(index + 1));
      const cells = [
        courtyard,
        name,
        areCounted ? stairwells.length || '' : stairwells.join('、'),
        floors ?? '',
        aliases.join('、'),
        gridCode ? gridNumber(gridCode) : '',
        position ? `${position.longitude},${position.latitude}` : ''
      ];
      return cells.join('\t').trimEnd();
    })
    .join('\n');
}

/**
 * Buildings as lines of courtyard, building, how many stairwells or their names, floors, aliases, grid, and the position
 * in WGS-84. A building is known by courtyard and name, or by the ones it had before, written as an alias; it keeps its code and what
 * is not on the line. Without a position in a grid that is drawn it needs its grid.
 */
export function parseBuildings(
  text: string,
  {
    community,
    grids,
    buildings
  }: { community: CommunityCode; grids: readonly Grid[]; buildings: readonly Building[] }
): { items: Building[]; troubles: Trouble[] } {
  const lines = cellsOf(text).map(({ line, cells }) => ({ line, ...readCells(cells) }));
  const drawn = indexGrids([...grids]);
  const known = new Map(buildings.map((building) => [keyOf(building), building]));
  const written = new Set(lines.map(keyOf));
  const unwritten = buildings.filter((building) => !written.has(keyOf(building)));
  const found = new Map<string, Building>();
  const codes = new Set(buildings.map(({ code }) => code));
  const troubles: Trouble[] = [];
  for (const { line, where, wrong, ...said } of lines) {
    const key = keyOf(said);
    const former = new Set(said.aliases.flatMap((alias) => [alias, alias + said.name].map(plain)));
    const before = known.get(key) ?? unwritten.find((one) => former.has(plain(one.courtyard + one.name)));
    const grid = findGrid(where, { community, grids })?.code;
    const within = said.position && drawn.find(said.position)?.code;
    const place = grid ?? within;
    const code = before?.code ?? (place && nextCode(place, codes));
    const isTaken = found.has(key) || [...found.values()].some((one) => one.code === before?.code);
    const trouble = (what: Trouble['what'], value: string) => troubles.push({ line, what, value });
    if (!said.courtyard) trouble('courtyard', said.name);
    else if (isTaken) trouble('twice', buildingLabel(said));
    else if (wrong) trouble(...wrong);
    else if (where && !grid) trouble('grid', where);
    else if (!place) trouble('where', buildingLabel(said));
    else if (!code) trouble('full', gridNumber(place));
    else {
      codes.add(code);
      const { outline, hasLift, note } = before ?? {};
      const building = { ...said, code, gridCode: grid, outline, hasLift, note, initials: [] };
      found.set(key, { ...building, initials: initialsOfBuilding(building) });
    }
  }
  return { items: [...found.values()], troubles };
}

type Said = Pick<Building, 'courtyard' | 'name' | 'stairwells' | 'floors' | 'aliases' | 'position'>;

function readCells([courtyard = '', name = '', ...more]: string[]): Said & {
  where: string;
  wrong?: ['stairwells' | 'floors' | 'position', string];
} {
  const [stairwellCell = '', floorCell = '', aliasCell = '', where = '', ...positionCells] = more;
  const positionCell = positionCells.join(' ').trim();
  const stairwells = readStairwells(stairwellCell);
  const floors = readCount(floorCell, maxFloors);
  const position = readPosition(positionCell);
  const said = { courtyard, name, stairwells, floors, position, aliases: partsOf(aliasCell), where };
  if (stairwellCell && !stairwells) return { ...said, wrong: ['stairwells', stairwellCell] };
  if (floorCell && !floors) return { ...said, wrong: ['floors', floorCell] };
  if (positionCell && !position) return { ...said, wrong: ['position', positionCell] };
  return said;
}

/** `3`, or names: `东、西`. */
function readStairwells(cell: string): string[] | undefined {
  const count = readCount(cell, maxStairwells);
  if (count) return Array.from({ length: count }, (_, index) => String(index + 1));
  const names = partsOf(cell).map((name) => name.replace(/单元$/, ''));
  const areNames = names.length > 1 && new Set(names).size === names.length;
  return areNames && names.length <= maxStairwells ? names : undefined;
}

function readCount(cell: string, most: number): number | undefined {
  const count = Number(/^(\d{1,3})(?:个?单元|层|楼)?$/.exec(cell)?.[1]);
  return count >= 1 && count <= most ? count : undefined;
}

/** Longitude first; what lies outside of China (73° to 136° E, 3° to 54° N) was written the other way round or is no position. */
function readPosition(cell: string): Position | undefined {
  const [, east, north] = /^(\d{2,3}(?:\.\d+)?)[°\s,，]+(\d{1,2}(?:\.\d+)?)°?(?: |$)/.exec(cell) ?? [];
  const [longitude, latitude] = [Number(east), Number(north)];
  const isInChina = longitude > 73 && longitude < 136 && latitude > 3 && latitude < 54;
  return isInChina ? { longitude, latitude } : undefined;
}

const partsOf = (cell: string) => cell.split(/[、,，;；/]/).flatMap((part) => part.trim() || []);
const plain = (name: string) => name.normalize('NFKC').replace(/\s+/g, '');
const keyOf = ({ courtyard, name }: Pick<Building, 'courtyard' | 'name'>) =>
  [courtyard, name].map(plain).join(' ');

/** A building's code begins with the micro-grid it was first written down in; `00` where the grid has none. */
function nextCode(grid: GridCode, taken: ReadonlySet<string>): string | undefined {
  const start = grid.padEnd(17, '0');
  const numbers = [...taken].filter((code) => code.startsWith(start)).map((code) => Number(code.slice(17)));
  const next = Math.max(0, ...numbers) + 1;
  return next > maxBuildings ? undefined : start + String(next).padStart(3, '0');
}
