// What product code finds in the global scope while a world runs: clock, timers, chance, hashes and bytes, all of them
// the loop's. Each call is charged to whatever process runs at that moment.
import { createHash } from 'node:crypto';
import { cloneValue } from './clone-value';
import { SimulatedBlob, SimulatedForm } from './blob';
import type { Loop } from './loop';

const names = [
  'Date',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
  'structuredClone',
  'crypto',
  'Blob',
  'FormData',
  'fetch'
] as const;

/** Puts the loop's own in the place of the platform's. Returns how to give it back. */
export function takeOver(loop: Loop): () => void {
  const kept = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)!] as const);
  const keptRandom = Math.random;
  const keptTimeout = Object.getOwnPropertyDescriptor(AbortSignal, 'timeout')!;
  const own: Record<(typeof names)[number], unknown> = {
    Date: dateOf(loop),
    ...timersOf(loop),
    structuredClone: cloneValue,
    crypto: cryptoOf(loop),
    Blob: SimulatedBlob,
    FormData: SimulatedForm,
    fetch: () => Promise.reject(new Error('a world has no network but its own'))
  };
  for (const name of names)
    Object.defineProperty(globalThis, name, { value: own[name], configurable: true, writable: true });
  Math.random = () => running(loop).random.share();
  AbortSignal.timeout = (ms) => new Timeout(loop, ms) as unknown as AbortSignal;
  return () => {
    for (const [name, descriptor] of kept) Object.defineProperty(globalThis, name, descriptor);
    Math.random = keptRandom;
    Object.defineProperty(AbortSignal, 'timeout', keptTimeout);
  };
}

/** As much of a signal as a network needs that stops waiting. Nothing is due while nobody listens. */
export class Timeout {
  readonly #loop: Loop;
  readonly #ms: number;

  constructor(loop: Loop, ms: number) {
    this.#loop = loop;
    this.#ms = ms;
  }

  /** Returns how to stop listening. */
  listen(onTimeout: () => void): () => void {
    const number = this.#loop.after(running(this.#loop), this.#ms, 'timeout', onTimeout);
    return () => this.#loop.callOff(number);
  }
}

function running(loop: Loop) {
  if (!loop.current) throw new Error('nothing runs that could ask the platform');
  return loop.current;
}

function dateOf(loop: Loop): typeof Date {
  const RealDate = Date;
  return class SimulatedDate extends RealDate {
    constructor(...said: [] | [number | string | Date]) {
      super(...((said.length === 0 ? [loop.clock()] : said) as [number]));
    }
    static override now(): number {
      return loop.clock();
    }
  } as typeof Date;
}

/** Node's timers are objects that can be told not to keep the process alive. */
class Timer {
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }

  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

function timersOf(loop: Loop) {
  const callOff = (timer: Timer | undefined) => {
    if (timer) loop.callOff(timer.number);
  };
  return {
    setTimeout: (run: () => void, ms = 0) => new Timer(loop.after(running(loop), ms, 'timer', run)),
    clearTimeout: callOff,
    // Whatever comes round is started by the world itself.
    setInterval: () => new Timer(0),
    clearInterval: callOff,
    setImmediate: (run: () => void) => loop.enqueueHere('task', run),
    clearImmediate: () => {
      throw new Error('a task cannot be called off');
    }
  };
}

function cryptoOf(loop: Loop) {
  return {
    getRandomValues: <Bytes extends Uint8Array>(bytes: Bytes) => {
      running(loop).random.fill(bytes);
      return bytes;
    },
    subtle: {
      // A task, as in a browser: inside a transaction it would end it.
      digest: async (_algorithm: string, bytes: ArrayBuffer | Uint8Array) => {
        await loop.turn('hash');
        return Uint8Array.from(createHash('sha256').update(new Uint8Array(bytes)).digest()).buffer;
      }
    }
  };
}
