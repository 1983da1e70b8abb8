import type { Building } from '../../src/lib/domain/grid';
import { microGridCodeOf } from './grid-plan.ts';
import { traceLine } from './lattice.ts';
import { between, moveAside, rectangle, toBorder, toPosition, type PlanePoint } from './plane.ts';

type Facts = Pick<Building, 'stairwells' | 'floors' | 'hasLift' | 'note'> & { aliases?: string[] };

/** What all buildings of a courtyard have in common. */
export interface Courtyard extends Facts {
  name: string;
}

/** A building as drawn, in metres; a place without size has a position only. */
interface BuildingPlan extends Facts {
  courtyard: string;
  name: string;
  middle: PlanePoint;
  size?: PlanePoint;
  turn?: number;
}

/** All buildings of the demo have a position. */
export type PlacedBuilding = Building & Required<Pick<Building, 'position'>>;

/** The buildings of each micro-grid of one grid, in the order of their codes. */
export type MicroGridBuildings = BuildingPlan[][];

/** Like blocks one behind the other, as such courtyards were built. */
export function blocks(
  courtyard: Courtyard,
  numbers: readonly number[],
  drawn: { first: PlanePoint; step: PlanePoint; size: PlanePoint; turn?: number }
): BuildingPlan[] {
  return numbers.map((number, index) =>
    house(courtyard, `${number}栋`, {
      at: [drawn.first[0] + drawn.step[0] * index, drawn.first[1] + drawn.step[1] * index],
      size: [drawn.size[0] - (index % 2) * 9, drawn.size[1]],
      turn: drawn.turn
    })
  );
}

export function house(
  { name: courtyard, ...common }: Courtyard,
  name: string,
  drawn: { at: PlanePoint; size: PlanePoint; turn?: number },
  own: Facts = {}
): BuildingPlan {
  const { at: middle, size, turn } = drawn;
  return { ...common, ...own, courtyard, name, middle, size, turn };
}

/** A place worth naming that has no walls, such as a greenway. */
export function openPlace(
  courtyard: string,
  name: string,
  middle: PlanePoint,
  own: Facts = {}
): BuildingPlan {
  return { ...own, courtyard, name, middle };
}

/** Adds facts to the one building of that name. */
export function withFacts(plans: readonly BuildingPlan[], name: string, facts: Facts): BuildingPlan[] {
  return plans.map((plan) => (plan.name === name ? { ...plan, ...facts } : plan));
}

/** Old houses along a lane, each turned as the lane runs there, at metres to its left (or right, below zero). */
export function alongLane(
  courtyard: Courtyard,
  lane: string,
  doors: readonly number[],
  { from, to, aside, size }: { from: number; to: number; aside: number; size: PlanePoint }
): BuildingPlan[] {
  const line = traceLine(lane);
  return doors.map((door, index) => {
    const share = from + ((to - from) * index) / (doors.length - 1);
    const { point, turn } = walk(line, share);
    const depth = size[1] + (index % 3) * 1.5;
    const along: PlanePoint[] = [point, [point[0] + Math.cos(turn), point[1] + Math.sin(turn)]];
    return house(courtyard, `${door}号`, {
      at: moveAside(along, aside + Math.sign(aside) * (depth / 2))[0]!,
      size: [size[0] + (index % 2) * 4, depth],
      turn: (turn * 180) / Math.PI
    });
  });
}

/** The point a share (0 to 1) of the way along a line, and the direction there in radians. */
function walk(line: readonly PlanePoint[], share: number): { point: PlanePoint; turn: number } {
  const legs = line.slice(1).map((to, index) => {
    const from = line[index]!;
    const [east, north] = [to[0] - from[0], to[1] - from[1]];
    return { from, to, length: Math.hypot(east, north), turn: Math.atan2(north, east) };
  });
  let left = share * legs.reduce((sum, leg) => sum + leg.length, 0);
  for (const { from, to, length, turn } of legs) {
    if (left <= length) return { point: between(from, to, left / length), turn };
    left -= length;
  }
  throw new Error('the walk is longer than the lane');
}

/** The buildings of all grids, with codes counted from 001 in each micro-grid. */
export function drawBuildings(communityCode: string, plans: readonly MicroGridBuildings[]): PlacedBuilding[] {
  return plans.flatMap((microGrids, gridIndex) =>
    microGrids.flatMap((buildings, microGridIndex) => {
      const microGridCode = microGridCodeOf(communityCode, gridIndex + 1, microGridIndex + 1);
      return buildings.map((plan, index) =>
        drawBuilding(microGridCode + String(index + 1).padStart(3, '0'), plan)
      );
    })
  );
}

function drawBuilding(code: string, { middle, size, turn, ...words }: BuildingPlan): PlacedBuilding {
  const placed = { aliases: [], ...words, code, initials: [], position: toPosition(middle) };
  return size ? { ...placed, outline: toBorder(rectangle(middle, size, turn)) } : placed;
}
