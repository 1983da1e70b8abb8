// Row 10: a tablet without room, and a browser that throws a site's store away.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { choose, recordIssue, tabletRows } from '../../support/field';
import { canMountDisk, mountSmallDisk, type SmallDisk } from '../../support/small-disk';
import { password } from '../../support/town';
import { useFreshTown } from '../../support/use-fresh-town';

const picture = (bytes: number) => ({
  name: 'IMG_0001.HEIC',
  mimeType: 'image/heic',
  buffer: Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), randomBytes(bytes)])
});

describe('hostile 10: a disk that fills up', () => {
  // Newer Chromium tells every page that 10 GiB are free. Where a browser tells the truth, it is passed on.
  const here = useFreshTown(undefined, { args: ['--disable-features=StaticStorageQuota'] });

  test.each([
    ['a few pictures still fit', 150, '平板空间快满了'],
    ['no picture fits any more', 10, '平板空间已满：文字还能保存']
  ])('is warned of when %s', async (_name, megabytes, said) => {
    const { page, origin, tablet } = here;
    const used = await page.evaluate(async () => (await navigator.storage.estimate()).usage!);
    const quotaSize = used + megabytes * 2 ** 20;
    const browser = await tablet.newCDPSession(page);
    await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
    await recordIssue(page, origin, { text: said });
    await page.getByRole('alert').filter({ hasText: said }).waitFor();
    await here.expectOnce([said], 0);
  });
});

describe('hostile 10: a store that is full', () => {
  const here = useFreshTown();

  /** Nothing larger than this can be written from now on; 0 ends it. */
  async function refuseFrom(bytes: number): Promise<void> {
    await here.page.evaluate((bytes) => {
      const original = { add: IDBObjectStore.prototype.add, put: IDBObjectStore.prototype.put };
      const known = window as unknown as { fullFrom?: number };
      if (known.fullFrom === undefined)
        for (const way of ['add', 'put'] as const)
          IDBObjectStore.prototype[way] = function (value: { bytes?: ArrayBuffer }, key?: IDBValidKey) {
            const size = value.bytes?.byteLength ?? 1;
            if (known.fullFrom && size >= known.fullFrom) throw new DOMException('', 'QuotaExceededError');
            return original[way].call(this, value, ...(key === undefined ? [] : [key]));
          };
      known.fullFrom = bytes;
    }, bytes);
  }

  test('takes the text though the picture does not fit: that is said, and only what is kept is called saved', async () => {
    const { origin, tablet } = here;
    await tablet.setOffline(true);
    await here.page.goto(`${origin}/issues/new`);
    await refuseFrom(1_000_000);
    await here.page.locator('input[type=file][multiple]').setInputFiles([picture(5_000_000)]);
    await here.page.getByText('平板存储已满').waitFor();
    await here.page.locator('textarea').fill('照片放不下，文字要留住');
    await choose(here.page, 'C13');
    await here.page.locator('footer button').click();
    await here.page.waitForURL(`${origin}/`);
    expect(await tabletRows(here.page, 'photos')).toEqual([]);
    await here.killAndOpen();
    await here.tablet.setOffline(true);
    await here.page.goto(`${origin}/mine`);
    await here.page.locator('main li', { hasText: '照片放不下，文字要留住' }).waitFor();
    await here.tablet.setOffline(false);
    await here.expectOnce(['照片放不下，文字要留住'], 0);
  });

  test('without room for a word: says that nothing was saved, keeps the form, and saves it once there is room', async () => {
    const { page, origin } = here;
    await page.goto(`${origin}/issues/new`);
    await page.locator('.skip button').click();
    await page.locator('textarea').fill('一个字也放不下');
    await choose(page, 'C13');
    await refuseFrom(1);
    await page.locator('footer button').click();
    await page.getByText('平板存储已满，没能保存').waitFor();
    expect(await page.locator('textarea').inputValue()).toBe('一个字也放不下');
    expect(await tabletRows(page, 'outbox')).toEqual([]);
    expect(await tabletRows(page, 'records')).toEqual([]);
    await refuseFrom(0);
    await page.locator('footer button').click();
    await page.waitForURL(`${origin}/`);
    await here.expectOnce(['一个字也放不下'], 0);
  });

  test('without room for a new form: says so instead of an empty page, and opens it once there is room', async () => {
    const { page, origin } = here;
    await page.goto(origin);
    // Opened by now: it asks for room itself, and again only after two seconds.
    await page.locator('a[href="/needs/new"]').waitFor();
    await refuseFrom(1);
    await page.locator('a[href="/needs/new"]').click();
    await page.getByText('平板存储已满，现在记不了新的').waitFor();
    await refuseFrom(0);
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.locator('textarea').waitFor();
  });
});

