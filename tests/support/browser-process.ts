// The browser's own process, so that a test or the bench can end it as a full memory does: at once, without a word.
import { readdirSync, readFileSync, readlinkSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** SIGKILL to the browser that runs on this profile; resolves when the process is gone. */
export async function killBrowser(profile: string): Promise<void> {
  const pid = lockHolder(profile) ?? processOf(profile);
  if (!pid) throw new Error(`no browser runs on ${profile}`);
  process.kill(pid, 'SIGKILL');
  while (isAlive(pid)) await pause(20);
}

/** Chromium's lock on its profile is a link that names host and process. */
function lockHolder(profile: string): number | undefined {
  try {
    return Number(/-(\d+)$/.exec(readlinkSync(join(profile, 'SingletonLock')))?.[1]) || undefined;
  } catch {
    return undefined;
  }
}

/** The headless shell makes no lock: looked for among the processes of Linux. */
function processOf(profile: string): number | undefined {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).find((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return (
        command.includes(`--user-data-dir=${profile}`) && !command.some((part) => part.startsWith('--type='))
      );
    } catch {
      return false;
    }
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** What a power cut may do to the log in which Chromium keeps a site's databases: its last write is there in part. */
export function tearStoreLog(profile: string): void {
  const folder = join(profile, 'Default', 'IndexedDB');
  const logs = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.leveldb\/\d+\.log$/.test(name)
  );
  if (!logs.length) throw new Error(`no log of a store in ${folder}`);
  for (const log of logs) {
    const { size } = statSync(join(folder, log));
    truncateSync(join(folder, log), Math.max(0, size - 1));
  }
}
