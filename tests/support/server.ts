// Builds the app once and runs the built server as a process of its own, so that a test can stop, kill and restart it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const faults: string[] = [];

/** What the servers of this process logged as errors (level 50 and above), the latest last. */
export const faultsOfServers = (): string[] => faults.slice(-10);

const secondsToStart = 30;
const secondsToStop = 10; // then SIGKILL

export type TestServer = {
  origin: string;
  dataFolder: string;
  /** SIGTERM. A data folder that was made for this server goes with it; one that was given stays. */
  stop(): Promise<void>;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
  /** Starts again on the same port and folder, after `kill()` or from running. */
  restart(): Promise<void>;
  /** Of the process that runs now. */
  pid(): number;
  /** All that it has written to stdout and stderr so far, over every restart. */
  output(): string;
};

/** Runs `server.mjs` until GET /healthz answers 200; needs a build (`buildOnce`). */
export async function startServer(
  options: { dataFolder?: string; port?: number; env?: Record<string, string> } = {}
): Promise<TestServer> {
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'xunge-data-')));
  const port = options.port ?? (await freePort());
  const origin = `http://127.0.0.1:${port}`;
  const env = {
    ...environmentOutsideVitest(),
    XUNGE_DATA: dataFolder,
    HOST: '127.0.0.1',
    PORT: String(port),
    ORIGIN: origin,
    ...options.env
  };
  let output = '';
  let child: ChildProcess | undefined;

  async function start() {
    child = spawn(process.execPath, ['server.mjs'], {
      cwd: projectRoot,
      env,
      stdio: ['ignore', 'pipe', 'pipe']
    });
    const note = (text: Buffer) => {
      output += text.toString();
      faults.push(
        ...text
          .toString()
          .split('\n')
          .filter((line) => /"level":[56]0/.test(line))
      );
    };
    child.stdout?.on('data', note);
    child.stderr?.on('data', note);
    try {
      await untilHealthy(child, origin);
    } catch (error) {
      await stop('SIGKILL');
      throw new Error(`${(error as Error).message}. Its output:\n${output || '(none)'}`, { cause: error });
    }
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL') {
    if (!child || hasEnded(child)) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const late = setTimeout(() => child?.kill('SIGKILL'), secondsToStop * 1000);
    await ended;
    clearTimeout(late);
  }

  async function stop(signal: 'SIGTERM' | 'SIGKILL') {
    await end(signal);
    process.off('exit', killWithUs);
    if (!options.dataFolder) await rm(dataFolder, { recursive: true, force: true });
  }

  const killWithUs = () => child?.kill('SIGKILL');
  process.once('exit', killWithUs);
  await start();
  return {
    origin,
    dataFolder,
    output: () => output,
    pid: () => child!.pid!,
    stop: () => stop('SIGTERM'),
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGTERM');
      await start();
    }
  };
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function untilHealthy(child: ChildProcess, origin: string): Promise<void> {
  const deadline = Date.now() + secondsToStart * 1000;
  while (Date.now() < deadline) {
    if (hasEnded(child))
      throw new Error(`The server ended by itself (${child.exitCode ?? child.signalCode})`);
    const answer = await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(2000) }).catch(
      () => undefined
    );
    if (answer?.status === 200) return;
    await pause(50);
  }
  throw new Error(`GET ${origin}/healthz did not answer 200 within ${secondsToStart} s`);
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Vitest's own variables would turn a build into a development build and a server into a test. */
function environmentOutsideVitest(): NodeJS.ProcessEnv {
  const vitests = /^(VITEST.*|TEST|DEV|PROD|SSR|MODE|BASE_URL|NODE_ENV)$/;
  const kept = Object.entries(process.env).filter(([name]) => !vitests.test(name));
  return { ...Object.fromEntries(kept), NODE_ENV: 'production' };
}

/** Builds if `build/` is missing or older than its sources. Of several processes one builds and the others wait. */
export async function buildOnce(): Promise<void> {
  const unlock = await lock(join(projectRoot, 'node_modules', '.cache', 'xunge-build.lock'));
  try {
    if (buildIsFresh()) return;
    const vite = join(projectRoot, 'node_modules', '.bin', 'vite');
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
      cwd: projectRoot,
      env: environmentOutsideVitest(),
      stdio: ['ignore', 'pipe', 'pipe']
    });
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (output += text.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`vite build failed:\n${output}`);
  } finally {
    unlock();
  }
}

function buildIsFresh(): boolean {
  const built = join(projectRoot, 'build', 'index.js'); // the adapter writes it last
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  const sources = [
    'svelte.config.js',
    'vite.config.ts',
    'package-lock.json',
    ...filesUnder('src'),
    ...filesUnder('static')
  ];
  return sources.every((path) => statSync(join(projectRoot, path)).mtimeMs < builtAt);
}

function filesUnder(folder: string): string[] {
  if (!existsSync(join(projectRoot, folder))) return [];
  return readdirSync(join(projectRoot, folder), { recursive: true }).map((path) =>
    join(folder, String(path))
  );
}

/** A lock file that cannot go stale: it is an SQLite lock, which the kernel drops when its holder dies. */
async function lock(path: string): Promise<() => void> {
  await mkdir(join(path, '..'), { recursive: true });
  const database = new DatabaseSync(path, { timeout: 0 });
  for (;;) {
    try {
      database.exec('BEGIN EXCLUSIVE');
      return () => database.close();
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== 5) throw error; // 5: SQLITE_BUSY
      await pause(200);
    }
  }
}
