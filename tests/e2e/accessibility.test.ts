// Every tablet screen for people who see, hear or move otherwise: axe in both languages, and a pass with the keyboard alone.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations } from '../support/axe';
import { launchDesk, launchTablet } from '../support/browser';
import { openRecord, recordIssue, untilArrived, untilReady } from '../support/field';
import { buildOnce, startServer, type TestServer } from '../support/server';
import { foundTown, insideGridOne, queryStore, signInAs, town } from '../support/town';

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
  '/readiness',
  '/settings',
  '/opinions',
  '/lifeline',
  '/phones',
  '/patrol',
  '/handovers',
  '/handovers/new',
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
      await untilReady(page);
      const found: Record<string, unknown> = {};
      for (const screen of screens) {
        await page.goto(`${server.origin}${screen}`);
        await page.locator('main h1, main section').first().waitFor({ state: 'attached' });
        const violations = await axeViolations(page);
        if (violations.length) found[screen] = violations;
      }
      expect(found).toEqual({});
    });

    test('nor has what opens on them', async () => {
      page.on('dialog', (dialog) => void dialog.accept());
      const found: Record<string, unknown> = {};
      const look = async (name: string) => {
        const violations = await axeViolations(page);
        if (violations.length) found[name] = violations;
      };
      const number = await recordIssue(page, server.origin, { text: '井盖松动', photo: true });
      await page.goto(`${server.origin}/issues/new`);
      await page.locator('.skip button').click();
      await page.locator('.ways button').first().click();
      await page.locator('dialog[open]').waitFor();
      await look('buildings');
      await page.keyboard.press('Escape');
      await page.locator('.ways button').nth(1).click();
      await page.locator('dialog[open] .leaflet-container').waitFor();
      await look('map to pick on');
      await page.keyboard.press('Escape');
      await openRecord(page, server.origin, number);
      await look('record');
      const acts = page.locator('.acts > button');
      for (let index = 0; index < (await acts.count()); index++) {
        await acts.nth(index).click();
        const sheet = page.locator('dialog[open]');
        if (!(await sheet.isVisible())) continue;
        await look(`sheet ${index}`);
        await page.keyboard.press('Escape');
        await sheet.waitFor({ state: 'detached' });
      }
      await page.locator('ul[aria-label] button').first().click();
      await page.locator('dialog[open] img').waitFor();
      await look('picture in full');
      await page.keyboard.press('Escape');
      // With its picture, while the grid is still this worker's.
      await untilArrived(page);
      await tablet.setOffline(true);
      await recordIssue(page, server.origin, { text: '网格交给别人了', photo: true });
      moveWorker('002');
      await tablet.setOffline(false);
      await page.goto(`${server.origin}/waiting`);
      await page.locator('article.refused').waitFor();
      await look('waiting, refused');
      moveWorker('001');
      expect(found).toEqual({});
    });

    test('in the dark too', async () => {
      await page.emulateMedia({ colorScheme: 'dark' });
      const found: Record<string, unknown> = {};
      for (const screen of ['/', '/mine', '/needs/new', '/settings', '/waiting', '/map']) {
        await page.goto(`${server.origin}${screen}`);
        await page.locator('main h1, main section').first().waitFor({ state: 'attached' });
        const violations = await axeViolations(page);
        if (violations.length) found[screen] = violations;
      }
      await page.emulateMedia({ colorScheme: 'light' });
      expect(found).toEqual({});
    });

    test('in the sun: text stands out sevenfold, and every target is a thumb wide', async () => {
      const found: Record<string, unknown> = {};
      for (const screen of screens) {
        await page.goto(`${server.origin}${screen}`);
        await page.locator('main h1, main section').first().waitFor({ state: 'attached' });
        const faint = await axeViolations(page, ['color-contrast-enhanced']);
        const small = await smallTargets(page);
        if (faint.length + small.length) found[screen] = { faint, small };
      }
      expect(found).toEqual({});
    });
  });

test('setting up has no violations', async () => {
  const empty = await startServer();
  const desk = await launchDesk();
  try {
    const link = /https?:\/\/\S+\/set-up\S*/.exec(empty.output())![0];
    const page = desk.pages()[0]!;
    await page.goto(link.replace(/^https?:\/\/[^/]+/, empty.origin));
    await page.locator('form').waitFor();
    expect(await axeViolations(page)).toEqual([]);
  } finally {
    await desk.close();
    await empty.stop();
  }
});

/** The grid is handed to somebody else. */
function moveWorker(grid: '001' | '002'): void {
  queryStore(
    server.dataFolder,
    "UPDATE account_grant SET area = ? WHERE account = (SELECT id FROM account WHERE login = 'liping')",
    `${town}${grid}`
  );
}

/** Buttons, links and fields of the page lower or narrower than a thumb (48 px), by their markup. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const targets = [
      ...document.querySelectorAll<HTMLElement>(
        'main :is(a, button, select, textarea), nav a, header a, footer button'
      )
    ];
    return targets
      .filter((target) => {
        const { width, height } = target.getBoundingClientRect();
        const isShown = width > 1 && height > 1 && getComputedStyle(target).visibility !== 'hidden';
        return isShown && (width < 47.5 || height < 47.5) && !target.closest('p, .leaflet-container');
      })
      .map(
        (target) =>
          `${Math.round(target.getBoundingClientRect().width)}×${Math.round(target.getBoundingClientRect().height)} ${target.outerHTML.slice(0, 120)}`
      );
  });
}

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
