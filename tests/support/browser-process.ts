// The browser's own process, so that a test or the bench can end it as a full memory does: at once, without a word.
import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** SIGKILL to the browser that runs on this profile; resolves when the process is gone. */
export async function killBrowser(profile: string): Promise<void> {
  const pid = Number(/-(\d+)$/.exec(readlinkSync(join(profile, 'SingletonLock')))?.[1]);
  if (!pid) throw new Error(`no browser runs on ${profile}`);
  process.kill(pid, 'SIGKILL');
  while (isAlive(pid)) await pause(20);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
