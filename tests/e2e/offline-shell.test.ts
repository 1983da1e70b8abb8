import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commonWords } from '../../src/lib/messages/common';
import { hashPassword } from '../../src/lib/server/password';
import { saveAccount } from '../../src/lib/server/records/accounts';
import { closeStore } from '../../src/lib/server/store';
import { launchTablet } from '../support/browser';
import { buildNextRelease, type NextRelease } from '../support/next-release';
import { gridOne, openOffice } from '../support/office';
import { buildOnce, startServer, type TestServer } from '../support/server';

const liPing = { login: 'liping', password: 'walks-every-day' };
const builtFiles = fileURLToPath(new URL('../../build/client/_app/immutable', import.meta.url));

let dataFolder: string;
let server: TestServer;
let profile: string;
let tablet: BrowserContext;
let page: Page;

/** A fresh tablet that was signed in once and is served by its worker from then on. */
beforeAll(async () => {
  await buildOnce();
  const { folder, store } = await openOffice();
  dataFolder = folder;
  const passwordHash = await hashPassword(liPing.password);
  const grants = [{ role: 'gridWorker' as const, area: gridOne }];
  await saveAccount(
    store,
    { login: liPing.login, name: '李平', passwordHash, grants },
    '2026-11-01T00:00:00.000Z'
  );
  await closeStore(store);
  server = await startServer({ dataFolder });
});

afterAll(async () => {
  await server.stop();
  await rm(dataFolder, { recursive: true, force: true });
});

beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'xunge-profile-'));
  tablet = await launchTablet({ profile });
  page = tablet.pages()[0] ?? (await tablet.newPage());
  await page.goto(`${server.origin}/`);
  await page.locator('input[autocomplete=username]').fill(liPing.login);
  await page.locator('input[autocomplete=current-password]').fill(liPing.password);
  await page.locator('button[type=submit]').click();
  await page.waitForURL(`${server.origin}/`);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  await page.reload();
  await untilShown(page);
});

