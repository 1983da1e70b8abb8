// The main job, as the people do it: walk without signal, record, come back, be answered.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchDesk, launchTablet } from '../support/browser';
import { buildOnce, startServer, type TestServer } from '../support/server';
import { foundTown, insideGridOne, signInAs, signInByApi, town } from '../support/town';

let server: TestServer;
let tablet: BrowserContext;
let page: Page;
const profile = mkdtempSync(join(tmpdir(), 'xunge-profile-'));

const openTablet = async () => {
  tablet = await launchTablet({ profile, geolocation: insideGridOne });
  page = tablet.pages()[0] ?? (await tablet.newPage());
};

beforeAll(async () => {
  await buildOnce();
  server = await startServer({ dataFolder: await foundTown() });
  await openTablet();
});
afterAll(async () => {
  await tablet.close();
  await server.stop();
  rmSync(profile, { recursive: true, force: true });
});

/** From 记一条 to saved; counts the taps after the shutter. */
async function recordIssue(category: string, text?: string): Promise<number> {
  let taps = 0;
  const tap = async (selector: string) => {
    await page.locator(selector).click();
    taps++;
  };
  await page.goto(`${server.origin}/issues/new`);
  const shutter = page.getByRole('button', { name: '拍照', exact: true });
  await shutter.waitFor();
  await page.waitForFunction(() => !document.querySelector<HTMLButtonElement>('.shutter')?.disabled);
  await shutter.click();
  await page.locator('.tiles button').first().waitFor();
  if (text) await page.locator('textarea').fill(text);
  if (!(await page.locator(`[data-code=${category}]`).count()))
    await page.getByRole('button', { name: '全部类别' }).click();
  await tap(`[data-code=${category}]`);
  await tap('footer button');
  await page.waitForURL(`${server.origin}/`);
  return taps;
}

async function recordNeed(type: string): Promise<number> {
  await page.goto(`${server.origin}/needs/new`);
  await page.locator(`[data-code=${type}]`).click();
  await page.locator('footer button').click();
  await page.waitForURL(`${server.origin}/`);
  return 2;
}

/** What the visible marks say of the newest records, as words. */
async function marks(): Promise<string> {
  await page.goto(`${server.origin}/mine`);
  await page.locator('main li a').first().waitFor();
  return page.locator('main').innerText();
}

describe('a worker without signal', () => {
  test('signs in once, and the tablet has its grids, categories and buildings', async () => {
    await signInAs(page, server.origin, 'liping');
    await page.getByText('李平，您好').waitFor();
    await page.getByText('全部已到社区').waitFor();
    await page.reload();
    await page.locator('.frame').waitFor();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  });

  test('records five issues with photos and two needs on a patrol, with the server dead and no network', async () => {
    await page.getByRole('button', { name: '开始巡查' }).click();
    await page.waitForURL('**/patrol');
    await tablet.setOffline(true);
    await server.kill();
    for (const [index, category] of ['C01', 'C13', 'C14', 'C01', 'C15'].entries())
      expect(await recordIssue(category, `第 ${index + 1} 条`)).toBeLessThanOrEqual(3);
    expect(await recordNeed('N01')).toBeLessThanOrEqual(4);
    expect(await recordNeed('N06')).toBeLessThanOrEqual(4);
    await page
      .getByText(/8 条/) /* seven and the patrol */
      .waitFor();
  });

  test('finds everything again after the browser was restarted, still without a server, on a deep link', async () => {
    await tablet.close();
    await openTablet();
    await tablet.setOffline(true);
    await page.goto(`${server.origin}/mine`);
    await page.locator('main li').nth(6).waitFor();
    expect(await page.locator('main li a[href^="/records/"]').count()).toBe(7);
    const link = await page.locator('main li a[href^="/records/"]').last().getAttribute('href');
    await page.goto(`${server.origin}${link}`);
    await page.getByText('第 1 条').waitFor();
    await page.getByText('✓ 在本机').waitFor();
    expect(await page.getByText('✓ 已到社区').count()).toBe(0);
    expect(
      await page
        .locator('main img')
        .first()
        .evaluate((img: HTMLImageElement) => img.naturalWidth)
    ).toBeGreaterThan(0);
  });

  test('comes back into signal, and everything reaches the office with every photo', async () => {
    await server.restart();
    await tablet.setOffline(false);
    await page.goto(`${server.origin}/waiting`);
    await page.getByText('没有待上报的内容').waitFor({ timeout: 60_000 });
    expect(await marks()).not.toMatch(/待上传/);
  });
});

describe('the office', () => {
  let desk: BrowserContext;
  beforeAll(async () => (desk = await launchDesk({})));
  afterAll(() => desk.close());

  test('finds the seven on its list, with where they lie', async () => {
    const sheet = desk.pages()[0]!;
    await signInAs(sheet, server.origin, 'wangli');
    await sheet.goto(`${server.origin}/office/inbox`);
    await sheet.getByText('李平-').first().waitFor();
    const text = await sheet.locator('body').innerText();
    for (const number of ['01', '02', '03', '04', '05', '06', '07'])
      expect(text).toMatch(new RegExp(`李平-\\d{4}-${number}`));
  });
});

describe('a worker of another grid', () => {
  test('sees and fetches none of it, by page or by API', async () => {
    const own = await signInByApi(server.origin, 'liping');
    const session = (await (await fetch(`${server.origin}/api/session`, { headers: own })).json()) as {
      account: string;
    };
    const device = '01930000-0000-7000-8000-000000000001';
    const pull = async (headers: Record<string, string>, account: string) => {
      const response = await fetch(`${server.origin}/api/sync/pull`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ protocol: 1, account, device, community: town })
      });
      return (await response.json()) as { rows: { record: { photos?: { id: string }[] } }[] };
    };
    const mine = await pull(own, session.account);
    const photos = mine.rows.flatMap((row) => row.record.photos ?? []);
    expect(photos).toHaveLength(5);
    expect((await fetch(`${server.origin}/api/photos/${photos[0]!.id}`, { headers: own })).status).toBe(200);

    const other = await signInByApi(server.origin, 'xiaohe');
    const he = (await (await fetch(`${server.origin}/api/session`, { headers: other })).json()) as {
      account: string;
    };
    expect((await pull(other, he.account)).rows).toEqual([]);
    for (const { id } of photos) {
      expect((await fetch(`${server.origin}/api/photos/${id}`, { headers: other })).status).toBe(404);
      expect((await fetch(`${server.origin}/api/photos/${id}/thumbnail`, { headers: other })).status).toBe(
        404
      );
    }
  });
});
