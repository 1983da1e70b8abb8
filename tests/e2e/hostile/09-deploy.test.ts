// Row 9: the office puts a new release in place while people walk with the old one, or have not opened it for weeks.
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openRecord, openTablet, recordIssue, tabletRows } from '../../support/field';
import { buildNextRelease, type NextRelease } from '../../support/next-release';
import { buildOnce, type TestServer } from '../../support/server';
import { countLoads, follow, untilShown } from '../../support/shown-page';
import { acceptedChanges, queryStore, signInAs } from '../../support/town';
import { useFreshTown } from '../../support/use-fresh-town';
import { giveOwnClock, setClock } from '../../support/wrong-clock';

const here = useFreshTown();
let next: NextRelease;
let nextServer: TestServer | undefined;

beforeAll(async () => {
  await buildOnce();
  next = await buildNextRelease();
});
afterAll(() => next.remove());
afterEach(async () => {
  await nextServer?.stop();
  nextServer = undefined;
});

/** The office changes over: the same address and store, the next release. */
async function deploy(): Promise<void> {
  await here.server.kill();
  nextServer = await next.startServer({
    dataFolder: here.folder,
    port: Number(new URL(here.origin).port)
  });
}

/** The framework names its global after the release. */
const releaseOf = (of: Page) =>
  of.evaluate(() => Object.keys(globalThis).find((name) => name.startsWith('__sveltekit_')));

const comeBack = (of: Page) => of.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

const leaveSight = (of: Page) =>
  of.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  });

const bar = (of: Page) => of.getByRole('status').filter({ hasText: '有新版本' });

const weeksMs = 7 * 86_400_000;

describe('hostile 9: a new release in the middle of a patrol', () => {
  test('waits until it is accepted, and spares the tab with an open form', async () => {
    const old = await releaseOf(here.page);
    const second = await here.tablet.newPage();
    await second.goto(`${here.origin}/mine`);
    const writing = await here.tablet.newPage();
    await writing.goto(`${here.origin}/issues/new`);
    for (const tab of [second, writing]) await untilShown(tab);

    await deploy();
    await comeBack(here.page);
    await bar(here.page).waitFor();
    expect(await releaseOf(here.page)).toBe(old);
    await here.page.reload();
    await bar(here.page).waitFor();
    expect(await releaseOf(here.page)).toBe(old);

    const loads = [here.page, second, writing].map(countLoads);
    await bar(here.page).getByRole('button', { name: '更新' }).click();
    for (const tab of [here.page, second]) {
      await tab.waitForFunction((name) => !(name! in globalThis), old);
      await untilShown(tab);
    }
    await bar(writing).waitFor();
    await pause(2000);
    expect(loads.map((count) => count())).toEqual([1, 1, 0]);
    expect(await releaseOf(here.page)).toBe(await releaseOf(second));
    expect(await releaseOf(writing)).toBe(old);

    // Its own files are still there for it.
    await follow(writing, '/settings');
    expect(await releaseOf(writing)).toBe(old);
    expect(loads[2]!()).toBe(0);
  });

  test('comes by itself only while the app is out of sight with nothing open', async () => {
    const old = await releaseOf(here.page);
    await deploy();
    await comeBack(here.page);
    await bar(here.page).waitFor();
    const loads = countLoads(here.page);
    // Traffic through the worker at this very moment would make Chromium hold the new one back.
    await here.page.evaluate(() => void setInterval(() => void fetch('/api/session').catch(() => 0), 20));
    await leaveSight(here.page);
    await here.page.waitForFunction((name) => !(name! in globalThis), old);
    await untilShown(here.page);
    await pause(2000);
    expect(loads()).toBe(1);
  });

  test('breaks off no picture that is chosen for a record, and no lifeline file', async () => {
    const { page, origin } = here;
    const old = await releaseOf(page);
    const number = await recordIssue(page, origin);
    await openRecord(page, origin, number);
    await deploy();
    await comeBack(page);
    await bar(page).waitFor();
    const loads = countLoads(page);
    // The camera or the album is in front.
    await leaveSight(page);
    await pause(3000);
    await follow(page, '/lifeline');
    await comeBack(page);
    await pause(3000);
    expect(loads()).toBe(0);
    await follow(page, '/mine');
    await comeBack(page);
    await page.waitForFunction((name) => !(name! in globalThis), old);
  });

  test('never leaves a tab of the old one white when its files are gone', async () => {
    const old = await releaseOf(here.page);
    await deploy();
    // Half a build, the worst case: the shell is there and asks for pages that are nowhere any more.
    const lost = await here.page.evaluate(async () => {
      const [name] = await caches.keys();
      const kept = await caches.open(name!);
      const pages = (await kept.keys()).filter(({ url }) => url.includes('/immutable/nodes/'));
      return (await Promise.all(pages.map((request) => kept.delete(request)))).length;
    });
    expect(lost).toBeGreaterThan(2);
    await (await here.tablet.newCDPSession(here.page)).send('Network.clearBrowserCache');
    const loads = countLoads(here.page);
    await follow(here.page, '/settings');
    await here.page.waitForFunction((name) => !(name! in globalThis), old);
    await untilShown(here.page);
    await pause(2000);
    expect(await here.page.locator('[data-release=next]').count()).toBe(1);
    expect(loads()).toBeLessThanOrEqual(2);
  });

  test('finds the outbox of the old one and sends it as it was written', async () => {
    const { page, origin, folder, tablet } = here;
    await tablet.setOffline(true);
    await recordIssue(page, origin, { text: '旧版写的一条', photo: true });
    await page.goto(`${origin}/issues/new`);
    await page.locator('.skip button').click();
    await page.locator('textarea').fill('旧版写到一半');
    await deploy();
    await tablet.setOffline(false);
    await page.goto(origin);
    await bar(page).waitFor({ timeout: 60_000 });
    const written = await tabletRows<{ id: string; body: string }>(page, 'outbox');
    await bar(page).getByRole('button', { name: '更新' }).click();
    await page.locator('[data-release=next]').waitFor({ state: 'attached', timeout: 60_000 });
    await page.getByRole('link', { name: /问题草稿.*旧版写到一半/ }).waitFor();
    await here.expectOnce(['旧版写的一条'], 1);
    for (const { id, body } of written)
      expect(acceptedChanges(folder).find((change) => change.id === id)?.body).toBe(body);
  });
});

