import type { Page } from 'playwright-core';
import { choose, shoot, tabletRows } from '../../tests/support/field';
import type { QueuedPhoto } from '../../src/lib/data/database';
import { repeat, type Line } from '../line';
import { slowDown, tapUntil, withTablet, type BenchTablet } from '../tablet';

/** A 12-megapixel JPEG with as much detail as a camera's, drawn in the page. */
async function drawTwelveMegapixels(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(4000, 3000);
    const context = canvas.getContext('2d')!;
    for (let spot = 0; spot < 60_000; spot++) {
      context.fillStyle = `hsl(${(spot * 47) % 360} 60% ${20 + ((spot * 31) % 60)}%)`;
      context.fillRect((spot * 7919) % 4000, (spot * 104_729) % 3000, 30, 20);
    }
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let binary = '';
    for (let start = 0; start < bytes.length; start += 0x8000)
      binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
    return btoa(binary);
  });
  return Buffer.from(base64, 'base64');
}

/** A filled sheet with a 12-megapixel picture from the album, ready to be saved. */
async function fillSheet({ page, origin }: BenchTablet, picture: Buffer): Promise<void> {
  await page.goto(`${origin}/issues/new`);
  const file = { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: picture };
  await page.locator('input[type=file][multiple]').setInputFiles([file]);
  await choose(page, 'C01');
  await page.locator('[data-code=C01][aria-pressed=true]').waitFor();
}

/** Resolves when so many pictures are on the tablet and none of them waits to be worked on. */
async function photosReady(page: Page, count: number): Promise<void> {
  const areReady = (photos: QueuedPhoto[]) =>
    photos.length >= count && photos.every(({ state }) => state !== 'raw');
  while (!areReady(await tabletRows<QueuedPhoto>(page, 'photos'))) await page.waitForTimeout(50);
}

const saidSaved = { selector: 'div[aria-live] strong', text: '-' };

const confirmation: Line = {
  id: 'U3',
  what: 'tap 保存 to "saved", 12-MP picture just chosen, processor 4× slower',
  unit: 'ms',
  bar: 300,
  measure: () =>
    withTablet(async (tablet) => {
      const picture = await drawTwelveMegapixels(tablet.page);
      await slowDown(tablet.page, 4);
      return repeat(7, async (round) => {
        await photosReady(tablet.page, round);
        await fillSheet(tablet, picture);
        return tapUntil(tablet.page, 'footer button', saidSaved);
      });
    })
};

const behind: Line = {
  id: 'U3b',
  what: 'photo work behind it: from a 12-MP picture chosen to processed, hashed and stored, page 4× slower',
  unit: 's',
  bar: 3,
  measure: () =>
    withTablet(async (tablet) => {
      const picture = await drawTwelveMegapixels(tablet.page);
      await slowDown(tablet.page, 4);
      return repeat(5, async (round) => {
        await tablet.page.goto(`${tablet.origin}/issues/new`);
        const file = { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: picture };
        await tablet.page.locator('input[type=file][multiple]').setInputFiles([file]);
        const started = performance.now();
        await photosReady(tablet.page, round + 1);
        return (performance.now() - started) / 1000;
      });
    })
};

const memory: Line = {
  id: 'U3c',
  what: 'page memory after ten such saves, over what it was after the first',
  unit: 'MB',
  bar: 3,
  measure: () =>
    withTablet(async (tablet) => {
      const { page } = tablet;
      const picture = await drawTwelveMegapixels(page);
      const session = await page.context().newCDPSession(page);
      const heapAfterSave = async () => {
        await fillSheet(tablet, picture);
        await tapUntil(page, 'footer button', saidSaved);
        await session.send('HeapProfiler.collectGarbage');
        return (await session.send('Runtime.getHeapUsage')).usedSize / 1e6;
      };
      const first = await heapAfterSave();
      for (let save = 0; save < 8; save++) await heapAfterSave();
      return { value: (await heapAfterSave()) - first };
    })
};

/** Counts what a finger did, in the page itself. */
async function countTaps(page: Page, work: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const bench = globalThis as { benchTaps?: number };
    bench.benchTaps = 0;
    addEventListener('pointerup', () => bench.benchTaps!++, { capture: true });
  });
  await work();
  return page.evaluate(() => (globalThis as { benchTaps?: number }).benchTaps!);
}

const saved = (page: Page) => page.locator('div[aria-live] strong', { hasText: /-\d{4}-\d+/ }).waitFor();

const tapsOfIssue: Line = {
  id: 'U4',
  what: 'an issue with a photo: taps after the shutter',
  unit: 'taps',
  bar: 3,
  measure: () =>
    withTablet(async ({ page, origin }) => {
      await page.goto(`${origin}/issues/new`);
      await shoot(page);
      const value = await countTaps(page, async () => {
        await page.locator('.tiles button').first().tap();
        await page.locator('footer button').tap();
        await saved(page);
      });
      return { value };
    })
};

const tapsOfNeed: Line = {
  id: 'U4b',
  what: "a resident's need: taps from 今天",
  unit: 'taps',
  bar: 4,
  measure: () =>
    withTablet(async ({ page, origin }) => {
      await page.goto(origin);
      const link = page.locator('main a[href="/needs/new"], nav a[href="/needs/new"]').first();
      const value = await countTaps(page, async () => {
        await link.tap();
        await page.locator('.tiles button').first().tap();
        await page.locator('footer button').tap();
        await saved(page);
      });
      return { value };
    })
};

const tapsOfPatrol: Line = {
  id: 'U4c',
  what: 'a patrol started: taps from 今天',
  unit: 'taps',
  bar: 1,
  measure: () =>
    withTablet(async ({ page, origin }) => {
      await page.goto(origin);
      const value = await countTaps(page, async () => {
        await page.getByRole('button', { name: /开始巡查/ }).tap();
        await page.waitForURL(`${origin}/patrol`);
      });
      return { value };
    })
};

export const saving: Line[] = [confirmation, behind, memory, tapsOfIssue, tapsOfNeed, tapsOfPatrol];
