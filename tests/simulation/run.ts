// The simulation as one module: builds a world from a seed, lets it live, and says what became of it.
import { createHash } from 'node:crypto';
import { allFaults } from './happenings';
import { limitRoom } from './machine/browser-store';
import { Random } from './machine/random';
import { poisonJudging } from './poison';
import { LawBroken } from './scene';
import { planSteps } from './steps';
import { foundTown, type Town } from './town';
import { World } from './world';

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
}

let town: Town | undefined;

async function prepare(): Promise<Town> {
  if (town) return town;
  delete (globalThis as { BroadcastChannel?: unknown }).BroadcastChannel;
  limitRoom();
  poisonJudging();
  return (town = await foundTown());
}

export async function runWorld(plan: Plan): Promise<Outcome> {
  const founded = await prepare();
  const seed = `world ${plan.seed}`;
  const random = new Random(seed);
  // Not every fault in every world: what is missing lets the others go further.
  const enabled = new Set(
    allFaults.filter(() => !random.onceIn(4)).filter((fault) => !plan.without?.includes(fault))
  );
  const steps = planSteps(random.fork('steps'), plan.steps, plan.tablets, enabled);
  const kept = plan.keep ? steps.filter(({ number }) => plan.keep!.includes(number)) : steps;
  const world = new World(founded, seed, plan.tablets, enabled);
  let broken: Outcome['broken'] = null;
  const onStray = (fault: unknown) => (world.fault ??= fault as Error);
  process.on('unhandledRejection', onStray);
  try {
    await world.run(kept);
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
  return { plan, broken, story: story.lines, fingerprint, loopSteps: loop.steps };
}

function describe(fault: unknown): { law: string; what: string } {
  if (fault instanceof LawBroken) return { law: fault.law, what: fault.message };
  const { name, stack } = fault instanceof Error ? fault : { name: 'fault', stack: String(fault) };
  return { law: `nothing fails unforeseen (${name})`, what: stack ?? name };
}
