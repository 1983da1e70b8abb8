// A town, its server and a worker's tablet for each single test, so that all of them can be killed and opened again.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { killBrowser } from './browser-process';
import { openTablet, untilReady } from './field';
import { buildOnce, startServer, type TestServer } from './server';
import { acceptedChanges, foundTown, queryStore, signInAs } from './town';

/** What stands before the server: where it is reached, and where the server behind it must listen. */
export interface InFront {
  origin: string;
  port: number;
  close(): Promise<void>;
}

export interface FreshTown {
  folder: string;
  server: TestServer;
  origin: string;
  /** The tablet's disk: what is opened on it again has everything that was written. */
  profile: string;
  tablet: BrowserContext;
  page: Page;
  killAndOpen(meanwhile?: () => void): Promise<void>;
  /** Nothing lost, nothing doubled: each of these texts is at the office once, and so many photos are whole. */
  expectOnce(texts: readonly string[], photos: number): Promise<void>;
}

/** Where the tablet's disk lies, if not among the temporary files, and flags for its browser. */
interface Disk {
  folder?: () => string;
  args?: string[];
}

/** Call at the top of a test file; the fields are new for each test. 李平 is signed in, with everything the office had. */
export function useFreshTown(inFront?: () => Promise<InFront>, on: Disk = {}): FreshTown {
  const town = {} as FreshTown;
  let before: InFront | undefined;
  const open = async () => {
    ({ context: town.tablet, page: town.page } = await openTablet({ profile: town.profile, args: on.args }));
  };
  town.killAndOpen = async (meanwhile) => {
    await killBrowser(town.profile);
    meanwhile?.();
    await open();
  };
  town.expectOnce = (texts, photos) => expectOnce(town, texts, photos);

  beforeAll(buildOnce);
  beforeEach(async () => {
    town.folder = await foundTown();
    before = await inFront?.();
    town.server = await startServer({
      dataFolder: town.folder,
      ...(before && { port: before.port, env: { ORIGIN: before.origin } })
    });
    town.origin = before?.origin ?? town.server.origin;
    town.profile = await mkdtemp(join(on.folder?.() ?? tmpdir(), 'xunge-profile-'));
    await open();
    await signInAs(town.page, town.origin, 'liping');
    await untilReady(town.page);
  });
  afterEach(async () => {
    await town.tablet.close();
    await town.server.stop();
    await before?.close();
    await rm(town.folder, { recursive: true, force: true });
    await rm(town.profile, { recursive: true, force: true, maxRetries: 5 });
  });
  return town;
}

async function expectOnce(town: FreshTown, texts: readonly string[], photos: number): Promise<void> {
  const { page, origin, folder } = town;
  // A browser writes its cookies down now and then: a kill soon after sign-in forgets the session, and nothing else.
  const line = page.locator('header a.safe, header a[href="/sign-in?again"]');
  await page.goto(origin);
  await line.waitFor({ timeout: 60_000 });
  if (await page.locator('header a.safe').isHidden()) await signInAs(page, origin, 'liping');
  await page.goto(`${origin}/waiting`);
  await page.getByText('没有待上报的内容').waitFor({ timeout: 60_000 });
  const bodies = acceptedChanges(folder).map(({ body }) => body);
  for (const text of texts) expect(bodies.filter((body) => body.includes(`"${text}"`))).toHaveLength(1);
  const stored = queryStore<{ stored_at: string | null }>(folder, 'SELECT stored_at FROM photo');
  expect(stored).toHaveLength(photos);
  expect(stored.every((photo) => photo.stored_at !== null)).toBe(true);
}
