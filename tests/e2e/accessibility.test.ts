// Every tablet screen for people who see, hear or move otherwise: axe in both languages, and a pass with the keyboard alone.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations } from '../support/axe';
import { launchTablet } from '../support/browser';
import { buildOnce, startServer, type TestServer } from '../support/server';
import { foundTown, insideGridOne, signInAs } from '../support/town';

let server: TestServer;

beforeAll(async () => {
  await buildOnce();
  server = await startServer({ dataFolder: await foundTown() });
});
afterAll(() => server.stop());

const screens = [
  '/',
  '/map',
  '/tasks',
  '/mine',
  '/waiting',
  '/settings',
  '/phones',
  '/patrol',
  '/needs/new',
  '/issues/new'
];

for (const language of ['zh', 'en'] as const)
  describe(`the tablet's screens in ${language}`, () => {
    let tablet: BrowserContext;
    let page: Page;

    beforeAll(async () => {
      tablet = await launchTablet({ geolocation: insideGridOne });
      await tablet.addCookies([{ name: 'xunge-language', value: language, url: server.origin }]);
      page = tablet.pages()[0]!;
    });
    afterAll(() => tablet.close());

    test('sign-in has no violations', async () => {
      await page.goto(`${server.origin}/sign-in`);
      await page.locator('form').waitFor();
      expect(await axeViolations(page)).toEqual([]);
    });

    test('no screen behind it has any', async () => {
      await signInAs(page, server.origin, 'liping');
      await page.locator('nav').waitFor();
      const found: Record<string, unknown> = {};
      for (const screen of screens) {
        await page.goto(`${server.origin}${screen}`);
        await page.locator('main h1, main section').first().waitFor({ state: 'attached' });
        const violations = await axeViolations(page);
        if (violations.length) found[screen] = violations;
      }
      expect(found).toEqual({});
    });
  });

describe('a person with a keyboard alone', () => {
  let tablet: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    tablet = await launchTablet({ geolocation: insideGridOne });
    page = tablet.pages()[0]!;
  });
  afterAll(() => tablet.close());

  /** Tabs on until what has the focus fits; fails after far too many steps. */
  async function tabTo(fits: string): Promise<void> {
    for (let step = 0; step < 80; step++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, fits)) return;
    }
    throw new Error(`the keyboard does not reach ${fits}`);
  }

  test('signs in and records a need', async () => {
    await page.goto(`${server.origin}/sign-in`);
    await page.locator('form').waitFor();
    await tabTo('input[autocomplete=username]');
    await page.keyboard.type('liping');
    await tabTo('input[type=password]');
    await page.keyboard.type('a long test password');
    await page.keyboard.press('Enter');
    await page.getByText('全部已到社区').waitFor();
    await tabTo('a[href="/needs/new"]');
    await page.keyboard.press('Enter');
    await page.locator('.tiles button').first().waitFor();
    await tabTo('[data-code=N01]');
    await page.keyboard.press('Enter');
    await tabTo('textarea');
    await page.keyboard.type('代取降压药');
    await tabTo('footer button');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${server.origin}/`);
    await page.goto(`${server.origin}/mine`);
    await page.getByText('代取降压药').waitFor();
  });
});
