// That the simulation bites: each deliberate mistake in product code is caught within a few seeds, and those seeds run
// clean without it.
import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { bundleSimulation } from './bundle';
import { defects } from './defects';
import { simulate } from './many-worlds';
import type { Outcome } from './run';

const mostSeeds = 40;

async function firstBroken(defect: (typeof defects)[number] | undefined, seeds: readonly number[]) {
  const bundle = await bundleSimulation(defect);
  try {
    const broken: Outcome[] = [];
    const plans = seeds.map((seed) => ({ seed, tablets: 3, steps: 40 }));
    const note = (outcome: Outcome) => void (outcome.broken && broken.push(outcome));
    await simulate(bundle.file, plans, availableParallelism(), note, () => broken.length > 0);
    return broken[0];
  } finally {
    bundle.remove();
  }
}

test.each(defects)('$name is caught', { timeout: 3_600_000 }, async (defect) => {
  const seeds = Array.from({ length: mostSeeds }, (_, index) => index + 1);
  const caught = await firstBroken(defect, seeds);
  expect(caught, `not in ${mostSeeds} seeds`).toBeDefined();
  expect(await firstBroken(undefined, [caught!.plan.seed])).toBeUndefined();
});
