// The small town with its server, and a worker's tablet in it, for a whole test file.
import { rm } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openTablet, untilReady } from './field';
import { buildOnce, startServer, type TestServer } from './server';
import { foundTown, signInAs } from './town';

export interface Town {
  folder: string;
  server: TestServer;
  origin: string;
  /** The tablet of `login`, signed in, with everything the office had. */
  tablet: BrowserContext;
  page: Page;
  /** One more tablet, closed with the town. */
  openTabletOf(login: string): Promise<{ context: BrowserContext; page: Page }>;
}

/** Call at the top of a test file; the fields are there from the first test on. `origin`: where a gateway stands before the server. */
export function useTown(login = 'liping', gateway?: () => Promise<{ origin: string; port: number }>): Town {
  const town = {} as Town;
  const opened: BrowserContext[] = [];

  town.openTabletOf = async (of) => {
    const { context, page } = await openTablet();
    opened.push(context);
    page.on('dialog', (dialog) => void dialog.accept());
    await signInAs(page, town.origin, of);
    await untilReady(page);
    return { context, page };
  };

  beforeAll(async () => {
    await buildOnce();
    town.folder = await foundTown();
    const before = await gateway?.();
    town.server = await startServer({
      dataFolder: town.folder,
      ...(before && { port: before.port, env: { ORIGIN: before.origin } })
    });
    town.origin = before?.origin ?? town.server.origin;
    ({ context: town.tablet, page: town.page } = await town.openTabletOf(login));
  });
  afterAll(async () => {
    for (const context of opened) await context.close();
    await town.server?.stop();
    await rm(town.folder, { recursive: true, force: true });
  });
  return town;
}
