import { describe, expect, it } from 'vitest';
import { clusterMarkers, fanOut } from './cluster';
import type { MapMarker, MarkerTone } from './marker';
import { positionToWorld } from './mercator';

const marker = (id: string, longitude: number, tone: MarkerTone = 'open'): MapMarker => ({
  id,
  position: { longitude, latitude: 30.652 },
  tone,
  label: id
});
const project = ({ position }: MapMarker) => positionToWorld(position);
const keysAt = (markers: MapMarker[], zoom: number, alone?: string) =>
  clusterMarkers(markers, project, zoom, alone).map((cluster) =>
    cluster.markers.map(({ id }) => id).join('')
  );

describe('markers', () => {
  const spread = [marker('a', 104.128), marker('b', 104.1281), marker('c', 104.14)];

  it('stand alone when near enough, together when far out', () => {
    expect(keysAt(spread, 20)).toEqual(['a', 'b', 'c']);
    expect(keysAt(spread, 17)).toEqual(['ab', 'c']);
    expect(keysAt(spread, 8)).toEqual(['abc']);
  });

  it('in one place stay together at every zoom, under the most pressing tone', () => {
    const same = [marker('a', 104.128, 'done'), marker('b', 104.128, 'due'), marker('c', 104.128, 'local')];
    const [cluster, ...others] = clusterMarkers(same, project, 20);
    expect(others).toEqual([]);
    expect(cluster).toMatchObject({ key: 'a', tone: 'due' });
  });

  it('never swallow the selected one', () => {
    const same = [marker('a', 104.128), marker('b', 104.128), marker('c', 104.128)];
    expect(keysAt(same, 17, 'b').sort()).toEqual(['ac', 'b']);
    expect(keysAt(same, 17, 'a').sort()).toEqual(['a', 'bc']);
  });

  it('are ten thousand and still quick', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => marker(String(at), 104 + (at % 100) / 1000));
    const clusters = clusterMarkers(many, project, 14);
    expect(clusters.reduce((sum, { markers }) => sum + markers.length, 0)).toBe(10_000);
  });

  it.each([2, 5, 8, 9, 40])('%i of them fan out with room for a finger each', (count) => {
    const spots = [{ x: 0, y: 0 }, ...fanOut(count)];
    const gaps = spots.flatMap((a, at) => spots.slice(at + 1).map((b) => Math.hypot(a.x - b.x, a.y - b.y)));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(44);
  });
});
