// 练习: everything of recording can be tried, and nothing of it is sent, counted or kept.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { axeViolations } from '../support/axe';
import { killBrowser } from '../support/browser-process';
import {
  choose,
  openTablet,
  recordIssue,
  save,
  shoot,
  tabletRows,
  untilArrived,
  untilReady
} from '../support/field';
import { isTextOnDisk } from '../support/on-disk';
import { buildOnce, startServer, type TestServer } from '../support/server';
import { acceptedChanges, foundTown, signInAs } from '../support/town';

let folder: string;
let profile: string;
let server: TestServer;
let tablet: BrowserContext;
let page: Page;
/** Whatever went out but a question for news, and any question after a picture. */
let sent: string[];

beforeAll(async () => {
  await buildOnce();
  folder = await foundTown();
  server = await startServer({ dataFolder: folder });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'xunge-profile-'));
  await open();
  await signInAs(page, server.origin, 'liping');
  await untilReady(page);
});
afterEach(async () => {
  await tablet.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

async function open(): Promise<void> {
  ({ context: tablet, page } = await openTablet({ profile }));
  sent = [];
  tablet.on('request', (request) => {
    const { pathname } = new URL(request.url());
    const isNews = request.method() === 'GET' || pathname === '/api/sync/pull';
    if (!isNews || pathname.startsWith('/api/photos')) sent.push(`${request.method()} ${pathname}`);
  });
}

const band = () => page.getByText('练习中');
const isOver = () => page.getByRole('heading', { name: '练习结束了' }).waitFor();
const acknowledge = () => page.getByRole('button', { name: '知道了，正式开始' }).click();
const stores = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name!).sort());
const practiceIsGone = () => expect.poll(stores).not.toContain('xunge-practice');

async function practise(): Promise<void> {
  await page.goto(`${server.origin}/settings`);
  await page.getByRole('button', { name: '练一练' }).click();
  await band().waitFor();
}

/** By a tap on the bar below: a page that is loaded anew ends the practice. */
async function tryIssue(text: string): Promise<string> {
  await page.locator('nav').getByRole('link', { name: '记一条' }).click();
  await shoot(page);
  await page.locator('textarea').fill(text);
  await choose(page, 'C13');
  return save(page);
}

/** What stands beside the stores: whose work lies unsent, and how much. */
const notes = async () => [
  await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('xunge-store'))),
  (await tabletRows<{ key: string; value: unknown }>(page, 'facts')).find(({ key }) => key === 'unsent')
];

test('all of recording is tried, and nothing of it is sent, then or later', async () => {
  await recordIssue(page, server.origin, { text: '真的一条' });
  await page.waitForTimeout(10_500);
  await untilArrived(page);
  const before = { outbox: await tabletRows(page, 'outbox'), notes: await notes() };
  await practise();
  sent = [];
  expect(await tryIssue('试着写的一条')).toMatch(/^李平练习-\d{4}-01$/);
  await page.getByText('练习存好了，不会上报').waitFor();
  await page.getByRole('button', { name: '撤销' }).click();
  await page.waitForURL(/issues\/new\?draft=/);
  expect(await page.locator('textarea').inputValue()).toBe('试着写的一条');
  await band().waitFor();
  await save(page);
  await page.locator('nav').getByRole('link', { name: '我的' }).click();
  await page.locator('li a[href^="/records/"]', { hasText: '试着写的一条' }).click();
  await page.locator('.numbers', { hasText: '练习' }).waitFor();
  await page.locator('.badge', { hasText: '练习' }).waitFor();
  // None of it is handed to another app either.
  expect(await page.getByRole('button', { name: /发照片|复制/ }).count()).toBe(0);
  await page.locator('ul[aria-label] button').first().click();
  await page.locator('dialog[open] img').waitFor();
  expect(
    await page
      .locator('dialog[open]')
      .getByText(/发照片|存图|下载/)
      .count()
  ).toBe(0);
  await page.keyboard.press('Escape');
  expect(await axeViolations(page)).toEqual([]);
  // Past the time in which it could be undone.
  await page.waitForTimeout(12_000);
  expect(sent).toEqual([]);

  await page.getByRole('button', { name: '结束练习' }).click();
  await band().waitFor({ state: 'detached' });
  await practiceIsGone();
  await page.locator('nav').getByRole('link', { name: '我的' }).click();
  await page.getByText('真的一条').first().waitFor();
  expect(await page.locator('main').innerText()).not.toContain('试着写的一条');
  expect(await tabletRows(page, 'outbox')).toEqual(before.outbox);
  expect(await notes()).toEqual(before.notes);
  // What sends is alive, and has nothing of it.
  await recordIssue(page, server.origin, { text: '又是真的' });
  await expect
    .poll(() => acceptedChanges(folder).filter(({ body }) => body.includes('真的')).length, {
      timeout: 60_000
    })
    .toBe(2);
  await untilArrived(page);
  expect(isTextOnDisk('又是真的', folder)).toBe(true);
  expect(isTextOnDisk('试着写的一条', folder)).toBe(false);
  expect(isTextOnDisk('李平练习', folder)).toBe(false);
});

