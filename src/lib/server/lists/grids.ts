import { gridOf, type CommunityCode, type GridCode } from '../../domain/area';
import { undrawn, type Grid } from '../../domain/grid';
import { cellsOf, type LineTrouble } from './cells';

/** `1 机械厂片区`, and its micro-grids as `1-01 一号院`. */
export function formatGrids(grids: readonly Grid[]): string {
  return grids.map(({ code, name }) => `${gridNumber(code)}\t${name}`).join('\n');
}

/** `1` for a grid, `1-01` for a micro-grid. */
export function gridNumber(code: GridCode): string {
  const grid = String(Number(code.slice(12, 15)));
  return code.length === 17 ? `${grid}-${code.slice(15)}` : grid;
}

/**
 * The grids of a community as lines of number and name, in the order of their codes. A grid that was there keeps its
 * border. A micro-grid must lie in a grid of the list.
 */
export function parseGrids(
  text: string,
  { community, grids }: { community: CommunityCode; grids: readonly Grid[] }
): { items: Grid[]; troubles: LineTrouble<'number' | 'name' | 'twice' | 'parent'>[] } {
  const known = new Map(grids.map((grid) => [grid.code, grid]));
  const found = new Map<string, Grid & { line: number }>();
  const troubles: LineTrouble<'number' | 'name' | 'twice' | 'parent'>[] = [];
  for (const { line, cells } of cellsOf(text)) {
    const [number = '', name = ''] = cells;
    const code = codeOf(number, community);
    if (!code) troubles.push({ line, what: 'number', value: number });
    else if (!name) troubles.push({ line, what: 'name', value: number });
    else if (found.has(code)) troubles.push({ line, what: 'twice', value: number });
    else found.set(code, { line, code, name, border: known.get(code)?.border ?? undrawn });
  }
  for (const { line, code, name } of found.values())
    if (!found.has(gridOf(code))) troubles.push({ line, what: 'parent', value: name });
  const items = [...found.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  return { items: items.map(({ line: _, ...grid }) => grid), troubles };
}

function codeOf(number: string, community: CommunityCode): string | undefined {
  if (/^\d{15}(\d{2})?$/.test(number)) return number.startsWith(community) ? number : undefined;
  const [, grid, micro] = /^(\d{1,3})(?:-(\d{1,2}))?$/.exec(number) ?? [];
  if (!grid || Number(grid) === 0) return undefined;
  return community + grid.padStart(3, '0') + (micro ? micro.padStart(2, '0') : '');
}

/** The grid that is meant by a code, a number (`2`, `1-01`, `第2网格`) or a name. */
export function findGrid<One extends Pick<Grid, 'code' | 'name'>>(
  meant: string,
  { community, grids }: { community: CommunityCode; grids: readonly One[] }
): One | undefined {
  const code = codeOf(meant.replace(/^第?(\d{1,3})号?(?:网格)?$/, '$1'), community);
  return grids.find((grid) => grid.code === code || grid.name === meant);
}
