// Photographs the app as the demo fills it, so that no picture in the README is older than the screens:
//   npm run screenshots                             the four pictures of the README, into docs/screenshots
//   npx node scripts/screenshots.ts --all <folder>   every screen in both languages and both sizes, to look at
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { BrowserContext, Page } from 'playwright-core';
import type { DemoAccount, seedDemo } from '../demo/seed';
import { launchDesk, launchTablet } from '../tests/support/browser.ts';
import { buildOnce, startServer } from '../tests/support/server.ts';
import { importWithVite } from './import-with-vite.ts';

const projectRoot = path.join(import.meta.dirname, '..');
const maxBytes = 250 * 1024;
const upright = { width: 800, height: 1280 };
/** The map in every detail of `upright` would be larger than a README wants. */
const smaller = { width: 640, height: 1024 };
const wide = { width: 1280, height: 800 };
/** Beside the gym corner of 机械厂老院, in 李平's first grid. */
const whereLiPingStands = { longitude: 104.1248, latitude: 30.654, accuracy: 12 };

/** 王丽 works for two communities; this is the one with the stories. */
const changtianlu = '510108011007';

type Size = typeof upright;
type Language = 'zh' | 'en';
type View = { name: string; open: (page: Page) => Promise<void> };
type Studio = { origin: string; folder: string; accounts: DemoAccount[]; cameraFile: string };

const go =
  (address: string, ready = 'main h1') =>
  async (page: Page) => {
    await page.goto(new URL(address, page.url()).href);
    await page.locator(ready).first().waitFor();
  };
const click = (selector: string) => (page: Page) => page.locator(selector).first().click();
const inTurn =
  (...steps: ((page: Page) => Promise<void>)[]) =>
  async (page: Page) => {
    for (const step of steps) await step(page);
  };

/** From the shutter to a sheet that only wants to be saved. */
async function fillSheet(page: Page): Promise<void> {
  await go('/issues/new', '.shutter:enabled')(page);
  await page.locator('.shutter').click();
  await page.locator('.sheet .photos img').first().waitFor();
  await page.locator('[data-code=C01]').click();
  await page.locator('textarea').fill('健身角漫步机左踏板的螺丝松了，踩上去晃。');
  await page.locator('textarea').blur();
  await page.evaluate(() => window.scrollTo(0, 0));
}

/** A record saved without a network: the only way to see the outbox with something in it. Nothing comes after it. */
async function waitWithout(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await fillSheet(page);
  await page.locator('footer button').click();
  await page.waitForURL((url) => url.pathname === '/');
  await go('/waiting')(page);
}

/** The first record of the list that has a picture, open beside it. */
async function openWithPhoto(page: Page): Promise<void> {
  await openInbox(page);
  await page
    .locator('.list li a', { hasText: /张照片|photo/ })
    .first()
    .click();
  await page.locator('.record img').first().waitFor();
}

const openInbox = go(`/office/inbox?community=${changtianlu}`, '.list li a');

const today: View = { name: 'today', open: go('/', 'main li a') };
const sheet: View = { name: 'capture', open: fillSheet };
const map: View = { name: 'map', open: go('/map', '.leaflet-container') };
const inbox: View = { name: 'inbox', open: openWithPhoto };

/** Forms come last: what they leave behind would stand in the other pictures. */
const tabletViews: View[] = [
  today,
  map,
  { name: 'tasks', open: go('/tasks') },
  { name: 'mine', open: go('/mine', 'main li a') },
  { name: 'record', open: inTurn(go('/mine', 'main li a'), click('main li a:has(img)'), shown('main h1')) },
  { name: 'phones', open: go('/phones') },
  { name: 'settings', open: go('/settings') },
  { name: 'opinions', open: go('/opinions', 'textarea') },
  { name: 'readiness', open: go('/readiness', 'main li') },
  { name: 'readiness-line', open: inTurn(go('/', 'summary'), click('summary'), shown('details li')) },
  { name: 'patrol', open: inTurn(go('/', '.acts > *'), click('.acts > *'), shown('main h1')) },
  { name: 'camera', open: go('/issues/new', '.shutter:enabled') },
  sheet,
  { name: 'handovers', open: go('/handovers', 'main h1') },
  { name: 'handover-new', open: go('/handovers/new', 'main textarea') },
  { name: 'need', open: go('/needs/new', '[data-code=N01]') },
  { name: 'waiting', open: waitWithout },
  { name: 'lifeline', open: go('/lifeline', 'input.passphrase') }
];
const deskViews: View[] = [
  { name: 'inbox-list', open: openInbox },
  inbox,
  { name: 'inbox-map', open: go('/office/inbox?view=map', '.leaflet-container') },
  { name: 'cases', open: go('/office/cases', 'tbody a') },
  { name: 'case', open: inTurn(go('/office/cases', 'tbody a'), click('tbody a'), shown('h1')) },
  { name: 'handovers', open: go('/office/handovers', 'h1') },
  { name: 'hand-in', open: go('/office/hand-in', 'form') },
  { name: 'privacy-person', open: go('/office/privacy/person', 'form') }
];
const unitViews: View[] = [
  { name: 'unit-cases', open: go('/office/cases', 'tbody a') },
  { name: 'unit-case', open: inTurn(go('/office/cases', 'tbody a'), click('tbody a'), shown('h1')) }
];
const adminViews: View[] = [
  { name: 'admin-opening', open: go('/office/opening', 'h1') },
  { name: 'admin-grids', open: go('/office/opening/grids', 'h1') },
  { name: 'admin-buildings', open: go('/office/opening/buildings', 'h1') },
  { name: 'admin-categories', open: go('/office/opening/categories', 'h1') },
  { name: 'admin-needs', open: go('/office/opening/needs', 'h1') },
  { name: 'admin-calendar', open: go('/office/opening/calendar', 'h1') },
  { name: 'admin-tracks', open: go('/office/opening/tracks', 'h1') },
  { name: 'admin-access', open: go('/office/access', 'h1') },
  { name: 'admin-privacy', open: go('/office/privacy', 'h1') },
  { name: 'admin-opinions', open: go('/office/opinions', 'h1') },
  { name: 'admin-offline', open: go('/office/opening/offline', 'h1') },
  { name: 'admin-borders', open: go('/office/opening/borders', '.leaflet-container') },
  { name: 'admin-people', open: go('/office/people', 'h1') },
  { name: 'admin-account', open: go('/office/account', 'h1') },
  { name: 'admin-settings', open: go('/office/settings', 'h1') }
];

