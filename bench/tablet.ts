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

/**
 * Milliseconds in the page from a tap until something shows: `isShown` is asked at every frame, so the way to and from
 * the browser is not counted.
 */
export async function tapUntil(page: Page, selector: string, isShown: string): Promise<number> {
  await page.evaluate(
    ([selector, isShown]) => {
      const shown = new Function(`return (${isShown})`) as () => unknown;
      const target = document.querySelector<HTMLElement>(selector!);
      if (!target) throw new Error(`nothing to tap: ${selector}`);
      const started = performance.now();
      const bench = globalThis as { benchMs?: Promise<number> };
      bench.benchMs = new Promise((resolve) => {
        const look = () => (shown() ? resolve(performance.now() - started) : requestAnimationFrame(look));
        requestAnimationFrame(look);
      });
      target.click();
    },
    [selector, isShown]
  );
  return page.evaluate(() => (globalThis as { benchMs?: Promise<number> }).benchMs!);
}
