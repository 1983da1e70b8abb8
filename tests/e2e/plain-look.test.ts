// For tired eyes and few words: three sizes of type, and a home of three large things.
import { beforeEach, expect, test } from 'vitest';
import { axeViolations } from '../support/axe';
import { recordIssue, untilReady } from '../support/field';
import { useTown } from '../support/use-town';

const here = useTown();
const typePixels = () => here.page.evaluate(() => getComputedStyle(document.body).fontSize);

beforeEach(() => here.page.setViewportSize({ width: 800, height: 1280 }));

test('a chosen size stays, also the large one of earlier releases', async () => {
  const { page, origin } = here;
  await page.evaluate(() => localStorage.setItem('xunge-large-type', '1'));
  await page.goto(`${origin}/settings`);
  await page.locator('button[aria-pressed=true]', { hasText: '大字' }).waitFor();
  expect(await typePixels()).toBe('22px');
  await page.getByRole('button', { name: '特大字', exact: true }).click();
  await page.goto(origin);
  await page.locator('main h1').waitFor();
  expect(await typePixels()).toBe('26px');
});

test('at the largest no page is wider than a narrow phone', async () => {
  const { page, origin } = here;
  await recordIssue(page, origin, { text: '路灯不亮' });
  await page.setViewportSize({ width: 360, height: 740 });
  for (const path of [
    '/',
    '/mine',
    '/tasks',
    '/waiting',
    '/settings',
    '/opinions',
    '/phones',
    '/issues/new'
  ]) {
    await page.goto(`${origin}${path}`);
    await page.locator('main h1, main section').first().waitFor({ state: 'attached' });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(360);
  }
});

test('the simple home shows three things, the way to all others, and is left as it was chosen', async () => {
  const { page, origin } = here;
  await page.goto(`${origin}/settings`);
  await page.getByRole('switch', { name: '简洁首页' }).check();
  await page.goto(origin);
  await untilReady(page);
  expect(
    await page.locator('main li a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  ).toEqual(['/issues/new', '/phones', '/tasks']);
  expect(await page.locator('nav').count()).toBe(0);
  expect(await axeViolations(page)).toEqual([]);

  await here.tablet.setOffline(true);
  await page.locator('main li a').first().click();
  await page.locator('.skip button').click();
  await page.locator('.tiles button').first().click();
  await page.locator('footer button').click();
  await page.getByText('1 条还在本机').waitFor();
  await page.getByRole('link', { name: '全部功能' }).click();
  await page.getByRole('link', { name: '记居民需求' }).waitFor();
  await page.locator('nav').getByRole('link', { name: '今天' }).click();
  await page.getByRole('link', { name: '全部功能' }).waitFor();
  await here.tablet.setOffline(false);
});
