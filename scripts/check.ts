// What `npm test` runs: every check of the project, one after the other, and one line at the end that says it all.
//   npm test                             everything
//   npx node scripts/check.ts --only lint,unit    a part of it
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const projectRoot = path.join(import.meta.dirname, '..');

/** Each counts as one test. `svelte-kit sync` writes the tsconfig that the linter and the cruiser read as well. */
const commands = {
  format: 'prettier --check --log-level warn .',
  lint: 'eslint --max-warnings 0 .',
  cycles: 'depcruise --config .dependency-cruiser.json src',
  types: 'svelte-kit sync && svelte-check --tsconfig ./tsconfig.json --fail-on-warnings',
  'dead-code': 'knip --no-config-hints',
  build: 'vite build --logLevel warn'
};
/** Vitest projects, each counts its tests. */
const projects = ['unit', 'sync', 'simulation', 'real', 'e2e'];

type Counts = { passed: number; failed: number; skipped: number };
/** `why` is what a failed step printed last, to be read again at the end. */
type Outcome = Counts & { why?: string };
type Result = Outcome & { step: string; seconds: number };

/** The fields we need of what Vitest's json reporter writes. */
type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
};

async function main(): Promise<void> {
  const steps = stepsToRun();
  await run('svelte-kit sync', 'quiet');
  const results: Result[] = [];
  for (const step of steps) {
    const start = performance.now();
    const buildFailed = results.some((result) => result.step === 'build' && result.failed > 0);
    const counts =
      step in commands
        ? await runCommand(step as keyof typeof commands)
        : step === 'e2e' && buildFailed
          ? oneFailed(`${step}: not run, the build failed`)
          : await runProject(step);
    const seconds = (performance.now() - start) / 1000;
    results.push({ step, ...counts, seconds });
    console.log(`${step}: ${inWords(counts)} (${seconds.toFixed(1)} s)`);
  }
  report(results);
}

function stepsToRun(): string[] {
  const all = [...Object.keys(commands), ...projects];
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  if (values.only === undefined) return all;
  const wanted = values.only.split(',');
  const unknown = wanted.filter((step) => !all.includes(step));
  if (unknown.length > 0)
    throw new Error(`No such step: ${unknown.join(', ')}. There are ${all.join(', ')}.`);
  return all.filter((step) => wanted.includes(step));
}

async function runCommand(step: keyof typeof commands): Promise<Outcome> {
  const { code, output } = await run(commands[step], 'quiet');
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : oneFailed(`\n${commands[step]}\n${output}`);
}

async function runProject(project: string): Promise<Outcome> {
  const folder = mkdtempSync(path.join(tmpdir(), 'xunge-check-'));
  const file = path.join(folder, 'report.json');
  try {
    const vitest = `vitest run --project ${project} --reporter=default --reporter=json`;
    const { code, output } = await run(`${vitest} --outputFile.json="${file}"`, 'aloud');
    if (!existsSync(file)) return oneFailed(`${project}: Vitest ended (${code}) without a report`);
    const counts = countTests(project, code, JSON.parse(readFileSync(file, 'utf8')) as Report);
    return { ...counts, why: lastLines(output) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A file that did not even load counts as one failed test; so does a run that went wrong in any other way. */
function countTests(project: string, code: number | null, report: Report): Counts {
  const passed = report.numPassedTests;
  const skipped = report.numPendingTests + report.numTodoTests;
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')
  );
  const failed = report.numFailedTests + brokenFiles.length;
  // The public data sets that `real` reads lie beside the project, not in it.
  const mayBeSkipped = project === 'real' && !existsSync(path.join(projectRoot, '../shared/data'));
  const ranNothing = passed + failed === 0 && !(mayBeSkipped && skipped > 0);
  return { passed, failed: failed === 0 && (code !== 0 || ranNothing) ? 1 : failed, skipped };
}

function oneFailed(why: string): Outcome {
  console.log(why);
  return { passed: 0, failed: 1, skipped: 0, why: lastLines(why) };
}

function lastLines(output: string): string {
  return output.split('\n').slice(-120).join('\n');
}

/** Runs a command line with the project's own programs first on the path. */
async function run(
  command: string,
  voice: 'quiet' | 'aloud'
): Promise<{ code: number | null; output: string }> {
  const programs = path.join(projectRoot, 'node_modules', '.bin');
  const child = spawn(command, {
    cwd: projectRoot,
    env: { ...process.env, PATH: [programs, process.env.PATH].join(path.delimiter) },
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe']
  });
  let output = '';
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (voice === 'aloud') process[stream].write(text);
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

function inWords({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function report(results: Result[]): void {
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { step, failed, why } of results)
    if (failed > 0) console.log(`\n${step}, its last words:\n${why}`);
  console.log();
  for (const { step, seconds, why: _why, ...counts } of results) {
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    console.log(
      `${counts.failed > 0 ? '✗' : '✓'} ${step.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s  ${inWords(counts)}`
    );
  }
  process.exitCode = total.failed > 0 ? 1 : 0;
  console.log(`\n${inWords(total)}`);
}

await main();
