// What a worker does on the tablet's pages, one tap after the other, for tests and the bench.
import type { BrowserContext, Page } from 'playwright-core';
import { launchTablet, type LaunchOptions } from './browser.ts';

/** A tablet standing in the middle of grid 1, opened again with everything it had where `profile` is given. */
export async function openTablet(
  options: LaunchOptions = {}
): Promise<{ context: BrowserContext; page: Page }> {
  const geolocation = { longitude: 104.1248, latitude: 30.654, accuracy: 12 };
  const context = await launchTablet({ geolocation, ...options });
  return { context, page: context.pages()[0] ?? (await context.newPage()) };
}

/** The app opens from its worker from now on, and everything the office had is here. */
export async function untilReady(page: Page): Promise<void> {
  await page.locator('header a.safe').waitFor();
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.locator('h1').first().waitFor();
}

/** Takes a picture with the in-page camera, which must be on screen. */
export async function shoot(page: Page): Promise<void> {
  await page.locator('.shutter:enabled').click();
  await page.locator('.tiles').first().waitFor();
}

export async function choose(page: Page, code: string): Promise<void> {
  const tile = page.locator(`[data-code=${code}]`);
  await page.locator('.tiles button').first().waitFor();
  if (!(await tile.count())) await page.getByRole('button', { name: /^全部类别|All categories/ }).click();
  await tile.click();
}

/** 保存; returns the number that the tablet says aloud, such as 李平-1120-03. */
export async function save(page: Page): Promise<string> {
  await page.locator('footer button').click();
  return savedNumber(page);
}

export async function savedNumber(page: Page): Promise<string> {
  return page.locator('div[aria-live] strong', { hasText: /-\d{4}-\d+/ }).innerText();
}

export interface Found {
  category?: string;
  text?: string;
  photo?: boolean;
}

/** An issue from 记一条 to saved. */
export async function recordIssue(page: Page, origin: string, found: Found = {}): Promise<string> {
  await page.goto(`${origin}/issues/new`);
  if (found.photo) await shoot(page);
  else await page.locator('.skip button').click();
  if (found.text) await page.locator('textarea').fill(found.text);
  await choose(page, found.category ?? 'C01');
  return save(page);
}

export async function recordNeed(page: Page, origin: string, type = 'N01', text = ''): Promise<string> {
  await page.goto(`${origin}/needs/new`);
  await choose(page, type);
  if (text) await page.locator('textarea').fill(text);
  return save(page);
}

/** Waits until the line on top says that all has reached the office. */
export async function untilArrived(page: Page, timeout = 60_000): Promise<void> {
  await page.locator('header a.safe').waitFor({ timeout });
}

/** Opens the page of the record with this number; returns its id. */
export async function openRecord(page: Page, origin: string, number: string): Promise<string> {
  await page.goto(`${origin}/mine`);
  await page.locator('li a[href^="/records/"]', { hasText: number }).click();
  await page.locator('.numbers', { hasText: number }).waitFor();
  return page.url().slice(page.url().lastIndexOf('/') + 1);
}

/** All rows of one table of the signed-in account's store on the tablet; `facts` are the tablet's own. */
export async function tabletRows<Row>(page: Page, table: string): Promise<Row[]> {
  return page.evaluate(async (table) => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no answer'));
      });
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const isThere = (name: string) => (table === 'facts' ? name === 'xunge-tablet' : /^xunge-.*-/.test(name));
    const database = await done(indexedDB.open(names.find(isThere)!));
    const rows = await done(database.transaction(table).objectStore(table).getAll());
    database.close();
    return rows as Row[];
  }, table);
}
