// What a worker takes back: within ten seconds, after it was sent, or after the office said no.
import { rm } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openRecord, openTablet, recordIssue, tabletRows, untilArrived, untilReady } from '../support/field';
import { buildOnce, startServer, type TestServer } from '../support/server';
import { acceptedChanges, foundTown, queryStore, signInAs, town } from '../support/town';

let folder: string;
let server: TestServer;
let tablet: BrowserContext;
let page: Page;

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
  ({ context: tablet, page } = await openTablet());
  page.on('dialog', (dialog) => void dialog.accept());
  await signInAs(page, server.origin, 'liping');
  await untilReady(page);
});
afterEach(() => tablet.close());

const undo = () => page.getByRole('button', { name: '撤销' }).click();

/** Moves the worker to another grid, as an administrator would. */
const moveWorker = (grid: string) =>
  queryStore(
    folder,
    "UPDATE account_grant SET area = ? WHERE account = (SELECT id FROM account WHERE login = 'liping')",
    `${town}${grid}`
  );

describe('undo', () => {
  test('within ten seconds gives the form back with its words, category and photo', async () => {
    await tablet.setOffline(true);
    await recordIssue(page, server.origin, { category: 'C13', text: '螺丝松了', photo: true });
    await undo();
    await page.waitForURL(/issues\/new\?draft=/);
    expect(await page.locator('textarea').inputValue()).toBe('螺丝松了');
    expect(await page.locator('[data-code=C13]').getAttribute('aria-pressed')).toBe('true');
    const picture = page.locator('figure img');
    await picture.waitFor();
    expect(await picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
    expect(await tabletRows(page, 'outbox')).toEqual([]);
    expect(await tabletRows(page, 'records')).toEqual([]);

    await page.locator('footer button').click();
    await tablet.setOffline(false);
    await untilArrived(page);
    const kinds = () => acceptedChanges(folder).map(({ kind }) => kind);
    await expect
      .poll(kinds, { timeout: 30_000 })
      .toEqual(['issue-recorded', 'photo-attached', 'photo-stored']);
  });

  test('is no longer offered after ten seconds', async () => {
    await recordIssue(page, server.origin);
    await page.getByRole('button', { name: '撤销' }).waitFor({ state: 'detached', timeout: 11_500 });
  });

  test('online too: nothing is sent while it can be undone', async () => {
    await recordIssue(page, server.origin, { text: '手滑了' });
    await page.waitForTimeout(3_000);
    await undo();
    await page.waitForURL(/issues\/new\?draft=/);
    await page.getByRole('button', { name: '删除草稿' }).click();
    await page.waitForURL(`${server.origin}/`);
    expect(acceptedChanges(folder).some(({ body }) => body.includes('手滑了'))).toBe(false);
  });

  test('after it was sent withdraws it, visibly for both sides', async () => {
    const number = await recordIssue(page, server.origin, { text: '已经报上去了' });
    await page.locator('header a[href="/waiting"]').click();
    await page.getByRole('button', { name: '现在试一次' }).click();
    await untilArrived(page);
    await undo();
    await expect.poll(() => acceptedChanges(folder).at(-1)!.kind).toBe('report-withdrawn');
    await openRecord(page, server.origin, number);
    await page.getByText('已撤回').first().waitFor();
  });
});

describe('a record the office refused', () => {
  /** Recorded for grid 1 while the grid is handed to somebody else. */
  async function refusedIssue(text: string): Promise<string> {
    await tablet.setOffline(true);
    const number = await recordIssue(page, server.origin, { text, photo: true });
    moveWorker('002');
    await tablet.setOffline(false);
    await page.goto(`${server.origin}/waiting`);
    await page.getByRole('heading', { name: '没报上去' }).waitFor();
    return number;
  }
  afterEach(() => void moveWorker('001'));

  test('is shown with its reason, and everything else goes through', async () => {
    const number = await refusedIssue('网格交给别人了');
    await page.getByText('可能是网格已交给别人').waitFor();
    await page.getByText(number).first().waitFor();
    await page.locator('header a.danger', { hasText: '1 条没报上去' }).waitFor();
    moveWorker('001');
    await recordIssue(page, server.origin, { text: '这一条没问题' });
    await expect
      .poll(() => acceptedChanges(folder).at(-1)?.body, { timeout: 30_000 })
      .toContain('这一条没问题');
    await page.goto(`${server.origin}/waiting`);
    await page.getByText(number).first().waitFor();
  });

  test('can be corrected and reported again, with its photo', async () => {
    await refusedIssue('改好再报');
    // The tablet learns of the new grid when it opens again.
    await page.reload();
    await page.getByRole('button', { name: '改好再报' }).click();
    await page.waitForURL(/issues\/new\?draft=/);
    expect(await page.locator('textarea').inputValue()).toBe('改好再报');
    await page.locator('figure img').waitFor();
    await page.locator('footer button').click();
    const again = () => acceptedChanges(folder).filter(({ body }) => body.includes('改好再报'));
    await expect.poll(() => again().length, { timeout: 30_000 }).toBe(1);
    await untilArrived(page);
    expect(JSON.parse(again()[0]!.body)).toMatchObject({ facts: { ownerGridCode: `${town}002` } });
    const lastKinds = () =>
      acceptedChanges(folder)
        .slice(-2)
        .map(({ kind }) => kind);
    await expect.poll(lastKinds).toEqual(['photo-attached', 'photo-stored']);
    await page.goto(`${server.origin}/waiting`);
    await page.getByText('没有待上报的内容').waitFor();
  });

  test('can be given up: it leaves the list and is never sent', async () => {
    const number = await refusedIssue('不报了');
    await page.getByRole('button', { name: '不报了' }).click();
    await page.getByText('没有待上报的内容').waitFor();
    await untilArrived(page);
    await page.goto(`${server.origin}/mine`);
    await page.locator('h1').waitFor();
    expect(await page.getByText(number).count()).toBe(0);
    expect(acceptedChanges(folder).some(({ body }) => body.includes('不报了'))).toBe(false);
  });
});
