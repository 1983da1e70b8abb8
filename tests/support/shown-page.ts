// What can be seen of an app that loads itself anew: whether anything is on screen, and how often it was loaded.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { commonWords } from '../../src/lib/messages/common';

/** Every page of the app has a `main` with words in it, other than that it is being opened; a white page has not. */
export async function untilShown(of: Page): Promise<void> {
  await of.locator('main', { hasText: /\S/, hasNotText: commonWords.zh.loading }).first().waitFor();
}

/** Follows a link inside the app, as a tap does, also where the page shows none. */
export async function follow(of: Page, href: string): Promise<void> {
  await of
    .locator('main')
    .first()
    .evaluate((main, to) => {
      const link = document.createElement('a');
      link.href = to;
      main.append(link);
      link.click();
      link.remove();
    }, href);
  // Not `waitForURL`: it gives up where the app loads itself anew on the way.
  await expect.poll(() => new URL(of.url()).pathname).toBe(href);
  await untilShown(of);
}

export function countLoads(of: Page): () => number {
  let loads = 0;
  of.on('load', () => loads++);
  return () => loads;
}
