// How much memory a browser really takes: all its processes, asked of Linux itself.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export const canMeasureMemory = existsSync('/proc/self/statm');

/** Resident bytes of the browser that runs on this profile, and of all the processes it began. */
export function residentBytes(profile: string): number {
  const processes = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (look(name) ?? []) : []));
  const family = new Set(
    processes
      .filter(({ command }) => command.includes(`--user-data-dir=${profile}`))
      .map(({ process }) => process)
  );
  for (let size = -1; size !== family.size;) {
    size = family.size;
    for (const { process, parent } of processes) if (family.has(parent)) family.add(process);
  }
  return processes.reduce((sum, { process, bytes }) => sum + (family.has(process) ? bytes : 0), 0);
}

function look(name: string) {
  try {
    const read = (file: string) => readFileSync(`/proc/${name}/${file}`, 'utf8');
    // The second field, the name in brackets, may hold anything.
    const parent = Number(
      read('stat')
        .replace(/^.*\) /s, '')
        .split(' ')[1]
    );
    const bytes = Number(read('statm').split(' ')[1]) * 4096;
    return { process: Number(name), parent, bytes, command: read('cmdline').replaceAll('\0', ' ') };
  } catch {
    return null; // ended meanwhile
  }
}