describe('hostile 9: an app that was not opened for six weeks', () => {
  test('opens with what it has, says what waits, comes to the new release without circles, and sends all of it', async () => {
    const { origin, folder } = here;
    await giveOwnClock(here.tablet);
    await setClock(here.page, -6 * weeksMs);
    await here.tablet.setOffline(true);
    await recordIssue(here.page, origin, { text: '六周前的一条', photo: true });
    await expect
      .poll(async () => (await tabletRows<{ state: string }>(here.page, 'photos')).at(0)?.state, {
        timeout: 30_000
      })
      .toBe('ready');
    await here.tablet.close();
    await deploy();
    // Nobody's sign-in lasts that long.
    queryStore(folder, "UPDATE session SET expires_at = '2000-01-01'");

    ({ context: here.tablet, page: here.page } = await openTablet({ profile: here.profile }));
    const { page } = here;
    const loads = countLoads(page);
    await page.goto(`${origin}/mine`);
    await page.locator('main li', { hasText: '六周前的一条' }).waitFor();
    await page.locator('header a[href="/sign-in?again"]').waitFor({ timeout: 60_000 });
    await bar(page).waitFor({ timeout: 60_000 });
    await bar(page).getByRole('button', { name: '更新' }).click();
    await page.locator('[data-release=next]').waitFor({ state: 'attached', timeout: 60_000 });
    await untilShown(page);
    await pause(2000);
    expect(loads()).toBeLessThanOrEqual(3);
    await page.locator('header a[href="/sign-in?again"]').waitFor();
    await page.goto(`${origin}/waiting`);
    await page.locator('.loud', { hasText: '已经等了 42 天' }).waitFor();
    await signInAs(page, origin, 'liping');
    await here.expectOnce(['六周前的一条'], 1);
  });
});
