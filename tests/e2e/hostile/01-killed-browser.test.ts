// Browsers and servers that end without a word, at the worst moments: what was saved is saved, and arrives once.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { killBrowser } from '../support/browser-process';
import {
  choose,
  openTablet,
  recordIssue,
  shoot,
  tabletRows,
  untilArrived,
  untilReady
} from '../support/field';
import { buildOnce, startServer, type TestServer } from '../support/server';
import { acceptedChanges, foundTown, queryStore, signInAs } from '../support/town';

let folder: string;
let server: TestServer;
let profile: string;
let tablet: BrowserContext;
let page: Page;

beforeAll(buildOnce);
beforeEach(async () => {
  folder = await foundTown();
  server = await startServer({ dataFolder: folder });
  profile = await mkdtemp(join(tmpdir(), 'xunge-profile-'));
  await open();
  await signInAs(page, server.origin, 'liping');
  await untilReady(page);
});
afterEach(async () => {
  await tablet.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

const open = async () => ({ context: tablet, page } = await openTablet({ profile }));
const killAndOpen = async () => {
  await killBrowser(profile);
  await open();
};

/** Nothing lost, nothing doubled: each of these texts is at the office once, and every declared photo is whole. */
async function expectOnce(texts: readonly string[], photos: number): Promise<void> {
  // A browser writes its cookies down now and then: a kill soon after sign-in forgets the session, and nothing else.
  const line = page.locator('header a.safe, header a[href="/sign-in?again"]');
  await page.goto(server.origin);
  await line.waitFor({ timeout: 60_000 });
  if (await page.locator('header a.safe').isHidden()) await signInAs(page, server.origin, 'liping');
  await page.goto(`${server.origin}/waiting`);
  await page.getByText('没有待上报的内容').waitFor({ timeout: 60_000 });
  const bodies = acceptedChanges(folder).map(({ body }) => body);
  for (const text of texts) expect(bodies.filter((body) => body.includes(`"${text}"`))).toHaveLength(1);
  const stored = queryStore<{ stored_at: string | null }>(folder, 'SELECT stored_at FROM photo');
  expect(stored).toHaveLength(photos);
  expect(stored.every((photo) => photo.stored_at !== null)).toBe(true);
}

describe('the browser is killed', () => {
  test('right after "saved": every record is there on restart', async () => {
    const rounds = 5;
    const texts = Array.from({ length: rounds }, (_, round) => `第 ${round + 1} 次断电`);
    for (const [round, text] of texts.entries()) {
      await tablet.setOffline(true);
      await recordIssue(page, server.origin, { text, photo: round % 2 === 0 });
      await killAndOpen();
      await tablet.setOffline(true);
      await page.goto(`${server.origin}/mine`);
      await page.locator('main li', { hasText: text }).waitFor();
      expect(await page.locator('main li a[href^="/records/"]').count()).toBe(round + 1);
    }
    await tablet.setOffline(false);
    await expectOnce(texts, 3);
  });

  test('with a half-filled form and the camera open again: the form comes back exactly', async () => {
    await page.goto(`${server.origin}/issues/new`);
    await shoot(page);
    await page.locator('textarea').fill('写到一半，');
    await choose(page, 'C20');
    await page.getByRole('switch', { name: '现场已处理' }).check();
    await page.locator('.place strong', { hasText: '精度约 12 米' }).waitFor();
    await page.getByRole('button', { name: '再拍一张' }).click();
    await page.locator('.shutter:enabled').waitFor();
    const before = await tabletRows(page, 'drafts');

    await killAndOpen();
    await page.goto(server.origin);
    expect(await tabletRows(page, 'drafts')).toEqual(before);
    await page.getByRole('link', { name: /问题草稿.*写到一半/ }).click();
    expect(await page.locator('textarea').inputValue()).toBe('写到一半，');
    expect(await page.locator('[data-code=C20]').getAttribute('aria-pressed')).toBe('true');
    expect(await page.getByRole('switch', { name: '现场已处理' }).isChecked()).toBe(true);
    const picture = page.locator('figure img');
    await picture.waitFor();
    expect(await picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
    await page.locator('footer button').click();
    await page.waitForURL(`${server.origin}/`);
    await expectOnce(['写到一半，'], 1);
  });

  test('by the same picture whenever it is worked on: the picture arrives as the camera gave it', async () => {
    const hang = () => {
      class HangingWorker {
        postMessage = () => {};
        terminate = () => {};
      }
      Object.assign(window, { Worker: HangingWorker });
    };
    await tablet.addInitScript(hang);
    await recordIssue(page, server.origin, { text: '打不开的照片', photo: true });
    for (const tries of [1, 2, 3]) {
      await expect
        .poll(() => tabletRows(page, 'photos'), { timeout: 15_000 })
        .toMatchObject([{ state: 'raw', tries }]);
      await killAndOpen();
      if (tries < 3) await tablet.addInitScript(hang);
      await page.goto(server.origin);
    }
    await expectOnce(['打不开的照片'], 1);
  });

  test('while a voice note is spoken: what was said so far is in the form', async () => {
    await page.goto(`${server.origin}/issues/new`);
    await page.locator('.skip button').click();
    await page.getByRole('button', { name: '录一段话' }).click();
    await page.getByRole('button', { name: /^停止（3 秒）/ }).waitFor();
    await killAndOpen();
    await page.goto(server.origin);
    await page.getByRole('link', { name: /问题草稿/ }).click();
    const audio = page.locator('audio');
    await audio.waitFor();
    const played = await audio.evaluate(async (element: HTMLAudioElement) => {
      element.muted = true;
      await element.play();
      await new Promise((resolve) => element.addEventListener('ended', resolve, { once: true }));
      return element.currentTime;
    });
    expect(played).toBeGreaterThan(1);
    await choose(page, 'C12');
    await page.locator('footer button').click();
    await page.waitForURL(`${server.origin}/`);
    await expectOnce([], 1);
  });

  test('during an upload through a thin link: everything arrives once', async () => {
    const texts = ['慢网一', '慢网二'];
    await tablet.setOffline(true);
    for (const text of texts) await recordIssue(page, server.origin, { text, photo: true });
    await tablet.setOffline(false);
    const link = await tablet.newCDPSession(page);
    const slow = { offline: false, latency: 300, downloadThroughput: 50_000, uploadThroughput: 2_000 };
    await link.send('Network.emulateNetworkConditions', slow);
    const uploading = page.waitForRequest(
      (request) => request.method() === 'PATCH' && request.url().includes('/api/photos/'),
      { timeout: 60_000 }
    );
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await uploading;
    await page.waitForTimeout(1_000);
    await killAndOpen();
    expect(queryStore(folder, 'SELECT id FROM photo WHERE stored_at IS NOT NULL')).toHaveLength(0);
    await expectOnce(texts, 2);
  });
});

describe('two tabs', () => {
  test('send with one runner; the second takes over when the first is closed', async () => {
    const pushes: Page[] = [];
    tablet.on('request', (request) => {
      if (request.url().endsWith('/api/sync/push')) pushes.push(request.frame().page());
    });
    const second = await tablet.newPage();
    await second.goto(server.origin);
    await second.locator('h1').waitFor();
    await recordIssue(page, server.origin, { text: '前一个窗口' });
    await recordIssue(second, server.origin, { text: '后一个窗口' });
    await expect
      .poll(() => acceptedChanges(folder).length, { timeout: 30_000, message: 'both are sent soon' })
      .toBe(2);
    expect(new Set(pushes).size).toBe(1);

    const [runner] = pushes;
    const [other] = [page, second].filter((tab) => tab !== runner);
    await runner!.close();
    page = other!;
    await recordIssue(page, server.origin, { text: '只剩一个窗口' });
    await expect.poll(() => acceptedChanges(folder).length, { timeout: 30_000 }).toBe(3);
    expect(pushes.at(-1)).toBe(page);
    await expectOnce(['前一个窗口', '后一个窗口', '只剩一个窗口'], 0);
  });
});

describe('the server is killed', () => {
  test('during a push of many changes, three times: nothing lost, nothing doubled', async () => {
    const count = 1_500;
    await tablet.setOffline(true);
    await recordIssue(page, server.origin, { text: '留言很多的一条' });
    await addComments(page, count);
    let answered = 0;
    page.on('response', (response) => {
      if (response.url().endsWith('/api/sync/push')) answered++;
    });
    await tablet.setOffline(false);
    for (let round = 1; round <= 3; round++) {
      const begun = page.waitForRequest((request) => request.url().endsWith('/api/sync/push'), {
        timeout: 90_000
      });
      await page.evaluate(() => window.dispatchEvent(new Event('online')));
      await begun;
      await page.waitForTimeout(round * 15);
      await server.kill();
      await server.restart();
    }
    await expect.poll(() => acceptedChanges(folder).length, { timeout: 90_000 }).toBe(count + 1);
    await untilArrived(page, 90_000);
    const ids = acceptedChanges(folder).map(({ id }) => id);
    const sent = (await tabletRows<{ id: string }>(page, 'outbox')).map(({ id }) => id);
    expect(ids).toEqual(sent);
    expect(await tabletRows(page, 'troubles')).toEqual([]);
    expect(answered).toBeGreaterThan(0);
  });
});

/** Comments on the only record, written into the outbox as the page would write them. */
async function addComments(on: Page, count: number): Promise<void> {
  await on.evaluate(async (count) => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no answer'));
      });
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const database = await done(indexedDB.open(names.find((name) => /^xunge-.*-/.test(name))!));
    interface Row {
      id: string;
      body: string;
    }
    const [first] = await done(
      database.transaction('outbox').objectStore('outbox').getAll() as IDBRequest<Row[]>
    );
    const head = JSON.parse(first!.body) as { facts: { recordId: string } };
    const { recordId } = head.facts;
    const rows = [];
    for (let index = 1; index <= count; index++) {
      const id = `${first!.id.slice(0, -6)}${index.toString(16).padStart(6, '0')}`;
      const facts = { recordId, text: `第 ${index} 句` };
      const body = JSON.stringify({ ...head, id, kind: 'comment-added', baseVersion: index, facts });
      const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body));
      const sha256 = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      rows.push({ id, recordIds: [recordId], body, sha256 });
    }
    const store = database.transaction('outbox', 'readwrite').objectStore('outbox');
    for (const row of rows) store.add(row);
    await new Promise((resolve) => (store.transaction.oncomplete = resolve));
    database.close();
  }, count);
}
