import { planOf, runWorld, type Outcome, type Plan } from './run';

const mostTries = 300;

/**
 * The same seed with as little in it as still breaks the same law: fewer faults first, then fewer steps, in ever smaller
 * pieces.
 */
export async function shrinkWorld(plan: Plan): Promise<{ outcome: Outcome; tries: number }> {
  let best = await runWorld(plan);
  const law = best.broken?.law;
  if (!law) throw new Error(`seed ${plan.seed} runs clean`);
  let tries = 1;
  const stillBreaks = async (smaller: Plan): Promise<boolean> => {
    if (tries++ >= mostTries) return false;
    const outcome = await runWorld(smaller);
    if (outcome.broken?.law !== law) return false;
    best = outcome;
    return true;
  };
  for (const fault of planOf(plan).faults)
    await stillBreaks({ ...best.plan, without: [...(best.plan.without ?? []), fault] });
  let kept = best.plan.keep ?? planOf(best.plan).steps.map(({ number }) => number);
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let start = 0; start < kept.length;) {
      const fewer = [...kept.slice(0, start), ...kept.slice(start + size)];
      if (await stillBreaks({ ...best.plan, keep: fewer })) kept = fewer;
      else start += size;
    }
  return { outcome: best, tries };
}
