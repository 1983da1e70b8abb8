// Row 10: a tablet without room, and a browser that throws a site's store away.
import { randomBytes } from 'node:crypto';
import type { CDPSession } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { choose, recordIssue, tabletRows } from '../../support/field';
import { password } from '../../support/town';
import { useFreshTown } from '../../support/use-fresh-town';

const here = useFreshTown();
let browser: CDPSession;
beforeEach(async () => (browser = await here.tablet.newCDPSession(here.page)));

/** Leaves the app so much room and no more. */
async function leaveRoom(bytes: number): Promise<void> {
  const used = await here.page.evaluate(async () => (await navigator.storage.estimate()).usage!);
  await browser.send('Storage.overrideQuotaForOrigin', { origin: here.origin, quotaSize: used + bytes });
}
const giveRoom = () => browser.send('Storage.overrideQuotaForOrigin', { origin: here.origin });

const picture = (bytes: number) => ({
  name: 'IMG_0001.HEIC',
  mimeType: 'image/heic',
  buffer: Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), randomBytes(bytes)])
});

describe('hostile 10: a full disk', () => {
  test('is warned of while a few pictures still fit', async () => {
    const { page, origin } = here;
    await leaveRoom(150 * 2 ** 20);
    await recordIssue(page, origin, { text: '快满了' });
    await page.getByRole('alert').filter({ hasText: '平板空间快满了' }).waitFor();
    await giveRoom();
    await here.expectOnce(['快满了'], 0);
  });

  test('takes the text though the picture does not fit: that is said, and nothing is called saved before', async () => {
    const { page, origin, tablet } = here;
    await tablet.setOffline(true);
    await page.goto(`${origin}/issues/new`);
    await page.locator('.skip button').click();
    await leaveRoom(1_000_000);
    await page.locator('textarea').fill('照片放不下，文字要留住');
    await choose(page, 'C13');
    await page
      .getByRole('button', { name: '再拍一张' })
      .or(page.getByRole('button', { name: '拍照' }))
      .first()
      .click();
    await page.locator('input[type=file][multiple]').setInputFiles([picture(8_000_000)]);
    await page.getByText('平板存储已满').waitFor();
    await page.locator('footer button').click();
    await page.waitForURL(`${origin}/`);
    await page.getByRole('alert').filter({ hasText: '平板空间已满' }).waitFor();
    await here.killAndOpen();
    await here.tablet.setOffline(true);
    await here.page.goto(`${origin}/mine`);
    await here.page.locator('main li', { hasText: '照片放不下，文字要留住' }).waitFor();
    await here.tablet.setOffline(false);
    await here.expectOnce(['照片放不下，文字要留住'], 0);
  });

  test('without room for a single word says that nothing was saved, keeps the form, and saves it once there is room', async () => {
    const { page, origin } = here;
    await page.goto(`${origin}/issues/new`);
    await page.locator('.skip button').click();
    await page.locator('textarea').fill('一个字也放不下');
    await choose(page, 'C13');
    await leaveRoom(-1_000_000);
    await page.locator('footer button').click();
    await page.getByText('平板存储已满，没能保存').waitFor();
    expect(await page.locator('textarea').inputValue()).toBe('一个字也放不下');
    expect(await tabletRows(page, 'outbox')).toEqual([]);
    expect(await tabletRows(page, 'records')).toEqual([]);
    await giveRoom();
    await page.locator('footer button').click();
    await page.waitForURL(`${origin}/`);
    await here.expectOnce(['一个字也放不下'], 0);
  });
});

describe('hostile 10: an evicted store', () => {
  /** What Chromium does when it needs room: databases, caches and workers go; cookies and localStorage stay. */
  async function evict(): Promise<void> {
    await here.page.goto('about:blank');
    const storageTypes = 'indexeddb,cache_storage,service_workers,file_systems';
    await browser.send('Storage.clearDataForOrigin', { origin: here.origin, storageTypes });
  }

  test('with unsent work is noticed at start and said, until it was read', async () => {
    const { page, origin, tablet } = here;
    await tablet.setOffline(true);
    await recordIssue(page, origin, { text: '被清掉的第一条' });
    await recordIssue(page, origin, { text: '被清掉的第二条' });
    await page.locator('header a', { hasText: '2 条在本机' }).waitFor();
    await evict();
    await tablet.setOffline(false);
    await page.goto(origin);
    await page.waitForURL(/sign-in/);
    const said = page.getByRole('alert').filter({ hasText: '当时还有 2 条没报上去' });
    await said.waitFor();
    await page.locator('input[autocomplete=username]').fill('liping');
    await page.locator('input[type=password]').fill(password);
    await page.locator('button[type=submit]').click();
    await said.waitFor();
    await page.reload();
    await said.getByRole('button', { name: '知道了' }).click();
    await said.waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('header a.safe').waitFor({ timeout: 60_000 });
    expect(await said.count()).toBe(0);
  });

  test('with nothing unsent is no loss: everything comes again from the office, and nothing is said', async () => {
    const { page, origin } = here;
    await recordIssue(page, origin, { text: '早就到社区了' });
    await here.expectOnce(['早就到社区了'], 0);
    await evict();
    await page.goto(origin);
    await page.waitForURL(/sign-in/);
    await page.locator('input[autocomplete=username]').fill('liping');
    await page.locator('input[type=password]').fill(password);
    await page.locator('button[type=submit]').click();
    await page.locator('header a.safe').waitFor({ timeout: 60_000 });
    await page.goto(`${origin}/mine`);
    await page.locator('main li', { hasText: '早就到社区了' }).waitFor({ timeout: 60_000 });
    expect(await page.getByText('被清除过').count()).toBe(0);
  });
});
