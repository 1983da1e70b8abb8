// Lets worlds live that are decided by their seeds alone, and says of each whether the laws of the sync held:
//   npm run simulate -- --seeds 300 --first 1           so many, on all processors; the last line counts them
//   npm run simulate -- --seeds 300 --devices 5 --steps 80    larger ones
//   npm run simulate -- --seed 17                       one of them, with its story
//   npm run simulate -- --seed 17 --keep 3,8-12 --without lost,doubled    the same with less in it, as a failure is reported
//   npm run simulate -- --seeds 50 --defect NAME        with a deliberate mistake in the product code
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { bundleSimulation, type Bundle } from '../tests/simulation/bundle.ts';
import { defectNamed } from '../tests/simulation/defects.ts';
import { simulate } from '../tests/simulation/many-worlds.ts';
import type { Outcome, Plan } from '../tests/simulation/run';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '300' },
    first: { type: 'string', default: '1' },
    devices: { type: 'string', default: '3' },
    steps: { type: 'string', default: '40' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    seed: { type: 'string' },
    keep: { type: 'string' },
    without: { type: 'string' },
    defect: { type: 'string' }
  }
});

// A poisoned server has much to say.
process.env.XUNGE_LOG ??= 'silent';

const size = { tablets: Number(values.devices), steps: Number(values.steps) };

async function main(): Promise<void> {
  const bundle = await bundleSimulation(values.defect === undefined ? undefined : defectNamed(values.defect));
  try {
    if (values.seed !== undefined) await tellOne(bundle, Number(values.seed));
    else await tellMany(bundle);
  } finally {
    bundle.remove();
  }
}

/** A single world with its story, exactly as asked for. */
async function tellOne(bundle: Bundle, seed: number): Promise<void> {
  const plan: Plan = {
    ...size,
    seed,
    ...(values.keep !== undefined && { keep: parseNumbers(values.keep) }),
    ...(values.without !== undefined && { without: values.without.split(',') })
  };
  const { runWorld } = await bundle.load();
  const outcome = await runWorld(plan);
  console.log(outcome.story.join('\n'));
  console.log(`fingerprint ${outcome.fingerprint}, ${outcome.loopSteps} steps of the event loop`);
  if (outcome.broken) console.log(`broken: ${outcome.broken.what}`);
  report(outcome.broken ? 0 : 1, outcome.broken ? 1 : 0);
}

/** Those that broke a law are made as small as they get, and told. */
async function tellMany(bundle: Bundle): Promise<void> {
  const plans = Array.from({ length: Number(values.seeds) }, (_, index) => ({
    ...size,
    seed: Number(values.first) + index
  }));
  const broken: Outcome[] = [];
  const all: Outcome[] = [];
  await simulate(bundle.file, plans, Number(values.jobs), (outcome) => {
    all.push(outcome);
    if (!outcome.broken) return;
    broken.push(outcome);
    console.log(`seed ${outcome.plan.seed}: ${outcome.broken.what}`);
  });
  for (const { plan } of broken.slice(0, 3)) await tellSmallest(bundle, plan);
  const { countKinds } = await bundle.load();
  for (const [kind, count] of Object.entries(countKinds(all)))
    console.log(`${String(count).padStart(7)} ${kind}`);
  report(plans.length - broken.length, broken.length);
}

async function tellSmallest(bundle: Bundle, plan: Plan): Promise<void> {
  const { shrinkWorld } = await bundle.load();
  const { outcome, tries } = await shrinkWorld(plan);
  const { seed, tablets, steps, keep, without } = outcome.plan;
  console.log(`\nseed ${seed}, made smaller in ${tries} tries:\n${outcome.story.join('\n')}`);
  console.log(outcome.broken?.what);
  const more = values.defect === undefined ? '' : ` --defect ${values.defect}`;
  console.log(
    `again: npm run simulate -- --seed ${seed} --devices ${tablets} --steps ${steps}` +
      `${keep ? ` --keep ${keep.join()}` : ''}${without?.length ? ` --without '${without.join()}'` : ''}${more}`
  );
}

function report(clean: number, broken: number): void {
  console.log(`${clean} ${clean === 1 ? 'world' : 'worlds'} ran clean, ${broken} did not`);
  if (broken > 0) process.exitCode = 1;
}

/** `3,8-12` */
function parseNumbers(text: string): number[] {
  return text
    .split(',')
    .filter(Boolean)
    .flatMap((part) => {
      const [from = NaN, to = from] = part.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, index) => from + index);
    });
}

await main();
