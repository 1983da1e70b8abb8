import { Random } from './random';

interface Task {
  label: string;
  run: () => void;
  /** Of one that was due at a time. */
  number?: number;
}

interface Due {
  at: number;
  number: number;
  process: Process;
  label: string;
  run: () => void;
}

/** Something that runs: a tablet's browser or the server. It has a clock of its own, chance of its own, and can be killed. */
export interface Process {
  name: string;
  /** Its clock less the true time. */
  clockOffsetMs: number;
  /** For ids and jitter made here. */
  random: Random;
  /** In their order, as IndexedDB wants it; or any of those that wait, as awaiting requests of a server go on. */
  order: 'in-turn' | 'any';
  tasks: Task[];
  isAlive: boolean;
  /** Asleep: its timers and what comes from the network wait. */
  isAsleep: boolean;
}

// Kept aside before the machine puts its own in their place.
const realSetImmediate = setImmediate;

/** Lets every promise that can go on do so, until the next task. */
const settled = () => new Promise<void>((resolve) => realSetImmediate(resolve));

/**
 * The one event loop of a world. One task at a time, of one process; between two of them nothing else runs, so that a
 * seed decides the whole order, and a process can be killed between any two.
 */
export class Loop {
  now: number;
  current: Process | null = null;
  /** A number that two runs share only where they took the same steps. */
  trace = 0;
  steps = 0;
  /** Called after each step. Throws where a law is broken. */
  afterStep: () => void = () => {};
  readonly #random: Random;
  readonly #processes: Process[] = [];
  #due: Due[] = [];
  #dueCount = 0;

  constructor(startMs: number, random: Random) {
    this.now = startMs;
    this.#random = random;
  }

  spawn(name: string, random: Random, order: Process['order']): Process {
    const process: Process = {
      name,
      clockOffsetMs: 0,
      random,
      order,
      tasks: [],
      isAlive: true,
      isAsleep: false
    };
    this.#processes.push(process);
    return process;
  }

  /** Nothing of it runs on. */
  kill(process: Process): void {
    process.isAlive = false;
    process.tasks = [];
    this.#processes.splice(this.#processes.indexOf(process), 1);
    this.#due = this.#due.filter((due) => due.process !== process);
  }

  /** The clock of whatever runs now; outside of everything, the true time. */
  clock(): number {
    return this.now + (this.current?.clockOffsetMs ?? 0);
  }

  /** Whatever still goes on is let down: it asks, and nothing comes. */
  async end(letGo: () => void): Promise<void> {
    for (const process of [...this.#processes]) this.kill(process);
    this.current = { ...this.spawn('nothing', new Random('nothing'), 'any'), isAlive: false };
    letGo();
    for (let round = 0; round < 3; round++) await settled();
    this.current = null;
  }

  enqueue(process: Process, label: string, run: () => void): void {
    if (process.isAlive) process.tasks.push({ label, run });
  }

  /** For code that asks the platform for a turn and does not say who it is. */
  enqueueHere(label: string, run: () => void): void {
    if (!this.current) throw new Error(`${label}: nothing runs that could ask for it`);
    this.enqueue(this.current, label, run);
  }

  /** Resolves at the next turn of whoever runs now. */
  turn(label: string): Promise<void> {
    return new Promise((resolve) => this.enqueueHere(label, resolve));
  }

  /** Returns a number by which it can be called off. */
  after(process: Process, ms: number, label: string, run: () => void): number {
    const number = ++this.#dueCount;
    if (!process.isAlive) return number;
    const due = { at: this.now + Math.max(0, Math.round(ms)), number, process, label, run };
    let place = this.#due.length;
    while (place > 0 && this.#due[place - 1]!.at > due.at) place--;
    this.#due.splice(place, 0, due);
    return number;
  }

  callOff(number: number): void {
    const place = this.#due.findIndex((due) => due.number === number);
    if (place >= 0) this.#due.splice(place, 1);
    // Due already, and not run yet.
    else if (this.current) this.current.tasks = this.current.tasks.filter((task) => task.number !== number);
  }

  /** Runs what there is to run until then. */
  async runUntil(untilMs: number): Promise<void> {
    while (this.now < untilMs) {
      this.#wakeDue();
      const ready = this.#processes.filter((process) => process.tasks.length > 0);
      if (ready.length > 0) await this.#step(ready);
      else {
        const next = this.#due.find((due) => !due.process.isAsleep);
        this.now = Math.max(this.now, Math.min(untilMs, next?.at ?? untilMs));
      }
    }
  }

  /** Whether anything is ready to go on now. */
  hasWork(): boolean {
    return this.#processes.some(({ tasks }) => tasks.length > 0);
  }

  /** Time in which everything sleeps. */
  sleep(ms: number): void {
    this.now += ms;
  }

  #wakeDue(): void {
    const due = this.#due.filter(({ at, process }) => at <= this.now && !process.isAsleep);
    if (due.length === 0) return;
    this.#due = this.#due.filter((one) => !due.includes(one));
    for (const { process, label, run, number } of due) process.tasks.push({ label, run, number });
  }

  async #step(ready: readonly Process[]): Promise<void> {
    const process = ready.length === 1 ? ready[0]! : this.#random.pick(ready);
    const place = process.order === 'any' ? this.#random.below(process.tasks.length) : 0;
    const [task] = process.tasks.splice(place, 1);
    this.#note(process.name, task!.label);
    this.current = process;
    task!.run();
    await settled();
    this.current = null;
    // Work takes time: what happens meanwhile happens in the middle of it.
    this.now += this.#random.below(3);
    this.afterStep();
  }

  #note(name: string, label: string): void {
    this.steps++;
    let trace = this.trace;
    for (let index = 0; index < name.length; index++)
      trace = Math.imul(trace ^ name.charCodeAt(index), 16777619);
    for (let index = 0; index < label.length; index++)
      trace = Math.imul(trace ^ label.charCodeAt(index), 16777619);
    this.trace = Math.imul(trace ^ this.now, 16777619);
  }
}
