import type { WorldPoint } from './mercator';
import type { MapMarker, MarkerTone } from './marker';

/** Markers too close to be told apart at a zoom; one alone is a cluster of one. */
export interface Cluster {
  /** The id of its first marker: stays while the cluster stays. */
  key: string;
  markers: MapMarker[];
  /** The middle of its markers. */
  at: WorldPoint;
  /** The most pressing of its tones. */
  tone: MarkerTone;
}

/** The hit areas of two markers (48 px) may touch and hardly overlap. */
export const clusterPixels = 42;
const urgency: MarkerTone[] = ['due', 'local', 'open', 'done'];

/** The same clusters wherever the window stands, so that panning changes nothing. */
export function clusterMarkers(
  markers: MapMarker[],
  project: (marker: MapMarker) => WorldPoint,
  zoom: number,
  aloneId?: string
): Cluster[] {
  const reach = clusterPixels / 2 ** zoom;
  const cells = new Map<string, Gathering[]>();
  const gatherings: Gathering[] = [];
  for (const marker of markers) {
    const at = project(marker);
    const [column, row] = [Math.floor(at.x / reach), Math.floor(at.y / reach)];
    const near = marker.id === aloneId ? undefined : gatheringNear(cells, column, row, at, reach);
    if (near) {
      near.markers.push(marker);
      near.sum.x += at.x;
      near.sum.y += at.y;
      continue;
    }
    const started = { markers: [marker], start: at, sum: { ...at } };
    gatherings.push(started);
    if (marker.id === aloneId) continue;
    const cell = `${column} ${row}`;
    cells.set(cell, [...(cells.get(cell) ?? []), started]);
  }
  return gatherings.map(toCluster);
}

interface Gathering {
  markers: MapMarker[];
  start: WorldPoint;
  sum: WorldPoint;
}

function gatheringNear(
  cells: Map<string, Gathering[]>,
  column: number,
  row: number,
  { x, y }: WorldPoint,
  reach: number
): Gathering | undefined {
  for (const aside of [0, -1, 1]) {
    for (const below of [0, -1, 1]) {
      const near = cells.get(`${column + aside} ${row + below}`);
      const found = near?.find(({ start }) => Math.hypot(start.x - x, start.y - y) <= reach);
      if (found) return found;
    }
  }
  return undefined;
}

function toCluster({ markers, sum }: Gathering): Cluster {
  const at = { x: sum.x / markers.length, y: sum.y / markers.length };
  const tone = urgency.find((each) => markers.some((marker) => marker.tone === each)) ?? 'open';
  return { key: markers[0]!.id, markers, at, tone };
}

const ringMost = 8;
const goldenAngle = Math.PI * (3 - Math.sqrt(5));

/** Where `count` markers stand when fanned out round their common place: pixels from it. A ring, for many a sunflower. */
export function fanOut(count: number): { x: number; y: number }[] {
  const isRing = count <= ringMost;
  return Array.from({ length: count }, (_, at) => {
    const angle = (isRing ? (at / count) * 2 * Math.PI : at * goldenAngle) - Math.PI / 2;
    const radius = isRing ? 66 : 29 * Math.sqrt(at + 6);
    return { x: radius * Math.cos(angle), y: radius * Math.sin(angle) };
  });
}