afterEach(async () => {
  await tablet.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

/** Every page of the app has a `main` with words in it, other than that it is being opened; a white page has not. */
async function untilShown(of: Page): Promise<void> {
  await of.locator('main', { hasText: /\S/, hasNotText: commonWords.zh.loading }).first().waitFor();
}

/** Follows a link inside the app, as a tap does, also where the page shows none. */
async function follow(of: Page, href: string): Promise<void> {
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

function countLoads(of: Page): () => number {
  let loads = 0;
  of.on('load', () => loads++);
  return () => loads;
}

describe('the app on a tablet without a network', () => {
  it('opens any page after one visit, with the server dead and the browser restarted', async () => {
    await tablet.close();
    await server.kill();
    try {
      tablet = await launchTablet({ profile });
      for (const path of [
        '/issues/new',
        '/settings?from=a+link',
        '/records/01934c00-0000-7000-8000-000000000000'
      ]) {
        const deepLink = await tablet.newPage();
        await deepLink.goto(server.origin + path);
        await untilShown(deepLink);
        expect(new URL(deepLink.url()).pathname).toBe(path.split('?')[0]);
      }
    } finally {
      await server.restart();
    }
  });

  it('has every file of the build on the tablet, the photo worker too, and nothing else', async () => {
    const emitted = (await readdir(builtFiles, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && !/\.(gz|br)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(builtFiles.length));
    await page.evaluate(() => fetch('/api/session').then((answer) => answer.text()));
    const [names, kept] = await page.evaluate(async () => {
      const found: string[] = [];
      for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys())
          found.push(new URL(request.url).pathname);
      return [await caches.keys(), found];
    });
    const immutable = '/_app/immutable';
    expect(names).toEqual([expect.stringMatching(/^xunge-build-/)]);
    expect(kept.filter((path) => path.startsWith(immutable)).sort()).toEqual(
      emitted.map((path) => immutable + path).sort()
    );
    expect(emitted.some((path) => path.startsWith('/workers/'))).toBe(true);
    expect(kept.filter((path) => !path.startsWith(immutable)).sort()).toEqual([
      '/icon.svg',
      '/manifest.webmanifest',
      '/shell'
    ]);
  });

  it('leaves the office, the interface and every POST to the server', async () => {
    const ask = (path: string, method: string) =>
      page.evaluate(
        ([to, how]) =>
          fetch(to, { method: how, redirect: 'manual' }).then(
            (answer) => answer.status,
            () => 'no answer'
          ),
        [path, method] as const
      );
    const seen: boolean[] = [];
    page.on('response', (response) => {
      if (response.request().method() === 'POST' || response.url().includes('/api/'))
        seen.push(response.fromServiceWorker());
    });
    expect(await ask('/shell', 'GET')).toBe(200);
    expect(await ask('/api/session', 'GET')).toBe(200);
    expect(await ask('/shell', 'POST')).not.toBe('no answer');
    expect(seen.length).toBeGreaterThanOrEqual(2);
    expect(seen).not.toContain(true);
    await server.kill();
    try {
      expect(await ask('/shell', 'GET')).toBe(200);
      expect(await ask('/shell', 'POST')).toBe('no answer');
      expect(await ask('/api/session', 'GET')).toBe('no answer');
      for (const path of [
        '/office',
        '/office/cases?state=closed',
        '/api/openapi.json',
        '/set-up?token=x',
        '/healthz',
        '/metrics'
      ]) {
        const tab = await tablet.newPage();
        await expect(tab.goto(server.origin + path)).rejects.toThrow('ERR_CONNECTION_REFUSED');
        await tab.close();
      }
    } finally {
      await server.restart();
    }
  });

  it('never loads again in a circle when a file stays away', async () => {
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.unregister());
    await tablet.close();
    tablet = await launchTablet({ profile, serviceWorkers: 'block' });
    page = await tablet.newPage();
    await page.goto(`${server.origin}/`);
    await untilShown(page);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await follow(page, '/settings');
    const lost = asked.find((url) => /\/immutable\/nodes\/.+\.js$/.test(url));
    expect(lost).toBeDefined();

    const unlucky = await tablet.newPage();
    let refused = 0;
    await unlucky.route(lost!, (route) => {
      refused++;
      return route.fulfill({ status: 404, body: 'gone' });
    });
    await unlucky.goto(`${server.origin}/`);
    await untilShown(unlucky);
    const loads = countLoads(unlucky);
    await follow(unlucky, '/settings');
    await pause(3000);
    await untilShown(unlucky);
    expect(refused).toBeGreaterThan(0);
    expect(loads()).toBeLessThanOrEqual(2);
  });
});

describe('a new release in the middle of a patrol', () => {
  let next: NextRelease;
  let nextServer: TestServer | undefined;

  beforeAll(async () => {
    next = await buildNextRelease();
  });

  afterAll(() => next.remove());

  /** The office changes over: the same address and store, the next release. */
  async function deploy(): Promise<void> {
    await server.kill();
    nextServer = await next.startServer({ dataFolder, port: Number(new URL(server.origin).port) });
  }

  afterEach(async () => {
    await nextServer?.stop();
    nextServer = undefined;
    await server.restart();
  });

  /** The framework names its global after the release. */
  const releaseOf = (of: Page) =>
    of.evaluate(() => Object.keys(globalThis).find((name) => name.startsWith('__sveltekit_')));

  const comeBack = (of: Page) => of.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

  const bar = (of: Page) => of.getByRole('status').filter({ hasText: '有新版本' });

  it('waits until it is accepted, and spares the tab with an open form', async () => {
    const old = await releaseOf(page);
    const second = await tablet.newPage();
    await second.goto(`${server.origin}/mine`);
    const writing = await tablet.newPage();
    await writing.goto(`${server.origin}/issues/new`);
    for (const tab of [second, writing]) await untilShown(tab);

    await deploy();
    await comeBack(page);
    await bar(page).waitFor();
    expect(await releaseOf(page)).toBe(old);
    await page.reload();
    await bar(page).waitFor();
    expect(await releaseOf(page)).toBe(old);

    const loads = [page, second, writing].map(countLoads);
    await bar(page).getByRole('button', { name: '更新' }).click();
    for (const tab of [page, second]) {
      await tab.waitForFunction((name) => !(name! in globalThis), old);
      await untilShown(tab);
    }
    await bar(writing).waitFor();
    await pause(2000);
    expect(loads.map((count) => count())).toEqual([1, 1, 0]);
    expect(await releaseOf(page)).toBe(await releaseOf(second));
    expect(await releaseOf(writing)).toBe(old);

    // Its own files are still there for it.
    await follow(writing, '/settings');
    expect(await releaseOf(writing)).toBe(old);
    expect(loads[2]!()).toBe(0);
  });

  it('comes by itself only while the app is out of sight with nothing open', async () => {
    const old = await releaseOf(page);
    await deploy();
    await comeBack(page);
    await bar(page).waitFor();
    const loads = countLoads(page);
    await page.evaluate(() => {
      // Traffic through the worker at this very moment would make Chromium hold the new one back.
      setInterval(() => void fetch('/api/session').catch(() => undefined), 20);
      Object.defineProperty(document, 'hidden', { get: () => true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await page.waitForFunction((name) => !(name! in globalThis), old);
    await untilShown(page);
    await pause(2000);
    expect(loads()).toBe(1);
  });

  it('never leaves a tab of the old one white when its files are gone', async () => {
    const old = await releaseOf(page);
    await deploy();
    // Half a build, the worst case: the shell is there and asks for pages that are nowhere any more.
    const lost = await page.evaluate(async () => {
      const [name] = await caches.keys();
      const kept = await caches.open(name!);
      const pages = (await kept.keys()).filter(({ url }) => url.includes('/immutable/nodes/'));
      return (await Promise.all(pages.map((request) => kept.delete(request)))).length;
    });
    expect(lost).toBeGreaterThan(2);
    await (await tablet.newCDPSession(page)).send('Network.clearBrowserCache');
    const loads = countLoads(page);
    await follow(page, '/settings');
    await page.waitForFunction((name) => !(name! in globalThis), old);
    await untilShown(page);
    await pause(2000);
    expect(await page.locator('[data-release=next]').count()).toBe(1);
    expect(loads()).toBeLessThanOrEqual(2);
  });
});
