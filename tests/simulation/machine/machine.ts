import type { ServerDisk } from './server-disk';
import type { Loop } from './loop';

/** What stands in for the platform while a world runs. One world at a time in a process. */
export interface Machine {
  loop: Loop;
  serverDisk: ServerDisk;
}

let running: Machine | undefined;

export function setMachine(machine: Machine | undefined): void {
  running = machine;
}

export function machine(): Machine {
  if (!running) throw new Error('no world is running');
  return running;
}
