import { liveQuery } from 'dexie';
import { createSubscriber } from 'svelte/reactivity';

/** A live read of the tablet's store as a rune: `current` follows the database while something on screen reads it. */
export class Live<Value> {
  #value = $state.raw() as Value;
  #error = $state.raw<Error>();
  #subscribe: () => void;

  constructor(initial: Value, query: () => Promise<Value>) {
    this.#value = initial;
    this.#subscribe = createSubscriber(() => {
      // Async itself: otherwise Dexie loses sight of what a nested await reads, and nothing is live.
      const subscription = liveQuery(async () => query()).subscribe({
        next: (value) => {
          this.#value = value;
        },
        error: (fault: unknown) => {
          this.#error =
            fault instanceof Error ? fault : new Error('the store cannot be read', { cause: fault });
        }
      });
      return () => subscription.unsubscribe();
    });
  }

  get current(): Value {
    this.#subscribe();
    if (this.#error) throw this.#error;
    return this.#value;
  }
}
