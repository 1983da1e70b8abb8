import type { BasemapLine } from '../../src/lib/domain/grid';
import { alongRiver, traceLine } from './lattice.ts';
import { toBorder, toVertex, type PlanePoint } from './plane.ts';

type Kind = BasemapLine['kind'];

/** Corners of the lattice as 'w2 l1 l2', or a point of its own. */
type Stretch = string | PlanePoint;

function follow(...stretches: Stretch[]): PlanePoint[] {
  return stretches.flatMap((stretch) => (typeof stretch === 'string' ? traceLine(stretch) : [stretch]));
}

/** A road, lane or path; an empty name is none. */
export function way(kind: Kind, name: string, ...stretches: Stretch[]): BasemapLine {
  const shape = { type: 'LineString' as const, coordinates: follow(...stretches).map(toVertex) };
  return name ? { kind, name, shape } : { kind, shape };
}

/** A green or a water with a shore. */
export function area(kind: Kind, name: string, corners: readonly PlanePoint[]): BasemapLine {
  const shape = toBorder(corners);
  return name ? { kind, name, shape } : { kind, shape };
}

/** The river, its greenway and its banks, from one of its corners to another. */
export function riverside(from: string, to: string): BasemapLine[] {
  const strip = (near: number, far: number) => [
    ...alongRiver(from, to, near),
    ...alongRiver(from, to, far).toReversed()
  ];
  return [
    area('green', '河岸绿地', strip(15, 52)),
    area('water', '长天河', strip(-15, 15)),
    way('path', '沿河绿道', ...alongRiver(from, to, 32))
  ];
}
