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
          this.#error = undefined;
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

/**
 * A live read whose question changes. `ask` reads what it depends on and returns the query; the last answer stands until
 * the next one is there.
 */
export class LiveAnswer<Value> {
  #last: Value;
  #live: Live<Value>;

  constructor(initial: Value, ask: () => () => Promise<Value>) {
    this.#last = initial;
    this.#live = $derived(new Live(this.#last, ask()));
  }

  get current(): Value {
    this.#last = this.#live.current;
    return this.#last;
  }
}
