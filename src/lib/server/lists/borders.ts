import type { CommunityCode, GridCode } from '../../domain/area';
import type { Grid } from '../../domain/grid';
import { parseBorderFile, type BorderFeature, type BorderFile } from '../../geo/border-file';
import { centreOf } from '../../geo/border-shape';
import { borderToWgs84, type CoordinateSystem } from '../../geo/coordinate-system';

/** 999 numbers are all that three digits have. */
const maxGrids = 999;

export type BorderTrouble = Extract<BorderFile, { ok: false }>['code'] | 'too-many' | 'twice';

export interface PlacedBorder {
  /** As the file calls it; empty where it has no name. */
  name: string;
  code: GridCode;
  isNew: boolean;
}

/**
 * Grids of a community with the borders of a GeoJSON file. A border belongs to the grid of its code, its number or its
 * name; what belongs to none becomes a new grid, numbered on from the others from west to east, then from north to south
 * (the order of DB11 for 单元网格). Grids the file does not name keep the border they have.
 */
export function readBorders(
  text: string,
  {
    community,
    grids,
    system
  }: { community: CommunityCode; grids: readonly Grid[]; system?: CoordinateSystem }
):
  | { grids: Grid[]; placed: PlacedBorder[]; likelySystem: 'wgs84' | 'gcj02' }
  | { trouble: BorderTrouble; name?: string } {
  const file = parseBorderFile(text);
  if (!file.ok) return { trouble: file.code };
  const borderOf = ({ border }: BorderFeature) => borderToWgs84(border, system ?? file.likelySystem);
  const byCode = new Map(grids.map((grid) => [grid.code, grid]));
  const placed: PlacedBorder[] = [];
  const left: BorderFeature[] = [];
  for (const feature of file.features) {
    const grid = gridNamed(feature, community, grids);
    if (!grid) left.push(feature);
    else if (placed.some(({ code }) => code === grid.code)) return { trouble: 'twice', name: grid.name };
    else {
      byCode.set(grid.code, { ...grid, border: borderOf(feature) });
      placed.push({ name: feature.name, code: grid.code, isNew: false });
    }
  }
  const whole = grids.filter(({ code }) => code.length === 15);
  let last = Math.max(0, ...whole.map(({ code }) => Number(code.slice(12))));
  if (last + left.length > maxGrids) return { trouble: 'too-many' };
  for (const { feature, border } of fromWestToEast(
    left.map((feature) => ({ feature, border: borderOf(feature) }))
  )) {
    const code = community + String(++last).padStart(3, '0');
    byCode.set(code, { code, name: feature.name || String(last), border });
    placed.push({ name: feature.name, code, isNew: true });
  }
  const all = [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  return { grids: all, placed, likelySystem: file.likelySystem };
}

function gridNamed(
  { code, name }: BorderFeature,
  community: CommunityCode,
  grids: readonly Grid[]
): Grid | undefined {
  const numbers = [code, name].filter((text) => text !== undefined && /^\d{1,3}$/.test(text));
  const codes = numbers.map((number) => community + number!.padStart(3, '0'));
  return grids.find(
    (grid) => grid.code === code || codes.includes(grid.code) || (name !== '' && grid.name === name)
  );
}

function fromWestToEast<One extends { border: Grid['border'] }>(all: readonly One[]): One[] {
  return all
    .map((one) => ({ one, centre: centreOf(one.border) }))
    .sort((a, b) => a.centre.longitude - b.centre.longitude || b.centre.latitude - a.centre.latitude)
    .map(({ one }) => one);
}
