import type { BasemapLine, Building, Grid } from '../../domain/grid';
import { borderBox, centreOf } from '../../geo/border-shape';
import type { WorldBox, WorldPoint } from './mercator';
import { lineShape, type Ground, type Projector, type Shape } from './shapes';

export type LabelTone = 'own' | 'grid' | 'road' | 'water' | 'green' | 'courtyard' | 'building';

interface LabelBase {
  key: string;
  /** Lower goes first, and who comes late where it is full stays away. */
  rank: number;
  fromZoom: number;
  /** Pixels of its type, before large type is asked for. */
  size: number;
  tone: LabelTone;
  /** Where it may stand. */
  box: WorldBox;
}
/** Written level, the first line larger. */
export interface AreaLabel extends LabelBase {
  lines: string[];
  /** Asked only when the label is about to be placed: a centre costs more than a box. */
  at: () => WorldPoint;
  /** Left out while the box is smaller on screen than the text. */
  mustFit: boolean;
}
/** Written along a line. */
export interface LineLabel extends LabelBase {
  text: string;
  /** x and y in turn. */
  line: Float64Array;
}
export type Label = AreaLabel | LineLabel;

/** All names the ground could bear, most important first. */
export function labelsOf(
  { basemap, buildings }: Pick<Ground, 'basemap' | 'buildings'>,
  borders: { grid: Grid; shape: Shape }[],
  isOwn: (grid: Grid) => boolean,
  project: Projector
): Label[] {
  const grids = borders.filter(({ grid }) => grid.code.length === 15);
  const labels: Label[] = [
    ...grids.map(({ grid, shape }) => gridLabel(grid, shape.box, isOwn(grid), project)),
    ...basemap.flatMap((line, at) => (line.name ? [basemapLabel(line, line.name, at, project)] : [])),
    ...courtyardLabels(buildings, project),
    ...buildings.flatMap((building) => buildingLabel(building, project) ?? [])
  ];
  return labels.sort((a, b) => a.rank - b.rank);
}

function gridLabel(
  { code, name, border }: Grid,
  box: WorldBox,
  isOwn: boolean,
  project: Projector
): AreaLabel {
  let centre: WorldPoint | undefined;
  return {
    key: code,
    rank: isOwn ? 0 : 1,
    fromZoom: 0,
    size: isOwn ? 17 : 15,
    tone: isOwn ? 'own' : 'grid',
    box,
    lines: splitName(name),
    at: () => (centre ??= project(centreOf(border))),
    mustFit: true
  };
}

/** 第1网格（机械厂片区） becomes two lines. */
export function splitName(name: string): string[] {
  const [, first, second] = /^(.+?)\s*[（(](.+)[）)]$/.exec(name) ?? [];
  return first && second ? [first, second] : [name];
}

const basemapLooks: Record<
  BasemapLine['kind'],
  { rank: number; fromZoom: number; size: number; tone: LabelTone }
> = {
  mainRoad: { rank: 2, fromZoom: 14.5, size: 13.5, tone: 'road' },
  water: { rank: 3, fromZoom: 14.5, size: 13.5, tone: 'water' },
  road: { rank: 5, fromZoom: 15.5, size: 12.5, tone: 'road' },
  green: { rank: 6, fromZoom: 17, size: 12.5, tone: 'green' },
  lane: { rank: 7, fromZoom: 17, size: 12, tone: 'road' },
  path: { rank: 8, fromZoom: 17, size: 12, tone: 'green' }
};

function basemapLabel({ kind, shape }: BasemapLine, name: string, at: number, project: Projector): Label {
  const base = { key: `${kind}-${at}`, ...basemapLooks[kind] };
  if (shape.type === 'LineString') {
    const { rings, box } = lineShape(kind, shape, project);
    return { ...base, box, text: name, line: rings[0]! };
  }
  return {
    ...base,
    box: boxOf(shape, project),
    lines: [name],
    at: () => project(centreOf(shape)),
    mustFit: true
  };
}

/** A courtyard's name stands once, amid its buildings. */
function courtyardLabels(buildings: Building[], project: Projector): AreaLabel[] {
  const members: Record<string, Building[]> = {};
  for (const building of buildings)
    (members[`${building.code.slice(0, 15)} ${building.courtyard}`] ??= []).push(building);
  return Object.entries(members).flatMap(([key, members]) => {
    const points = members.flatMap(({ position }) => (position ? project(position) : []));
    const mean = (pick: (point: WorldPoint) => number) =>
      points.reduce((sum, point) => sum + pick(point), 0) / points.length;
    if (!points.length) return [];
    const centre = { x: mean(({ x }) => x), y: mean(({ y }) => y) };
    return {
      key,
      rank: 4,
      fromZoom: members.length > 1 ? 16.5 : 17.5,
      size: 13,
      tone: 'courtyard',
      box: boxOfPoint(centre),
      lines: [members[0]!.courtyard],
      at: () => centre,
      mustFit: false
    };
  });
}

function buildingLabel(
  { code, name, position, outline }: Building,
  project: Projector
): AreaLabel | undefined {
  if (!name || !position) return undefined;
  const centre = project(position);
  const box = outline ? boxOf(outline, project) : boxOfPoint(centre);
  const look = { rank: 9, fromZoom: 18, size: 12, tone: 'building' as const };
  return { key: code, ...look, box, lines: [name], at: () => centre, mustFit: false };
}

function boxOf(border: Grid['border'], project: Projector): WorldBox {
  const { west, south, east, north } = borderBox(border);
  const upper = project({ longitude: west, latitude: north });
  const lower = project({ longitude: east, latitude: south });
  return { west: upper.x, north: upper.y, east: lower.x, south: lower.y };
}

function boxOfPoint({ x, y }: WorldPoint): WorldBox {
  return { west: x, north: y, east: x, south: y };
}
