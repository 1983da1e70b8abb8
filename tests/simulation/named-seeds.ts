import type { Plan } from './run';

/** Worlds that found a mistake in product code. Each is also a test of its own elsewhere, since a draw may change. */
export const namedSeeds: readonly { what: string; plan: Plan }[] = [
  {
    what: 'a change set apart at that moment was missing from the exported file',
    plan: { seed: 1031, tablets: 3, steps: 40 }
  }
];
