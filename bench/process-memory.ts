import { readFileSync } from 'node:fs';

/** Of a process, in MB: as it is, and the most it ever was. Linux only. */
export function memoryOf(pid: number): { now: number; most: number } {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(text)![1]) / 1000;
  return { now: field('VmRSS'), most: field('VmHWM') };
}
