// What `npm run demo` does: builds if needed, fills an empty throwaway store with the demo community, starts the real
// server on it and prints the address, the accounts and a tour. Ctrl+C, or a killed server, ends it; the store stays
// until the next demo begins, so that what tablets recorded meanwhile can still be handed in:
//   npm run demo -- --resume           goes on with the store of the last demo, accounts and passwords as they were
//   PORT=3001 npm run demo             another port
//   HOST=0.0.0.0 npm run demo          reachable from other machines
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { DemoAccount, seedDemo } from '../demo/seed';
import { buildOnce } from '../tests/support/server.ts';
import { describeAccounts, describeTour, farewell, heading } from './demo-words.ts';
import { importWithVite } from './import-with-vite.ts';

const projectRoot = path.join(import.meta.dirname, '..');
const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST ?? '127.0.0.1';
const local = `http://${['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host}:${port}`;
const address = process.env.ORIGIN ?? local;
const secondsToStart = 30;
// Never XUNGE_DATA: nobody's real store is filled with invented records. One per port and user.
const folder = path.join(tmpdir(), `xunge-demo-${process.getuid?.() ?? 0}-${port}`);
const accountsFile = path.join(folder, 'demo-accounts.json');

let server: ChildProcess | undefined;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { resume: { type: 'boolean', default: false } } });
  await refuseTakenPort();
  process.once('exit', () => server?.kill('SIGKILL'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());

  await step('构建应用 / building the app', buildOnce);
  const accounts = values.resume
    ? lastAccounts()
    : await step('写入演示数据 / telling five weeks of stories', fill);
  server = spawn(process.execPath, ['server.mjs'], {
    cwd: projectRoot,
    env: { XUNGE_LOG: 'warn', ...process.env, XUNGE_DATA: folder, PORT: String(port), HOST: host },
    stdio: ['ignore', 'inherit', 'inherit']
  });
  server.once('exit', (code) => {
    console.log(farewell);
    process.exit(code ?? 0);
  });
  await untilHealthy();
  console.log([heading(address), describeAccounts(accounts), describeTour(address)].join('\n\n'));
}

/** Found out before the work, not after it. */
async function refuseTakenPort(): Promise<void> {
  const probe = createServer().listen(port, host);
  try {
    await once(probe, 'listening');
  } catch {
    console.error(
      `端口 ${port} 已被占用，请换一个 / port ${port} is taken, choose another: PORT=3001 npm run demo`
    );
    process.exit(1);
  }
  probe.close();
  await once(probe, 'close');
}

async function step<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  process.stdout.write(`${what} … `);
  const result = await work();
  console.log(`${((performance.now() - start) / 1000).toFixed(0)} s`);
  return result;
}

/** An empty store, filled. The passwords lie beside it for `--resume`, for this user's eyes only. */
async function fill(): Promise<DemoAccount[]> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  const seed = await importWithVite<{ seedDemo: typeof seedDemo }>('demo/seed.ts');
  const { accounts } = await seed.seedDemo(folder, Date.now());
  writeFileSync(accountsFile, JSON.stringify(accounts), { mode: 0o600 });
  return accounts;
}

function lastAccounts(): DemoAccount[] {
  if (!existsSync(accountsFile)) {
    console.error('没有可以继续的演示 / there is no demo to go on with: npm run demo');
    process.exit(1);
  }
  return JSON.parse(readFileSync(accountsFile, 'utf8')) as DemoAccount[];
}

async function untilHealthy(): Promise<void> {
  const deadline = Date.now() + secondsToStart * 1000;
  while (Date.now() < deadline) {
    const answer = await fetch(`${local}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(100);
  }
  console.error(`${local}/healthz 没有应答 / does not answer`);
  process.exit(1);
}

/** The server ends in its own way; its end is ours. */
async function stop(): Promise<void> {
  if (!server) process.exit(0);
  server.kill('SIGTERM');
  await pause(8000);
  process.exit(0);
}

await main();