test('a kill in the middle leaves nothing that can be read, and says that it is over', async () => {
  await tablet.setOffline(true);
  await practise();
  await tryIssue('杀掉之前试的');
  expect(await stores()).toContain('xunge-practice');
  await page.locator('nav').getByRole('link', { name: '记一条' }).click();
  await page.locator('.skip button').click();
  await page.locator('textarea').fill('没写完就杀掉的');
  await page.waitForTimeout(1_000);
  await killBrowser(profile);
  for (const text of ['杀掉之前试的', '没写完就杀掉的', '李平练习'])
    expect(isTextOnDisk(text, profile)).toBe(false);

  await open();
  await page.goto(`${server.origin}/mine`);
  await page.locator('.frame').waitFor();
  await practiceIsGone();
  expect(await page.locator('body').innerText()).not.toContain('杀掉之前试的');
  expect(await tabletRows(page, 'drafts')).toEqual([]);
  await page.waitForTimeout(3_000);
  expect(sent.filter((one) => one.includes('push') || one.includes('photos'))).toEqual([]);
});

test('a reload ends it, and nothing is recorded for real before that was read', async () => {
  await practise();
  await page.locator('nav').getByRole('link', { name: '记一条' }).click();
  await page.locator('.skip button').click();
  await page.locator('textarea').fill('写到一半');
  await page.reload();
  await isOver();
  expect(await page.locator('textarea').count()).toBe(0);
  await page.reload();
  await isOver();
  await practiceIsGone();
  await acknowledge();
  await page.locator('.frame').waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
  expect(await tabletRows(page, 'drafts')).toEqual([]);
  await page.reload();
  await page.locator('.frame').waitFor();
  expect(await band().count()).toBe(0);
});

test('it ends where a walk is begun, at the lock, and after half an hour', async () => {
  await practise();
  await page.getByRole('button', { name: '开始巡查' }).click();
  await isOver();
  await acknowledge();
  await page.getByRole('button', { name: '开始巡查' }).waitFor();
  expect(await tabletRows(page, 'outbox')).toEqual([]);

  await practise();
  await page.getByRole('button', { name: '锁屏，换人' }).click();
  await isOver();
  await acknowledge();

  await page.clock.install();
  await page.goto(server.origin);
  await page.locator('.frame').waitFor();
  await practise();
  for (let minutes = 0; minutes < 29; minutes += 5) {
    await page.clock.fastForward('04:30');
    await page.keyboard.press('Tab');
  }
  expect(await band().isVisible()).toBe(true);
  await page.clock.fastForward('04:00');
  await isOver();
  await practiceIsGone();
});

test('another window ends it; a walk under way does not let it begin; some pages are not in it', async () => {
  await practise();
  await page.locator('nav').getByRole('link', { name: '我的' }).click();
  for (const name of ['待上报', '出发前检查', '设置']) {
    await page.locator('main nav').getByRole('link', { name }).click();
    await page.getByRole('heading', { name: '练习里没有这一页' }).waitFor();
    await page.goBack();
  }
  const other = await tablet.newPage();
  await other.goto(server.origin);
  await other.locator('.frame').waitFor();
  await isOver();
  await acknowledge();
  await other.close();

  await page.getByRole('button', { name: '开始巡查' }).click();
  await page.waitForURL('**/patrol');
  await page.goto(`${server.origin}/settings`);
  await page.getByRole('button', { name: '练一练' }).click();
  await page.getByText('正在巡查，先结束巡查再练习').waitFor();
  expect(await band().count()).toBe(0);
});
