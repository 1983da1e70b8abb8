// Row 14: ten pictures of twelve megapixels, one after the other, on a tablet with little memory.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchTablet } from '../../support/browser';
import { canMeasureMemory, residentBytes } from '../../support/device-harness/memory';
import { enter, openDevicePage, type DevicePage } from '../../support/device-harness/open';
import { choose, save, tabletRows } from '../../support/field';
import { useFreshTown } from '../../support/use-fresh-town';

const rounds = 10;

/** The most memory that this browser takes while `work` runs. */
async function peakOf(profile: string, work: () => Promise<void>): Promise<number> {
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, residentBytes(profile))), 50);
  await work();
  clearInterval(timer);
  return peak;
}

/** The second half takes no more than the first: what one needs is given back, if not at once. */
function expectFlat(peaks: readonly number[]): void {
  const mib = peaks.map((bytes) => Math.round(bytes / 2 ** 20));
  const half = peaks.length / 2;
  expect(Math.max(...peaks.slice(half)), `peaks in MiB: ${mib.join(', ')}`).toBeLessThan(
    1.25 * Math.max(...peaks.slice(0, half))
  );
}

/** `noise` is as large as a file gets; `quarters` is small as a file, and as large in memory. */
async function makePicture(page: Page, kind: 'noise' | 'quarters'): Promise<Buffer> {
  const bytes = await page.evaluate((kind) => window.device[kind](4000, 3000, 'image/jpeg'), kind);
  return Buffer.from(bytes, 'base64');
}

describe('hostile 14: ten pictures of twelve megapixels in a row', () => {
  let site: DevicePage;
  let profile: string;
  let context: BrowserContext;
  let page: Page;
  let picture: Buffer;
  beforeAll(async () => {
    site = await openDevicePage();
    profile = await mkdtemp(join(tmpdir(), 'xunge-device-profile-'));
    context = await launchTablet({ profile });
    page = await enter(context.pages()[0]!, site.origin);
    picture = await makePicture(page, 'quarters');
    site.files.set('12.jpg', await makePicture(page, 'noise'));
  });
  afterAll(async () => {
    await context?.close();
    await site?.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  test.skipIf(!canMeasureMemory)('leave the memory of their worker as it was', async () => {
    await enter(page, site.origin);
    const peaks: number[] = [];
    for (let round = 0; round < rounds; round++)
      peaks.push(
        await peakOf(profile, async () => {
          const width = await page.evaluate(async () => {
            const bytes = await (await fetch('/files/12.jpg')).arrayBuffer();
            const result = await window.device.processPhoto(bytes, 'image/jpeg');
            return result.ok && result.photo.width;
          });
          expect(width).toBe(1600);
        })
      );
    expectFlat(peaks);
  });

  describe('in one form of the app', () => {
    const here = useFreshTown();

    test.skipIf(!canMeasureMemory)('leave the memory as it was, and all of them are saved', async () => {
      const { page, origin, tablet } = here;
      await tablet.setOffline(true);
      await page.goto(`${origin}/issues/new`);
      const file = { name: 'IMG_0012.JPG', mimeType: 'image/jpeg', buffer: picture };
      const ready = async () =>
        (await tabletRows<{ state: string }>(page, 'photos')).filter(({ state }) => state === 'ready').length;
      const peaks: number[] = [];
      for (let round = 1; round <= rounds; round++)
        peaks.push(
          await peakOf(here.profile, async () => {
            if (round > 1) await page.getByRole('button', { name: '再拍一张' }).click();
            await page.locator('input[type=file][multiple]').setInputFiles([file]);
            await expect.poll(ready, { timeout: 60_000 }).toBe(round);
          })
        );
      expectFlat(peaks);
      await choose(page, 'C13');
      await save(page);
      expect(await tabletRows(page, 'originals')).toEqual([]);
      await tablet.setOffline(false);
      await here.expectOnce([], rounds);
    });
  });
});
