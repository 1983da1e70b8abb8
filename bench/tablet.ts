// The small town of the tests with its server, and one worker's tablet whose processor can be slowed down.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { openTablet, untilReady } from '../tests/support/field';
import { startServer, type TestServer } from '../tests/support/server';
import { foundTown, signInAs } from '../tests/support/town';

export interface BenchTablet {
  folder: string;
  server: TestServer;
  origin: string;
  profile: string;
  context: BrowserContext;
  page: Page;
  /** The browser is closed and started again, with what it had on disk. */
  reopen(): Promise<void>;
}

/** 李平's tablet in a town that `fill` may put records into. Everything is gone afterwards. */
export async function withTablet<Result>(
  work: (tablet: BenchTablet) => Promise<Result>,
  fill: (folder: string) => Promise<void> = async () => {}
): Promise<Result> {
  const folder = await foundTown();
  const profile = mkdtempSync(join(tmpdir(), 'xunge-bench-'));
  await fill(folder);
  const server = await startServer({ dataFolder: folder });
  const tablet: BenchTablet = {
    ...(await openTablet({ profile })),
    folder,
    profile,
    server,
    origin: server.origin,
    async reopen() {
      await tablet.context.close();
      Object.assign(tablet, await openTablet({ profile }));
    }
  };
  try {
    await signInAs(tablet.page, server.origin, 'liping');
    await untilReady(tablet.page);
    return await work(tablet);
  } finally {
    await tablet.context.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A cheap tablet: the processor of the page that many times slower. Workers keep their speed: the browser cannot slow them. */
export async function slowDown(page: Page, times: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: times });
}

/** What is to be seen: so many elements, and a text in the first of them. */
export interface Shown {
  selector: string;
  atLeast?: number;
  atMost?: number;
  text?: string;
}

/**
 * Milliseconds in the page from a tap until something shows, asked at every frame: the way to and from the browser is
 * not counted.
 */
export async function tapUntil(page: Page, selector: string, shown: Shown): Promise<number> {
  return page.evaluate(
    ({ selector, shown }) =>
      new Promise<number>((resolve, reject) => {
        const target = document.querySelector<HTMLElement>(selector);
        if (!target) return reject(new Error(`nothing to tap: ${selector}`));
        const started = performance.now();
        const look = () => {
          const found = [...document.querySelectorAll(shown.selector)];
          const isThere =
            found.length >= (shown.atLeast ?? 1) &&
            found.length <= (shown.atMost ?? Infinity) &&
            (!shown.text || found[0]?.textContent.includes(shown.text));
          if (isThere) resolve(performance.now() - started);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
        target.click();
      }),
    { selector, shown }
  );
}
