// The end of a shift: what is open and a note, from one worker to the next of the grid, over the office.
import { rm } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { axeViolations } from '../support/axe';
import { launchDesk, pin } from '../support/browser';
import { openTablet, recordIssue, recordNeed, untilArrived, untilReady } from '../support/field';
import { buildOnce, startServer, type TestServer } from '../support/server';
import { acceptedChanges, foundTown, signInAs, typePassword } from '../support/town';

let folder: string;
let server: TestServer;
const open: BrowserContext[] = [];

beforeAll(async () => {
  await buildOnce();
  folder = await foundTown();
  server = await startServer({ dataFolder: folder });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  for (const context of open.splice(0)) await context.close();
});

async function tabletOf(login: string): Promise<{ context: BrowserContext; page: Page }> {
  const tablet = await openTablet();
  open.push(tablet.context);
  await signInAs(tablet.page, server.origin, login);
  await untilReady(tablet.page);
  return tablet;
}

const note = '3 栋井盖已围挡，物业周五来；王阿姨的药明早取。';

test('written without signal, it reaches the next worker’s 今天, is ticked, and its giver sees by whom', async () => {
  const [li, chen] = [await tabletOf('liping'), await tabletOf('chenlan')];
  await li.context.setOffline(true);
  await recordIssue(li.page, server.origin, { text: '井盖松动' });
  await recordNeed(li.page, server.origin, 'N01', '取药');
  await li.page.goto(`${server.origin}/handovers/new`);
  const items = li.page.locator('main li input[type=checkbox]');
  await expect.poll(() => items.count()).toBe(2);
  await li.page.locator('li label', { hasText: '井盖松动' }).locator('input').uncheck();
  await li.page.locator('textarea').fill(note);
  expect(await axeViolations(li.page)).toEqual([]);
  await li.page.getByRole('button', { name: '保存交接' }).click();
  const given = li.page.locator('main li a', { hasText: '您的交接' });
  await given.getByText('还没有人看').waitFor();
  // Safe at once: a reload finds it, and that the office does not have it.
  await li.page.reload();
  await li.page.locator('.frame').waitFor();
  await given.click();
  await li.page.getByText('在本机，还没到社区').waitFor();

  await li.context.setOffline(false);
  await untilArrived(li.page);
  await li.page.getByText('已到社区', { exact: true }).first().waitFor();
  const [stored] = acceptedChanges(folder).filter(({ body }) => body.includes(note));
  const { facts } = JSON.parse(stored!.body) as { facts: { itemIds: string[] } };
  expect(facts.itemIds).toHaveLength(1);

  await chen.page.goto(server.origin);
  const waiting = chen.page.locator('main a', { hasText: '李平 交接' });
  await waiting.getByText('1 件没办完').waitFor({ timeout: 60_000 });
  expect(await axeViolations(chen.page)).toEqual([]);
  await chen.context.setOffline(true);
  await waiting.click();
  await chen.page.getByText(note).waitFor();
  await chen.page.locator('main li a[href^="/records/"]', { hasText: '取药' }).waitFor();
  expect(await axeViolations(chen.page)).toEqual([]);
  await chen.page.getByRole('button', { name: '看完了，已阅' }).click();
  await chen.page.getByText(/陈兰 已阅/).waitFor();
  await chen.page.goto(server.origin);
  await chen.page.locator('.acts').waitFor();
  await expect.poll(() => waiting.count()).toBe(0);

  await chen.context.setOffline(false);
  await untilArrived(chen.page);
  await li.page.goto(`${server.origin}/handovers`);
  await given.getByText('已阅', { exact: true }).waitFor({ timeout: 60_000 });
  await given.click();
  await li.page.getByText(/陈兰 已阅/).waitFor();
});

test('the office reads it, with its items and who read it, and the unit does not', async () => {
  const context = await launchDesk({});
  open.push(context);
  const page = context.pages()[0] ?? (await context.newPage());
  await signInAs(page, server.origin, 'wangli');
  await page.locator('nav').getByRole('link', { name: '交接班' }).click();
  const article = page.locator('article', { hasText: note });
  await article.getByText('李平 交接').waitFor();
  await article.getByText(/陈兰 已阅/).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await article.getByRole('link').first().click();
  await page.locator('.record', { hasText: '取药' }).first().waitFor();

  const unit = await launchDesk({});
  open.push(unit);
  const theirs = unit.pages()[0] ?? (await unit.newPage());
  await signInAs(theirs, server.origin, 'zhang');
  await theirs.goto(`${server.origin}/office/handovers`);
  expect(new URL(theirs.url()).pathname).toBe('/office/cases');
});

test('on one tablet without signal the next worker reads it behind their own PIN, and the giver learns it later', async () => {
  const { context, page } = await openTablet({ byHand: true });
  open.push(context);
  page.on('dialog', (dialog) => void dialog.accept());
  const pins = { liping: pin, chenlan: '314159' };
  const field = () => page.locator('input.pin:enabled');
  const begin = async (login: keyof typeof pins) => {
    await typePassword(page, `${server.origin}/sign-in`, login);
    await field().fill(pins[login]);
    await page.getByText('再输一遍').waitFor();
    await field().fill(pins[login]);
    await page.locator('.frame').waitFor();
    await untilArrived(page);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  };
  const lock = async () => {
    await page.getByRole('button', { name: '锁屏，换人' }).click();
    await page.locator('input.pin').waitFor();
  };
  const comeIn = async (login: keyof typeof pins, name: string) => {
    await page.getByRole('button', { name: '换人', exact: true }).click();
    await page.getByRole('button', { name }).click();
    await field().fill(pins[login]);
    await page.locator('.frame').waitFor();
    await page.locator('nav').getByRole('link', { name: '今天' }).click();
    await page.getByText(`${name}，您好`).waitFor();
  };
  await begin('chenlan');
  await lock();
  await page.getByRole('link', { name: '其他人登录' }).click();
  await begin('liping');
  await context.setOffline(true);
  await recordIssue(page, server.origin, { text: '闸门生锈，今天才看到' });
  await page.goto(`${server.origin}/handovers/new`);
  await page.locator('li label', { hasText: '闸门生锈' }).waitFor();
  await page.locator('textarea').fill('钥匙在门卫室');
  await page.getByRole('button', { name: '保存交接' }).click();
  await page.getByText('钥匙在门卫室').waitFor();
  await lock();
  await comeIn('chenlan', '陈兰');
  const waiting = page.locator('main a', { hasText: '钥匙在门卫室' });
  await waiting.click();
  await page.getByText('在这台平板上交接的，社区还没收到').waitFor();
  await page.getByText('闸门生锈，今天才看到').waitFor();
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: '看完了，已阅' }).click();
  await page.getByText(/陈兰 已阅/).waitFor();
  await page.locator('nav').getByRole('link', { name: '今天' }).click();
  await page.locator('.acts').waitFor();
  await expect.poll(() => waiting.count()).toBe(0);
  // Where there is signal again each hands in their own.
  await lock();
  await comeIn('liping', '李平');
  await context.setOffline(false);
  await untilArrived(page);
  await lock();
  await page.getByRole('button', { name: '换人', exact: true }).click();
  await page.getByRole('button', { name: '陈兰' }).click();
  await field().fill(pins.chenlan);
  await page.locator('.frame').waitFor();
  const ticks = () => acceptedChanges(folder).filter(({ kind }) => kind === 'handover-read').length;
  await expect.poll(ticks, { timeout: 120_000 }).toBe(2);
});
