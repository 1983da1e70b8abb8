// The simulation as one module: builds a world from a seed, lets it live, and says what became of it.
import { createHash } from 'node:crypto';
import { allFaults } from './happenings';
import { limitRoom } from './machine/browser-store';
import { Random } from './machine/random';
import { poisonJudging } from './poison';
import { anOlderTablet } from './older-tablet';
import { LawBroken } from './scene';
import { planSteps, type Step } from './steps';
import { foundTown, type Town } from './town';
import { World } from './world';

export { countKinds } from './kinds';
export { shrinkWorld } from './shrink';

export interface Plan {
  seed: number;
  tablets: number;
  steps: number;
  /** The numbers of the steps that are kept; all of them where it is missing. */
  keep?: readonly number[];
  /** Faults this world is spared. */
  without?: readonly string[];
}

export interface Outcome {
  plan: Plan;
  broken: { law: string; what: string } | null;
  story: string[];
  /** The same for two runs only where they took the same steps, told the same story and left the same stores. */
  fingerprint: string;
  loopSteps: number;
  /** How often each act, happening and fault really was. */
  counts: Record<string, number>;
}

let town: Town | undefined;

async function prepare(): Promise<Town> {
  if (town) return town;
  delete (globalThis as { BroadcastChannel?: unknown }).BroadcastChannel;
  limitRoom();
  poisonJudging();
  return (town = await foundTown());
}

/** The faults and steps of a seed, as far as the plan keeps them. */
export function planOf({ seed, tablets, steps, keep, without }: Plan) {
  const random = new Random(`world ${seed}`);
  // Not every fault in every world: what is missing lets the others go further.
  const drawn = allFaults.filter((fault) => !random.onceIn(fault === anOlderTablet ? 2 : 4));
  const faults = drawn.filter((fault) => !without?.includes(fault));
  const planned = planSteps(random.fork('steps'), steps, tablets, new Set(drawn));
  const isKept = ({ number, what }: Step) =>
    (!keep || keep.includes(number)) && !('happening' in what && without?.includes(what.happening));
  return { faults, steps: planned.filter(isKept) };
}

export async function runWorld(plan: Plan): Promise<Outcome> {
  const founded = await prepare();
  const { faults, steps } = planOf(plan);
  const world = new World(founded, `world ${plan.seed}`, plan.tablets, new Set(faults));
  let broken: Outcome['broken'] = null;
  const onStray = (fault: unknown) => (world.fault ??= fault as Error);
  process.on('unhandledRejection', onStray);
  try {
    await world.run(steps);
  } catch (fault) {
    broken = describe(fault);
  } finally {
    process.off('unhandledRejection', onStray);
  }
  const { story, loop } = world;
  const state = world.state();
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([story.lines, loop.trace, loop.steps, state, broken]))
    .digest('hex')
    .slice(0, 16);
  await world.close();
  return { plan, broken, story: story.lines, fingerprint, loopSteps: loop.steps, counts: story.counts };
}

function describe(fault: unknown): { law: string; what: string } {
  if (fault instanceof LawBroken) return { law: fault.law, what: fault.message };
  const { name, stack } = fault instanceof Error ? fault : { name: 'fault', stack: String(fault) };
  return { law: `nothing fails unforeseen (${name})`, what: `${String(fault)}\n${stack}` };
}
