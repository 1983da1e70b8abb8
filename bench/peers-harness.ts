// Runs the peers' harness beside the project with the floor and our adapter, each scenario once for all lines that need it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const projectRoot = fileURLToPath(new URL('..', import.meta.url));
const source = path.join(projectRoot, '../shared/bench/peers');

interface Phase {
  ms: number;
  ok: boolean;
  textsMs?: number;
  up: number;
  down: number;
  requests: number;
  serverCpu: number;
  clientCpu: number;
}

interface Judged {
  exact: boolean;
}

/** The fields we need of what the harness says of one peer's run of a scenario. */
export interface PeerRun {
  peer: string;
  rep: number;
  scenario: string;
  failed?: string;
  write: { median: number; photoMedian: number; atNMedian: number };
  open: { ms: number; firstMs: number; script: number };
  push: Phase;
  pull: Phase;
  editPush?: Phase;
  editPull?: Phase;
  heapA: number;
  heapB: number;
  server?: Judged;
  serverAfterPush?: Judged;
  deviceA?: Judged;
  deviceB?: Judged;
}

interface Report {
  runs: PeerRun[];
  peers: { name: string; bundle: { gzKB: number } }[];
}

/** Ours and the floor's run of the same repetition. */
export interface Pair {
  ours: PeerRun;
  floor: PeerRun;
}

export const missingHarness = `the peers' harness is not beside the project (${path.relative(projectRoot, source)})`;

const reportByScenarios = new Map<string, Promise<Report | null>>();

/** Null where the harness is not beside the project. `--reps` of them, in which ours and the floor take turns. */
export function runScenarios(scenarios: string, reps: number): Promise<Report | null> {
  const known = reportByScenarios.get(scenarios);
  if (known) return known;
  const report = existsSync(source) ? run(scenarios, reps) : Promise.resolve(null);
  reportByScenarios.set(scenarios, report);
  return report;
}

export function pairsOf(report: Report, scenario: string): Pair[] {
  const of = (name: string) => report.runs.filter((run) => run.scenario === scenario && run.peer === name);
  const floors = of('floor');
  return of('xunge').map((ours) => ({ ours, floor: floors.find(({ rep }) => rep === ours.rep)! }));
}

async function run(scenarios: string, reps: number): Promise<Report> {
  const harness = await installed();
  const out = mkdtempSync(path.join(tmpdir(), 'xunge-peers-report-'));
  try {
    await node(harness, [
      'run.mjs',
      '--peers=floor,xunge',
      `--peer-dir=${path.join(projectRoot, 'bench/peer')}`,
      `--scenarios=${scenarios}`,
      `--reps=${reps}`,
      `--out=${out}`
    ]);
    return JSON.parse(readFileSync(path.join(out, 'peers.json'), 'utf8')) as Report;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** What lies beside the project is only read: the packages go into a copy, kept for the next run. */
async function installed(): Promise<string> {
  const copy = path.join(projectRoot, 'node_modules/.cache/xunge-peers-harness');
  const mark = path.join(copy, 'node_modules/.package-lock.json');
  mkdirSync(copy, { recursive: true });
  const isOwn = (file: string) => !/\/(node_modules|\.work)(\/|$)/.test(file.slice(source.length));
  cpSync(source, copy, { recursive: true, filter: isOwn });
  if (!existsSync(mark))
    await ended(spawn('npm', ['ci', '--no-audit', '--no-fund'], inFolder(copy)), 'npm ci');
  return copy;
}

async function node(folder: string, args: string[]): Promise<void> {
  await ended(spawn(process.execPath, args, inFolder(folder)), args.join(' '));
}

/** Its tables would come between our lines; how far it is, it says on stderr. */
const inFolder = (cwd: string) => ({
  cwd,
  stdio: ['ignore', 'ignore', 'inherit'] as ['ignore', 'ignore', 'inherit']
});

async function ended(child: ReturnType<typeof spawn>, what: string): Promise<void> {
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${what} failed (${code})`);
}
