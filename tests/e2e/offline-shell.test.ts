import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashPassword } from '../../src/lib/server/password';
import { saveAccount } from '../../src/lib/server/records/accounts';
import { closeStore } from '../../src/lib/server/store';
import { launchTablet } from '../support/browser';
import { gridOne, openOffice } from '../support/office';
import { buildOnce, startServer, type TestServer } from '../support/server';
import { countLoads, follow, untilShown } from '../support/shown-page';

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
  await page.locator('.frame').waitFor();
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  await page.reload();
  await untilShown(page);
});

afterEach(async () => {
  await tablet.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

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

  it('has every file of the build on the tablet, the photo worker too, but not what reads spreadsheets', async () => {
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
    const forTheDesk = emitted.filter((path) => path.startsWith('/spreadsheet/'));
    expect(forTheDesk).toHaveLength(1);
    expect(kept.filter((path) => path.startsWith(immutable)).sort()).toEqual(
      emitted
        .filter((path) => !forTheDesk.includes(path))
        .map((path) => immutable + path)
        .sort()
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
