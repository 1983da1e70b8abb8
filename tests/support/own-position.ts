// A positioning system that says what a test wants it to say, also what no real one should.
import type { BrowserContext, Page } from 'playwright-core';

export interface Said {
  longitude: number;
  latitude: number;
  accuracy: number;
  /** How old the fix says it is. */
  ageMs?: number;
}

/** From the next page on, fixes come from `sayPosition` alone; the last is said to whoever begins to listen. */
export async function giveOwnPosition(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const watchers = new Map<number, PositionCallback>();
    let last: { said: Said; at: number } | undefined;
    const tell = (watcher: PositionCallback) => {
      if (!last) return;
      const { ageMs = 0, ...coords } = last.said;
      watcher({ coords, timestamp: last.at - ageMs } as unknown as GeolocationPosition);
    };
    Object.assign(window, {
      sayPosition: (said: Said) => {
        last = { said, at: Date.now() };
        watchers.forEach(tell);
      }
    });
    navigator.geolocation.watchPosition = (watcher) => {
      watchers.set(watchers.size + 1, watcher);
      setTimeout(() => tell(watcher), 0);
      return watchers.size;
    };
    navigator.geolocation.clearWatch = (id) => void watchers.delete(id);
  });
}

export async function sayPosition(page: Page, said: Said): Promise<void> {
  await page.evaluate(
    (said) => (window as unknown as { sayPosition(said: Said): void }).sayPosition(said),
    said
  );
}
