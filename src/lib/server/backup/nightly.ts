import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { LastBackup } from '../../domain/backup';
import { log } from '../log';
import { loadLastBackup } from './last-backup';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Two in the morning in China, when nobody walks, in UTC. */
const nightMs = 18 * hourMs;

/** Whether there was none since two o'clock last night: a machine that is off at night makes it when it starts. */
export function isBackupDue({ succeeded }: LastBackup, nowMs: number): boolean {
  const lastNightMs = nowMs - ((nowMs - nightMs) % dayMs);
  const lastMs = succeeded && Date.parse(succeeded.at);
  // One that lies ahead is a wrong clock's.
  return lastMs === undefined || lastMs < lastNightMs || lastMs > nowMs;
}

/** Backs up once a night, and tries again each hour while it fails, as long as the process runs. */
export async function backUpNightly(dataFolder: string, target: string): Promise<never> {
  for (;;) {
    try {
      if (isBackupDue(await loadLastBackup(dataFolder), Date.now())) await runBackup(dataFolder, target);
    } catch (fault) {
      log.error({ fault }, 'backup not started');
    }
    await pause(hourMs, undefined, { ref: false });
  }
}

/** In a process of its own: reading every page of a database would keep requests waiting. */
async function runBackup(dataFolder: string, target: string): Promise<void> {
  const child = spawn(process.execPath, ['scripts/backup.ts', '--to', target], {
    env: { ...process.env, XUNGE_DATA: dataFolder },
    stdio: 'inherit'
  });
  const endWithUs = () => child.kill();
  process.once('exit', endWithUs);
  const [status] = (await once(child, 'exit')) as [number | null];
  process.off('exit', endWithUs);
  if (status !== 0) log.error({ status }, 'backup failed');
}
