import { goto } from '$app/navigation';
import { createContext, tick } from 'svelte';
import { closePractice, sweepPractice } from '$lib/data/practice';
import { loadCurrentPatrol } from '$lib/data/reads';
import { isPracticeMarked, markPractice } from '$lib/device/practice-mark';
import { storageState, storageTrouble } from '$lib/device/storage';
import { Tablet } from './tablet.svelte';

const longestMs = 30 * 60_000;

/** 练习: a tablet that sends nothing takes the place of the person's own, on every page, until it is thrown away (decision 0026). */
export class Practice {
  /** What is practised on; null while all is meant. */
  tablet = $state.raw<Tablet | null>(null);
  /** It ended by itself, also by a reload of this window: nobody records anything before having read that. */
  isOver = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Throws away what an earlier practice has left. */
  start(): void {
    this.isOver = isPracticeMarked();
    void sweepPractice().catch(() => undefined);
  }

  /** Why it does not begin, or null. `mark` stands in each number. */
  async begin(own: Tablet, mark: string): Promise<'walking' | 'noRoom' | 'failed' | null> {
    if (await loadCurrentPatrol(own.database, own.signedIn.account)) return 'walking';
    if (storageTrouble(await storageState()) !== 'fine') return 'noRoom';
    const end = () => void this.end();
    const tablet = await Tablet.practise(own, mark, end).catch(() => null);
    if (!tablet) return 'failed';
    markPractice(true);
    this.#timer = setTimeout(end, longestMs);
    await goto('/');
    this.tablet = tablet;
    return null;
  }

  /** On the person's word. */
  async leave(): Promise<void> {
    // Before the pages are the real ones: none of them opens on what was practised.
    await goto('/', { replaceState: true });
    markPractice(false);
    await this.#throwAway();
  }

  /** The person has read that it is over. */
  async acknowledge(): Promise<void> {
    await goto('/', { replaceState: true });
    markPractice(false);
    this.isOver = false;
  }

  /** By itself: it says so, here or once somebody has unlocked. */
  async end(): Promise<void> {
    if (!this.tablet) return;
    this.isOver = true;
    await this.#throwAway();
  }

  /** Nothing of it stays. */
  async #throwAway(): Promise<void> {
    const { tablet } = this;
    if (!tablet) return;
    clearTimeout(this.#timer);
    this.tablet = null;
    // The pages first: what they have still to write goes nowhere.
    await tick();
    await closePractice(tablet.database).catch(() => undefined);
  }
}

export const [getPractice, setPractice] = createContext<Practice>();
