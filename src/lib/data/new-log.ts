import Dexie from 'dexie';
import { v7 as uuidV7 } from 'uuid';

/** So long opening may wait for it: a browser that never answers must not keep the app shut. */
const patienceMs = 2_000;

/**
 * Makes the browser begin a new log for this app's stores. A full disk or a power cut leaves the log with a torn end.
 * Chromium goes on writing behind it, cannot read that at the next start, and throws all stores away, whatever was
 * written with strict durability (seen each time in 153 and 156). Deleting a database moves what the log holds into
 * tables first; it takes a few milliseconds. The name is its own: no other window can keep it from being deleted. Rejects
 * where the store fails.
 */
export async function beginNewLog(): Promise<void> {
  const passing = new Dexie(`xunge-passing-${uuidV7()}`);
  passing.version(1).stores({ nothing: '' });
  // Its own connection is just closing, and it says so on the console.
  passing.on('blocked', () => undefined);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)));
  const renewed = passing.open().then(() => passing.delete());
  await Promise.race([renewed, late]).finally(() => clearTimeout(timer));
}
