import { maxChangesPerPush } from '../protocol/version';

/** The size of the next push. It follows what the link has shown it can carry in one go (step 3). */
export interface Window {
  /** Characters of change text, before compression. */
  characters: number;
  changes: number;
}

/** That many requests with one thing each failing one by one, and none getting through, are the server's fault. */
export const maxLone = 3;

/** About 38 kB compressed: through in a second and a half on the thinnest link, between two cuts of a bad one. */
export const firstWindow: Window = { characters: 240_000, changes: 300 };
const smallest: Window = { characters: 1, changes: 1 };
/** About 2 MiB compressed: change text shrinks five- to sixfold, and the server takes 16 MiB inflated. */
const largestCharacters = 8 * 1024 * 1024;

/** A request should be over well within the three seconds that a bad link lives. */
const comfortableMs = 1_500;

/** After an answer: grow while there is time to spare, shrink where it took too long. */
export function afterSuccess(window: Window, tookMs: number): Window {
  const factor = Math.max(0.5, Math.min(4, comfortableMs / Math.max(1, tookMs)));
  return scaled(window, factor);
}

/** After a cut, a 413 or any other failure: half. */
export function afterFailure(window: Window): Window {
  return scaled(window, 0.5);
}

function scaled(window: Window, factor: number): Window {
  const within = (value: number, low: number, high: number) =>
    Math.round(Math.max(low, Math.min(high, value * factor)));
  return {
    characters: within(window.characters, smallest.characters, largestCharacters),
    changes: within(window.changes, smallest.changes, maxChangesPerPush)
  };
}

/** The oldest changes that fit the window; always at least one. */
export function nextBatch<Row extends { body: string }>(waiting: readonly Row[], window: Window): Row[] {
  const batch: Row[] = [];
  let characters = 0;
  for (const row of waiting) {
    characters += row.body.length;
    if (batch.length && (characters > window.characters || batch.length >= window.changes)) break;
    batch.push(row);
  }
  return batch;
}
