// That the simulation bites: each deliberate mistake in product code is caught within a few seeds, and those seeds run
// clean without it.
import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { bundleSimulation } from './bundle';
import { defects } from './defects';
import type { Edit } from './edit';
import { simulate } from './many-worlds';
import type { Outcome } from './run';

const mostSeeds = 240;

/** Those that broke a law; where one is enough, no further. */
async function brokenOf(
  defect: Edit | undefined,
  seeds: readonly number[],
  enough: number
): Promise<Outcome[]> {
  const bundle = await bundleSimulation(defect);
  try {
    const broken: Outcome[] = [];
    const plans = seeds.map((seed) => ({ seed, tablets: 3, steps: 40 }));
    const note = (outcome: Outcome) => void (outcome.broken && broken.push(outcome));
    await simulate(bundle.file, plans, availableParallelism(), note, () => broken.length >= enough);
    return broken;
  } finally {
    bundle.remove();
  }
}

const caughtBy = new Set<number>();

test.each(defects)('$name is caught', { timeout: 3_600_000 }, async (defect) => {
  const seeds = Array.from({ length: mostSeeds }, (_, index) => index + 1);
  const [caught] = await brokenOf(defect, seeds, 1);
  expect(caught, `not in ${mostSeeds} seeds`).toBeDefined();
  // A mistake in the mistake proves nothing.
  expect(caught!.broken!.law).not.toContain('ReferenceError');
  caughtBy.add(caught!.plan.seed);
});

test('without them those worlds run clean', { timeout: 3_600_000 }, async () => {
  expect(caughtBy.size).toBeGreaterThan(0);
  expect(await brokenOf(undefined, [...caughtBy], Infinity)).toEqual([]);
});
