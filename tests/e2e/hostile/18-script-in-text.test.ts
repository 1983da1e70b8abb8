// Row 18, in a real browser: what is written by one person is text, and nothing but text, on the screen of another.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchDesk } from '../../support/browser';
import { openRecord, recordIssue } from '../../support/field';
import { acceptedChanges, signInAs } from '../../support/town';
import { useTown } from '../../support/use-town';

const here = useTown();
const wicked = `<img src=x onerror="window.wicked=1"><script>window.wicked=1</script><svg onload="window.wicked=1">`;
let desk: BrowserContext;
beforeAll(async () => void (desk = await launchDesk()));
afterAll(() => desk?.close());

async function expectText(page: Page): Promise<void> {
  await page.getByText(wicked).first().waitFor();
  expect(await page.locator('img[src=x], svg[onload]').count()).toBe(0);
  expect(await page.evaluate(() => 'wicked' in window)).toBe(false);
}

test('hostile 18: script in a text and a comment is shown as it was typed, on the tablet and at the desk', async () => {
  const { page, origin, folder } = here;
  const number = await recordIssue(page, origin, { text: wicked });
  const id = await openRecord(page, origin, number);
  await expectText(page);
  await page.getByRole('button', { name: '留言' }).click();
  await page.locator('dialog textarea').fill(wicked);
  await page.locator('dialog button.main').click();
  await page.getByText('已保存', { exact: true }).waitFor();
  await page.goto(`${origin}/mine`);
  await expectText(page);
  await expect.poll(() => acceptedChanges(folder).length, { timeout: 60_000 }).toBe(2);

  const sheet = desk.pages()[0]!;
  await signInAs(sheet, origin, 'wangli');
  await sheet.goto(`${origin}/office/inbox/${id}`);
  await expectText(sheet);
  await sheet.goto(`${origin}/office/inbox?search=${encodeURIComponent(wicked)}`);
  await sheet.locator('h1, main').first().waitFor();
  expect(await sheet.evaluate(() => 'wicked' in window)).toBe(false);
});