function shown(selector: string) {
  return (page: Page) => page.locator(selector).first().waitFor();
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { all: { type: 'string' } } });
  await buildOnce();
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'xunge-screenshots-'));
  try {
    const accounts = await fill(dataFolder);
    const server = await startServer({ dataFolder });
    const folder = path.resolve(values.all ?? path.join(projectRoot, 'docs/screenshots'));
    mkdirSync(folder, { recursive: true });
    const cameraFile = path.join(dataFolder, 'camera.mjpeg');
    // What the browser's fake camera sees: a drawn picture of the demo instead of its test pattern.
    writeFileSync(cameraFile, readFileSync(path.join(projectRoot, 'demo/pictures/walker-loose.jpg')));
    const studio = { origin: server.origin, folder, accounts, cameraFile };
    await (values.all === undefined ? takeFour(studio) : takeAll(studio));
    await server.stop();
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

async function fill(folder: string): Promise<DemoAccount[]> {
  const seed = await importWithVite<{ seedDemo: typeof seedDemo }>('demo/seed.ts');
  return (await seed.seedDemo(folder, Date.now())).accounts;
}

async function takeFour(studio: Studio): Promise<void> {
  await withPage(studio, 'liping', upright, 'zh', (page) => takeViews(page, studio, [today, sheet]));
  await withPage(studio, 'liping', smaller, 'zh', (page) => takeViews(page, studio, [map]));
  await withPage(studio, 'wangli', wide, 'zh', (page) => takeViews(page, studio, [inbox]));
}

async function takeAll(studio: Studio): Promise<void> {
  for (const language of ['zh', 'en'] as const)
    for (const size of [upright, wide]) {
      const take = (login: string, views: View[]) =>
        withPage(studio, login, size, language, (page) =>
          takeViews(page, studio, views, `-${language}-${size.width}`)
        );
      await take('liping', tabletViews);
      await take('wangli', deskViews);
      await take('zhang', unitViews);
      await take('admin', adminViews);
    }
}

/** A browser of its own for each person, signed in as people do it. */
async function withPage(
  { origin, accounts, cameraFile }: Studio,
  login: string,
  size: Size,
  language: Language,
  work: (page: Page) => Promise<void>
): Promise<void> {
  const options = { viewport: size, geolocation: whereLiPingStands };
  const context: BrowserContext = await (login === 'liping'
    ? launchTablet({ ...options, args: [`--use-file-for-fake-video-capture=${cameraFile}`] })
    : launchDesk(options));
  try {
    await context.addCookies([{ name: 'xunge-language', value: language, url: origin }]);
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(`${origin}/sign-in`);
    await page.getByRole('textbox').first().fill(login);
    await page
      .locator('input[type=password]')
      .fill(accounts.find((account) => account.login === login)!.password);
    await page.locator('button[type=submit]').click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    if (login === 'liping') await page.locator('main li a').first().waitFor({ timeout: 60_000 });
    await work(page);
  } finally {
    await context.close();
  }
}

/** A screen that does not come is named, and the others are still taken. */
async function takeViews(page: Page, studio: Studio, views: readonly View[], suffix = ''): Promise<void> {
  for (const { name, open } of views) {
    try {
      await open(page);
    } catch (fault) {
      console.error(`${name}${suffix}: ${String(fault).split('\n')[0]}`);
      process.exitCode = 1;
    }
    // Pictures and map tiles follow the page; there is nothing else to wait for.
    await page.waitForTimeout(1_500);
    const file = path.join(studio.folder, `${name}${suffix}.png`);
    await page.screenshot({ path: file, scale: 'css', animations: 'disabled' });
    const { size } = statSync(file);
    console.log(`${path.relative(projectRoot, file)}: ${Math.round(size / 1024)} kB`);
    if (suffix === '' && size > maxBytes) {
      console.error(`${name} is larger than ${maxBytes / 1024} kB`);
      process.exitCode = 1;
    }
  }
}

await main();
