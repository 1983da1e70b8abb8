// Opening a community without a terminal: an administrator adds people, prints their slips, and each is signed in by a scan.
import { rm } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword } from '../../src/lib/server/password';
import { saveAccount } from '../../src/lib/server/records/accounts';
import { closeStore, openStore } from '../../src/lib/server/store';
import { axeViolations } from '../support/axe';
import { launchDesk, launchTablet } from '../support/browser';
import { untilReady } from '../support/field';
import { buildOnce, startServer, type TestServer } from '../support/server';
import { foundTown, password, signInAs, town } from '../support/town';

let folder: string;
let server: TestServer;
let desk: BrowserContext;
let page: Page;
const tablets: BrowserContext[] = [];

beforeAll(async () => {
  await buildOnce();
  folder = await foundTown();
  const store = await openStore(folder);
  const grants = [{ role: 'admin' as const, area: town }];
  const account = { login: 'guanli', name: '管理员', passwordHash: await hashPassword(password), grants };
  await saveAccount(store, account, new Date().toISOString());
  await closeStore(store);
  server = await startServer({ dataFolder: folder });
  desk = await launchDesk();
  page = desk.pages()[0] ?? (await desk.newPage());
  await signInAs(page, server.origin, 'guanli');
  await page.waitForURL('**/office/people');
});
afterAll(async () => {
  for (const context of [desk, ...tablets]) await context.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function newTablet(): Promise<Page> {
  const context = await launchTablet();
  tablets.push(context);
  return context.pages()[0] ?? (await context.newPage());
}

/** The addresses behind the codes that are on screen. */
const links = () =>
  page.locator('.link a').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));

test('a list with a mistake adds nobody, says which line, and keeps what was typed', async () => {
  await page.getByText('添加人员').click();
  await page.locator('textarea').fill('姓名\t角色\t网格\n李安\t网格员\t1\n赵敏\t保安\t2');
  await page.getByRole('button', { name: '添加', exact: true }).click();
  await page.getByText('第 3 行：没有“保安”这个角色').waitFor();
  expect(await page.locator('textarea').inputValue()).toContain('赵敏\t保安');
  expect(await page.getByRole('rowheader', { name: '李安' }).count()).toBe(0);
  await page.locator('textarea').fill('李安\t网格员\t1\n赵敏\t社区值班员');
  await page.getByRole('button', { name: '添加', exact: true }).click();
  await page.getByText('已添加 2 人').waitFor();
  await page.getByRole('rowheader', { name: '李安' }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
});

let link: string;

test('whoever scans a slip is asked who they are, and works without a password', async () => {
  await page.goto(`${server.origin}/office/people`);
  // Those who have nothing yet are ticked already.
  await page.getByRole('checkbox', { name: '选赵敏' }).uncheck();
  await page.getByRole('button', { name: '打印所选的开通单' }).click();
  await page.getByRole('img', { name: '李安的开通码' }).waitFor();
  expect(await axeViolations(page)).toEqual([]);
  [link] = (await links()) as [string];
  const tablet = await newTablet();
  await tablet.goto(link);
  await tablet.getByRole('heading', { name: '您是李安吗？' }).waitFor();
  expect(tablet.url()).toBe(`${server.origin}/join`);
  expect(await axeViolations(tablet)).toEqual([]);
  await tablet.getByRole('button', { name: '是我，开始使用' }).click();
  await tablet.getByText('李安，您好').waitFor();
  await untilReady(tablet);
});

test('a slip opens nothing a second time, and says whom to ask', async () => {
  const other = await newTablet();
  await other.goto(link);
  await other.getByText('这张开通单已用过、已作废或已过期').waitFor();
});

test('without a network the slip waits', async () => {
  await page.goto(`${server.origin}/office/people`);
  await page.getByRole('button', { name: '打印所选的开通单' }).click();
  await page.getByRole('img', { name: '赵敏的开通码' }).waitFor();
  const [officers] = (await links()) as [string];
  const screen = await newTablet();
  await screen.goto(officers);
  await screen.getByRole('heading', { name: '您是赵敏吗？' }).waitFor();
  await screen.context().setOffline(true);
  await screen.getByRole('button', { name: '是我，开始使用' }).click();
  await screen.getByText('开通单还能用').waitFor();
  await screen.context().setOffline(false);
  await screen.getByRole('button', { name: '再试一次' }).click();
  await screen.waitForURL('**/office/inbox');
});

test('who is suspended is signed out at the next contact', async () => {
  await page.goto(`${server.origin}/office/people`);
  const row = page.getByRole('row', { name: /李安/ });
  await row.locator('summary').click();
  await row.getByRole('button', { name: '停用' }).click();
  await page.getByText('已停用', { exact: true }).first().waitFor();
  const tablet = tablets[0]!.pages()[0]!;
  await tablet.reload();
  await tablet.locator('header a[href="/sign-in?again"]').waitFor();
});
