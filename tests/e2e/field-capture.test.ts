// What a worker can put into a record, and with how few taps.
import { createHash, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { choose, openRecord, recordIssue, save, shoot, tabletRows, untilArrived } from '../support/field';
import { acceptedChanges, signInByApi, town } from '../support/town';
import { useTown } from '../support/use-town';

const here = useTown();
const pictures = ['walker-loose.jpg', 'walker-fixed.jpg'].map((name) =>
  fileURLToPath(new URL(`../../demo/pictures/${name}`, import.meta.url))
);

interface ChangeBody {
  kind: string;
  facts: { number?: string; place: Record<string, unknown>; photo?: Record<string, unknown> };
}
const acceptedBodies = () => acceptedChanges(here.folder).map(({ body }) => JSON.parse(body) as ChangeBody);

/** What the office was told, once it was. */
const recorded = (number: string) =>
  vi.waitFor(
    () => {
      const body = acceptedBodies().find(({ facts }) => facts.number === number);
      expect(body, `${number} at the office`).toBeDefined();
      return body!.facts;
    },
    { timeout: 30_000, interval: 100 }
  );

/** Counts what a thumb does on this page. */
function taps(page: Page) {
  let count = 0;
  return {
    tap: async (selector: string) => {
      await page.locator(selector).first().tap();
      count++;
    },
    count: () => count
  };
}

describe('few taps', () => {
  test('a patrol starts with one', async () => {
    const { page, origin } = here;
    await page.goto(origin);
    const thumb = taps(page);
    await thumb.tap('button.main');
    await page.waitForURL('**/patrol');
    await page.locator('header .clock, header a[href="/patrol"]').first().waitFor();
    expect(thumb.count()).toBe(1);
  });

  test('a need is saved with at most four', async () => {
    const { page, origin } = here;
    await page.goto(origin);
    const thumb = taps(page);
    await thumb.tap('a[href="/needs/new"]');
    await thumb.tap('[data-code=N01]');
    await thumb.tap('footer button');
    await page.getByText('已保存在本机').waitFor();
    expect(thumb.count()).toBeLessThanOrEqual(4);
  });

  test('an issue is saved with at most three after the shutter, place and grid filled in', async () => {
    const { page, origin } = here;
    await page.goto(origin);
    await page.locator('nav a.record').tap();
    await shoot(page);
    const thumb = taps(page);
    await thumb.tap('.tiles button');
    await thumb.tap('footer button');
    const number = await page.locator('div[aria-live] strong', { hasText: '李平-' }).innerText();
    expect(thumb.count()).toBeLessThanOrEqual(3);
    expect(await recorded(number)).toMatchObject({
      ownerGridCode: `${town}001`,
      place: { source: 'gps', gridCode: expect.stringContaining(`${town}001`) as string },
      patrolId: expect.any(String) as string
    });
  });
});

describe('a place', () => {
  test.each(['lcy', '老厂院'])('is found by %s', async (typed) => {
    const { page, origin } = here;
    await page.goto(`${origin}/issues/new`);
    await page.locator('.skip button').click();
    await page.getByRole('button', { name: '选楼栋' }).click();
    await page.locator('dialog input').fill(typed);
    await page.locator('dialog li button', { hasText: '机械厂老院' }).first().click();
    await page.locator('.place', { hasText: '机械厂老院' }).waitFor();
    await choose(page, 'C01');
    const number = await save(page);
    expect((await recorded(number)).place).toMatchObject({
      source: 'building',
      buildingCode: expect.stringContaining(town) as string
    });
  });

  test('is picked with a tap on the map, and a new fix does not move it', async () => {
    const { page, origin, tablet } = here;
    await page.goto(`${origin}/issues/new`);
    await page.locator('.skip button').click();
    await page.getByRole('button', { name: '在地图上点' }).click();
    const map = page.locator('dialog .leaflet-container');
    await map.waitFor();
    const box = (await map.boundingBox())!;
    await page.touchscreen.tap(box.x + box.width * 0.4, box.y + box.height * 0.4);
    await page.getByText('地图选点').waitFor();
    await tablet.setGeolocation({ longitude: 104.126, latitude: 30.655, accuracy: 5 });
    await page.waitForTimeout(1_500);
    await choose(page, 'C01');
    const number = await save(page);
    const { place } = await recorded(number);
    expect(place).toMatchObject({ source: 'map', gridCode: expect.stringContaining(town) as string });
    expect(place.position).not.toEqual([104.126, 30.655]);
  });

  test('may be missing', async () => {
    const { page, origin, tablet } = here;
    await tablet.clearPermissions();
    await page.goto(`${origin}/needs/new`);
    await choose(page, 'N08');
    const number = await save(page);
    await tablet.grantPermissions(['geolocation', 'camera', 'microphone']);
    expect((await recorded(number)).place).toEqual({ source: 'none' });
  });
});

describe('pictures and voice', () => {
  test('several from the album are marked as such, with no time invented', async () => {
    const { page, origin } = here;
    await page.goto(`${origin}/issues/new`);
    await page.locator('input[type=file][multiple]').setInputFiles(pictures);
    await page.locator('figcaption', { hasText: '来源：相册' }).nth(1).waitFor();
    await choose(page, 'C13');
    const number = await save(page);
    await recorded(number);
    await untilArrived(page);
    await openRecord(page, origin, number);
    await page.locator('ul[aria-label=照片] button').nth(1).click();
    await page.locator('dialog').getByText('来源：相册').waitFor();
    const attached = acceptedBodies().filter(({ facts }) => facts.photo?.source === 'album');
    expect(attached).toHaveLength(2);
    for (const { facts } of attached) expect(facts.photo).not.toHaveProperty('takenAt');
  });

  test('a picture the browser cannot decode is kept as it is, sent, and marked 无法预览', async () => {
    const { page, origin, folder } = here;
    const heic = Buffer.concat([
      Buffer.from([0, 0, 0, 24]),
      Buffer.from('ftypheic\0\0\0\0mif1heic', 'latin1'),
      randomBytes(200_000)
    ]);
    await page.goto(`${origin}/issues/new`);
    const file = { name: 'IMG_0001.HEIC', mimeType: 'image/heic', buffer: heic };
    await page.locator('input[type=file][multiple]').setInputFiles([file]);
    await page.locator('figcaption', { hasText: '无法预览' }).waitFor();
    await choose(page, 'C13');
    const number = await save(page);
    await recorded(number);
    await untilArrived(page);
    await openRecord(page, origin, number);
    await page.locator('ul[aria-label=照片]', { hasText: '无法预览' }).waitFor();
    const { photo } = acceptedChanges(folder)
      .map(({ body }) => (JSON.parse(body) as ChangeBody).facts)
      .find((facts) => facts.photo?.previewable === false)!;
    expect(photo).toMatchObject({
      bytes: heic.length,
      sha256: createHash('sha256').update(heic).digest('hex')
    });
    const headers = await signInByApi(origin, 'wangli');
    const stored = await fetch(`${origin}/api/photos/${String(photo!.id)}`, { headers });
    expect(Buffer.from(await stored.arrayBuffer()).equals(heic)).toBe(true);
  });

  test('a voice note is recorded, stored, sent, and heard on another tablet', async () => {
    const { page, origin } = here;
    await page.goto(`${origin}/issues/new`);
    await page.locator('.skip button').click();
    await page.getByRole('button', { name: '录一段话' }).click();
    await page.getByRole('button', { name: /^停止（2 秒）/ }).click();
    await page.locator('audio').waitFor();
    await choose(page, 'C12');
    const number = await save(page);
    expect(await tabletRows(page, 'pictures')).not.toEqual([]);
    await recorded(number);
    await untilArrived(page);
    const colleague = await here.openTabletOf('chenlan');
    await colleague.page.goto(`${origin}/tasks`);
    await colleague.page.locator('li a', { hasText: number }).click();
    const audio = colleague.page.locator('audio');
    await audio.waitFor();
    const heard = await audio.evaluate(async (element: HTMLAudioElement) => {
      element.muted = true;
      await element.play();
      await new Promise((resolve) => element.addEventListener('timeupdate', resolve, { once: true }));
      return { time: element.currentTime, source: new URL(element.src).pathname };
    });
    expect(heard.time).toBeGreaterThan(0);
    expect(heard.source).toMatch(/^\/api\/photos\//);
  });
});

describe('仅社区可见', () => {
  test('is seen by the author and the office, not by a colleague of the same grid', async () => {
    const { page, origin } = here;
    const open = await recordIssue(page, origin, { text: '大家都能看' });
    await page.goto(`${origin}/issues/new`);
    await shoot(page);
    await page.locator('textarea').fill('邻里纠纷，不宜公开');
    await choose(page, 'C12');
    await page.getByRole('switch', { name: '仅社区可见' }).check();
    const hidden = await save(page);
    await recorded(hidden);
    await untilArrived(page);
    await openRecord(page, origin, hidden);

    const colleague = await here.openTabletOf('chenlan');
    await colleague.page.goto(`${origin}/tasks`);
    await colleague.page.locator('li', { hasText: open }).waitFor();
    expect(await colleague.page.locator('li', { hasText: hidden }).count()).toBe(0);
    const photo = acceptedBodies().findLast(({ facts }) => facts.photo)!.facts.photo!;
    const address = `${origin}/api/photos/${String(photo.id)}`;
    const asColleague = await fetch(address, { headers: await signInByApi(origin, 'chenlan') });
    expect(asColleague.status).toBe(404);
    const asOfficer = await fetch(address, { headers: await signInByApi(origin, 'wangli') });
    expect(asOfficer.status).toBe(200);
  });
});

test('the language is switched in one tap and stays', async () => {
  const { page, origin } = here;
  await page.goto(`${origin}/settings`);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await page.goto(origin);
  await page.getByRole('link', { name: 'To do' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await page.goto(`${origin}/settings`);
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('heading', { name: '设置' }).waitFor();
});
