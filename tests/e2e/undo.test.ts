// What a worker takes back: within ten seconds, or after it was sent.
import { rm } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openRecord, openTablet, recordIssue, tabletRows, untilArrived, untilReady } from '../support/field';
import { buildOnce, startServer, type TestServer } from '../support/server';
import { acceptedChanges, foundTown, signInAs } from '../support/town';

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
