// Row 19: the link is opened inside WeChat or another app, or in a browser that cannot keep work safe.
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { launchTablet } from '../../support/browser';
import { recordIssue } from '../../support/field';
import { acceptedChanges, signInAs } from '../../support/town';
import { useFreshTown } from '../../support/use-fresh-town';

const here = useFreshTown();
const phone = 'Mozilla/5.0 (Linux; Android 13; V2183A';
const engine = 'AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36';
const weChat = `${phone}; wv) ${engine} XWEB/1160065 MMWEBSDK/20231202 MicroMessenger/8.0.47.2560(0x28002F35) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64`;
const inWork = `${phone}; wv) ${engine} wxwork/4.1.20 MicroMessenger/7.0.1 NetType/WIFI`;

function withoutWorkers(): void {
  delete (Navigator.prototype as { serviceWorker?: unknown }).serviceWorker;
}

let other: BrowserContext | undefined;
afterEach(() => other?.close());

async function openIn(options: { userAgent?: string; init?: () => void }): Promise<Page> {
  other = await launchTablet({ permissions: ['clipboard-read', 'clipboard-write'], ...options });
  if (options.init) await other.addInitScript(options.init);
  return other.pages()[0]!;
}

/** Neither the form nor the camera is to be had on any page, signed in or not. */
async function expectNoRecording(page: Page, said: string): Promise<void> {
  for (const path of ['/', '/issues/new', '/needs/new', '/mine']) {
    await page.goto(here.origin + path);
    await page.getByRole('heading', { name: said }).waitFor();
    expect(await page.locator('textarea, video, .tiles, .shutter').count()).toBe(0);
  }
}

describe('hostile 19: a browser that is none', () => {
  test.each([
    ['WeChat', weChat],
    ['企业微信', inWork]
  ])('%s: says 请用浏览器打开 with a link to copy, and takes no record', async (_name, userAgent) => {
    const page = await openIn({ userAgent });
    await page.goto(`${here.origin}/sign-in`);
    await page.getByRole('heading', { name: '请用浏览器打开' }).waitFor();
    await page.getByRole('button', { name: '复制链接' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(here.origin);
    await signInAs(page, here.origin, 'chenlan');
    await expectNoRecording(page, '请用浏览器打开');
    const stores = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    expect(stores.filter((name) => /^xunge-[0-9a-f]{8}-/.test(name!))).toEqual([]);
  });

  test('without service workers: says that it is too old, and takes no record', async () => {
    const page = await openIn({ init: withoutWorkers });
    await signInAs(page, here.origin, 'chenlan');
    await expectNoRecording(page, '浏览器版本太旧');
  });

  test('that was one when the work was recorded: takes no more, and sends what is there', async () => {
    const { page, origin, tablet, folder } = here;
    await tablet.setOffline(true);
    await recordIssue(page, origin, { text: '换浏览器之前记的' });
    await tablet.addInitScript(withoutWorkers);
    await tablet.setOffline(false);
    await page.goto(`${origin}/issues/new`);
    await page.waitForFunction(() => document.querySelector('input.pin'));
    await page.getByRole('heading', { name: '浏览器版本太旧' }).waitFor();
    expect(await page.locator('textarea').count()).toBe(0);
    await expect.poll(() => acceptedChanges(folder).length, { timeout: 60_000 }).toBe(1);
  });
});
