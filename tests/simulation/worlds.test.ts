// The simulation as `npm run simulate` runs it, and that a seed decides all of a world.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { availableParallelism } from 'node:os';
import { bundleSimulation, type Bundle } from './bundle';
import { simulate } from './many-worlds';
import { namedSeeds } from './named-seeds';
import type { Outcome, Plan } from './run';

const plan = (seed: number): Plan => ({ seed, tablets: 3, steps: 40 });

let bundle: Bundle;
beforeAll(async () => (bundle = await bundleSimulation()));
afterAll(() => bundle.remove());

async function outcomesOf(plans: readonly Plan[], jobs = availableParallelism()): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  await simulate(bundle.file, plans, jobs, (outcome) => outcomes.push(outcome));
  return outcomes.sort((a, b) => a.plan.seed - b.plan.seed);
}

const told = (outcomes: readonly Outcome[]) =>
  outcomes.flatMap(({ plan, broken }) => (broken ? [`seed ${plan.seed}: ${broken.what}`] : []));

test('300 worlds run clean', { timeout: 3_600_000 }, async () => {
  const outcomes = await outcomesOf(Array.from({ length: 300 }, (_, index) => plan(index + 1)));
  expect(outcomes).toHaveLength(300);
  expect(told(outcomes)).toEqual([]);
  const { countKinds } = await bundle.load();
  const never = Object.entries(countKinds(outcomes)).filter(([, count]) => count === 0);
  expect(never.map(([kind]) => kind)).toEqual([]);
});

test('a seed takes the same steps, tells the same story and leaves the same stores, wherever it runs', async () => {
  const seeds = [3, 7, 17, 40].map(plan);
  const alone = await outcomesOf(seeds, 4);
  const inALine = await outcomesOf([...seeds].reverse(), 1);
  const fingerprints = (outcomes: readonly Outcome[]) => outcomes.map(({ fingerprint }) => fingerprint);
  expect(fingerprints(inALine)).toEqual(fingerprints(alone));
  expect(new Set(fingerprints(alone)).size).toBe(seeds.length);
}, 600_000);

test.each(namedSeeds)(
  'seed $plan.seed, in which once $what, runs clean',
  async ({ plan }) => {
    expect(told(await outcomesOf([plan]))).toEqual([]);
  },
  600_000
);
