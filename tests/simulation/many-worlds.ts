// Runs many worlds in several processes at once. What one does never depends on how many there are.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Outcome, Plan } from './run';

/** A new process after so many: whatever a world leaves behind in memory goes with it. */
const worldsPerProcess = 1_000;

/** Room for what a world throws away: its garbage is young. */
const execArgv = ['--min-semi-space-size=32', '--max-semi-space-size=64'];

export async function simulate(
  bundleFile: string,
  plans: readonly Plan[],
  jobs: number,
  onOutcome: (outcome: Outcome) => void,
  isEnough: () => boolean = () => false
): Promise<void> {
  const left = [...plans];
  await Promise.all(
    Array.from({ length: Math.min(jobs, plans.length) }, async () => {
      while (left.length > 0 && !isEnough()) await runProcess(bundleFile, left, onOutcome, isEnough);
    })
  );
}

async function runProcess(
  bundleFile: string,
  left: Plan[],
  onOutcome: (outcome: Outcome) => void,
  isEnough: () => boolean
): Promise<void> {
  const child = fork(path.join(import.meta.dirname, 'world-process.ts'), [bundleFile], {
    execArgv,
    env: { ...process.env, XUNGE_LOG: 'silent' }
  });
  let present: Plan | undefined;
  let done = 0;
  const next = () => {
    present = done++ < worldsPerProcess && !isEnough() ? left.shift() : undefined;
    if (present) child.send(present);
    else child.disconnect();
  };
  child.on('message', (outcome: Outcome) => {
    onOutcome(outcome);
    next();
  });
  next();
  const [code] = (await once(child, 'exit')) as [number | null];
  if (present) throw new Error(`a process ended (${code}) in the middle of seed ${present.seed}`);
}