/** After a tap on 保存: true where it was saved, false where the form says that it was not. */
const savesOrSays = (page: Page, origin: string) =>
  Promise.race([
    page.waitForURL(`${origin}/`).then(() => true),
    page
      .getByText(/没能保存/)
      .waitFor()
      .then(() => false)
  ]);

// Where nobody may mount a disk, the test above stands alone.
describe.skipIf(!canMountDisk())('hostile 10: a disk without a byte left', () => {
  let disk: SmallDisk;
  // Before the tablet is opened on it.
  beforeAll(() => void (disk = mountSmallDisk(400)!));
  const here = useFreshTown(undefined, { folder: () => disk.folder });
  afterAll(() => disk.close());

  test('never makes the app say saved of what is not: all that it says is there after a restart, and arrives', async () => {
    const { origin } = here;
    await here.tablet.setOffline(true);
    await recordIssue(here.page, origin, { text: '还有地方的时候' });
    const said = ['还有地方的时候'];
    disk.fill();
    for (let round = 1; round <= 3; round++) {
      const text = `磁盘满了以后第 ${round} 条`;
      await here.page.goto(`${origin}/needs/new`);
      const form = here.page.locator('textarea');
      const full = here.page.getByText(/平板存储已满|打不开平板的本机存储/);
      // Either it opens, or it says why not: nobody is left before an empty page.
      await form.or(full).first().waitFor();
      if (!(await form.isVisible())) continue;
      await form.fill(text);
      await choose(here.page, 'N01');
      await here.page.locator('footer button').click();
      if (await savesOrSays(here.page, origin)) said.push(text);
    }
    disk.free();
    await here.killAndOpen();
    await here.tablet.setOffline(true);
    await here.page.goto(`${origin}/mine`);
    for (const text of said) await here.page.locator('main li', { hasText: text }).waitFor();
    await here.tablet.setOffline(false);
    await here.expectOnce(said, 0);
  });
});

describe.skipIf(!canMountDisk())('hostile 10: a disk that was full', () => {
  let disk: SmallDisk;
  beforeAll(() => void (disk = mountSmallDisk(400)!));
  const here = useFreshTown(undefined, { folder: () => disk.folder });
  afterAll(() => disk.close());

  test('is trusted again once there is room: what was saved before and after it outlives a restart', async () => {
    const { page, origin, tablet } = here;
    await tablet.setOffline(true);
    await recordIssue(page, origin, { text: '满之前记的' });
    // More than the last block of the store's log may have left; other room it may still find.
    const long = '满的时候写的'.repeat(200);
    await page.goto(`${origin}/needs/new`);
    await page.locator('.tiles button').first().waitFor();
    disk.fill();
    await page.locator('textarea').fill(long);
    await choose(page, 'N01');
    await page.locator('footer button').click();
    // Once, and again some seconds later, as people do.
    let isSaved = await savesOrSays(page, origin);
    if (!isSaved) {
      await page.waitForTimeout(3_000);
      await page.locator('footer button').click();
      isSaved = await savesOrSays(page, origin);
    }
    disk.free();
    while (!isSaved) {
      await page.locator('footer button').click();
      isSaved = await savesOrSays(page, origin);
    }
    await recordIssue(page, origin, { text: '有地方以后记的' });
    const said = ['满之前记的', long, '有地方以后记的'];
    await here.killAndOpen();
    await here.tablet.setOffline(true);
    await here.page.goto(`${origin}/mine`);
    for (const text of said) await here.page.locator('main li', { hasText: text }).waitFor();
    await here.tablet.setOffline(false);
    await here.expectOnce(said, 0);
  });
});

describe('hostile 10: an evicted store', () => {
  const here = useFreshTown();

  /** What Chromium does when it needs room: databases, caches and workers go; cookies and localStorage stay. */
  async function evict(): Promise<void> {
    await here.page.goto('about:blank');
    const storageTypes = 'indexeddb,cache_storage,service_workers,file_systems';
    const browser = await here.tablet.newCDPSession(here.page);
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
    await page.waitForURL(`${origin}/`);
    await said.getByRole('button', { name: '知道了' }).waitFor();
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
