// What the person sees of the way to the office: marks on records and pictures, 没报上去, progress, age, 出发前检查.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchDesk } from '../support/browser';
import { openRecord, openTablet, recordIssue, tabletRows, untilArrived, untilReady } from '../support/field';
import { buildOnce, startServer, type TestServer } from '../support/server';
import { acceptedChanges, foundTown, insideGridOne, queryStore, signInAs, town } from '../support/town';

let folder: string;
let server: TestServer;
let tablet: BrowserContext;
let page: Page;

beforeAll(async () => {
  await buildOnce();
  folder = await foundTown();
  server = await startServer({ dataFolder: folder });
  ({ context: tablet, page } = await openTablet({ geolocation: insideGridOne }));
  page.on('dialog', (dialog) => void dialog.accept());
  await signInAs(page, server.origin, 'liping');
  await untilReady(page);
});
afterAll(async () => {
  await tablet.close();
  await server.stop();
});
afterEach(async () => {
  moveWorker('001');
  await tablet.setOffline(false);
  await tablet.unrouteAll();
  // The tablet learns whose the grid is when it opens, and has it written down.
  await page.goto(server.origin);
  await expect
    .poll(async () => JSON.stringify(await tabletRows(page, 'facts')))
    .toContain(`"area":"${town}001"`);
});

function moveWorker(grid: string): void {
  queryStore(
    folder,
    "UPDATE account_grant SET area = ? WHERE account = (SELECT id FROM account WHERE login = 'liping')",
    `${town}${grid}`
  );
}

const accepted = (text: string) => acceptedChanges(folder).filter(({ body }) => body.includes(text));
const steps = (marks: string) => page.locator(`${marks} li.done`).count();

/** Time goes by on the tablet: all it does by the clock, it does later. */
async function later(days: number): Promise<void> {
  await page.clock.setFixedTime(Date.now() + days * 86_400_000);
  await page.reload();
  await page.locator('h1').first().waitFor();
}

describe('the three marks', () => {
  test('of a record and of its picture go on step by step, on its page and in the list', async () => {
    await tablet.setOffline(true);
    const number = await recordIssue(page, server.origin, { text: '三个标记', photo: true });
    await openRecord(page, server.origin, number);
    await expect.poll(() => steps('.spelled')).toBe(1);
    await expect.poll(() => steps('.over.picture')).toBe(1);
    await page.goto(`${server.origin}/mine`);
    const card = page.locator('main li', { hasText: number });
    await card.locator('.over.corner').getByText('在本机').waitFor();

    await tablet.setOffline(false);
    await untilArrived(page);
    await card.locator('.over.corner').getByText('已到社区').waitFor();
    await card.locator('a').click();
    await expect.poll(() => steps('.spelled')).toBe(2);
    await expect.poll(() => steps('.over.picture')).toBe(2);

    const desk = await launchDesk();
    const office = desk.pages()[0]!;
    await signInAs(office, server.origin, 'wangli');
    await office.goto(`${server.origin}/office/inbox`);
    await office.locator('.list li a', { hasText: '三个标记' }).click();
    await expect.poll(() => acceptedChanges(folder).at(-1)?.kind, { timeout: 30_000 }).toBe('record-opened');
    await desk.close();
    await expect.poll(() => steps('.spelled'), { timeout: 90_000 }).toBe(3);
    await expect.poll(() => steps('.over.picture')).toBe(3);
  });
});

describe('没报上去', () => {
  const card = () => page.locator('article.refused');

  async function refusedComment(text: string): Promise<void> {
    const number = await recordIssue(page, server.origin, { text: '留言不成' });
    await untilArrived(page);
    await openRecord(page, server.origin, number);
    await tablet.setOffline(true);
    await page.getByRole('button', { name: '留言', exact: true }).click();
    await page.locator('dialog[open] textarea').fill(text);
    await page.locator('dialog[open]').getByRole('button', { name: '保存' }).click();
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    moveWorker('002');
    await tablet.setOffline(false);
    await page.goto(`${server.origin}/waiting`);
    await card().waitFor();
  }

  test('a refused comment says why, and is edited and sent again', async () => {
    await refusedComment('网格交出去了');
    await card().getByText('可能是网格已交给别人').waitFor();
    await card().getByText('您写的都在本机').waitFor();
    await card().getByText('一条已不在本机的记录').waitFor();
    await card().getByRole('link', { name: '导出' }).waitFor();
    moveWorker('001');
    await card().getByRole('button', { name: '改一改再报' }).click();
    await page.locator('dialog[open] textarea').fill('网格又回来了');
    await page.getByRole('button', { name: '保存并再报' }).click();
    await untilArrived(page);
    expect(accepted('网格又回来了')).toHaveLength(1);
    expect(accepted('网格交出去了')).toHaveLength(0);
  });

  test('a refused record goes as it was once the grid is back, its picture with it', async () => {
    await tablet.setOffline(true);
    await recordIssue(page, server.origin, { text: '原样再报', photo: true });
    moveWorker('002');
    await tablet.setOffline(false);
    await page.goto(`${server.origin}/waiting`);
    await card().waitFor();
    expect(await card().count()).toBe(1);
    await card().getByText('跟它一起等的：照片').waitFor();
    moveWorker('001');
    await card().getByRole('button', { name: '原样再报' }).click();
    await untilArrived(page);
    expect(accepted('原样再报')).toHaveLength(1);
    expect(
      acceptedChanges(folder)
        .slice(-2)
        .map(({ kind }) => kind)
    ).toEqual(['photo-attached', 'photo-stored']);
  });

  /** The same person corrects it on a second tablet while this one is offline. */
  async function conflict(mine: string, theirs: string): Promise<void> {
    const number = await recordIssue(page, server.origin, { text: `原来 ${mine}` });
    await untilArrived(page);
    await expect.poll(() => accepted(`原来 ${mine}`).length, { timeout: 30_000 }).toBe(1);
    const second = await openTablet({ geolocation: insideGridOne });
    await signInAs(second.page, server.origin, 'liping');
    await untilReady(second.page);
    await tablet.setOffline(true);
    for (const [one, text] of [
      [second.page, theirs],
      [page, mine]
    ] as const) {
      await openRecord(one, server.origin, number);
      await one.getByRole('button', { name: '修改', exact: true }).click();
      await one.locator('dialog[open] textarea').fill(text);
      await one.locator('dialog[open]').getByRole('button', { name: '保存' }).click();
      if (one !== page) await untilArrived(one);
    }
    await second.context.close();
    await tablet.setOffline(false);
    await page.goto(`${server.origin}/waiting`);
    await card().waitFor();
  }

  test('a conflict shows both sides; one’s own is sent as a change of what the office has', async () => {
    await conflict('我改的', '另一台改的');
    await card().getByText('“情况说明”两边都改了').waitFor();
    await card().getByText('原来：原来 我改的').waitFor();
    expect(await card().locator('label').allInnerTexts()).toEqual([
      expect.stringContaining('另一台改的'),
      expect.stringContaining('我改的')
    ]);
    await card().getByRole('button', { name: '按选的办' }).click();
    await untilArrived(page);
    const last = JSON.parse(accepted('"to":"我改的"')[0]!.body) as { facts: unknown };
    expect(last.facts).toMatchObject({ edits: { text: { from: '另一台改的', to: '我改的' } } });
  });

  test('a conflict in which theirs is taken leaves nothing behind', async () => {
    await conflict('我不要了', '用这个');
    await card().locator('label', { hasText: '用这个' }).click();
    await card().getByRole('button', { name: '按选的办' }).click();
    await page.getByText('没有待上报的内容').waitFor();
    await untilArrived(page);
    expect(accepted('"to":"我不要了"')).toHaveLength(0);
  });
});

test('a long upload tells its bytes as the office confirms them, and after a cut what the office has', async () => {
  const number = await recordIssue(page, server.origin, { text: '大照片' });
  await untilArrived(page);
  await openRecord(page, server.origin, number);
  const doors: (() => void)[] = [];
  const passed: string[] = [];
  await tablet.route('**/api/photos/*', async (route) => {
    const request = route.request();
    if (request.method() !== 'PATCH') return route.continue();
    passed.push((await request.headerValue('upload-offset'))!);
    // The second piece is cut, the third waits at the door.
    if (passed.length === 2) await new Promise<void>((resolve) => doors.push(resolve));
    if (passed.length === 2) return route.abort();
    if (passed.length === 3) await new Promise<void>((resolve) => doors.push(resolve));
    await route.continue();
  });
  // No browser shows it: it travels as it is.
  const buffer = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic'), Buffer.alloc(1_400_000, 7)]);
  await page.locator('input[type=file]').setInputFiles({ name: 'big.heic', mimeType: 'image/heic', buffer });
  await page.locator('header a[href="/waiting"]').click();
  const told = page.locator('.sent', { hasText: '已到 131 kB，共 1.4 MB' });
  const line = page.locator('header a', { hasText: '正在上传照片，131 kB / 1.4 MB' });
  await told.waitFor();
  await line.waitFor();
  expect(await page.locator('progress').evaluate((bar: HTMLProgressElement) => bar.value)).toBe(131_072);
  await expect.poll(() => doors.length).toBe(1);
  doors[0]!();
  await expect.poll(() => doors.length).toBe(2);
  expect(passed).toEqual(['0', '131072', '131072']);
  await told.waitFor();
  doors[1]!();
  await untilArrived(page);
});

test('a picture whose bytes are at the office alone shows small without signal, and says why', async () => {
  const number = await recordIssue(page, server.origin, { text: '大图已清理', photo: true });
  await untilArrived(page);
  await page.evaluate(async () => {
    const name = (await indexedDB.databases()).find((one) =>
      /^xunge-[0-9a-f]{8}-/.test(one.name ?? '')
    )!.name!;
    const request = indexedDB.open(name);
    const database = await new Promise<IDBDatabase>(
      (resolve) => (request.onsuccess = () => resolve(request.result))
    );
    const clearing = database.transaction('pictures', 'readwrite');
    clearing.objectStore('pictures').clear();
    await new Promise((resolve) => (clearing.oncomplete = resolve));
    database.close();
  });
  await tablet.setOffline(true);
  await openRecord(page, server.origin, number);
  await page.locator('main .photos button').first().click();
  await page.getByText('这是小图').waitFor();
  await page.locator('dialog img').first().waitFor();
  await tablet.setOffline(false);
  await page.keyboard.press('Escape');
});

test('unsent work is loud after a day, on 今天 and in 待上报, by shape and word', async () => {
  await tablet.setOffline(true);
  await recordIssue(page, server.origin, { text: '搁了两天' });
  await page.goto(`${server.origin}/waiting`);
  await page.getByText('最早的一条：').waitFor();
  expect(await page.locator('.loud').count()).toBe(0);
  await later(2);
  for (const path of ['/', '/waiting']) {
    await page.goto(`${server.origin}${path}`);
    await page.locator('.loud', { hasText: '已经等了 2 天' }).waitFor();
    await page.locator('header a.danger', { hasText: '有 2 天前的记录还没报上去' }).waitFor();
  }
  await page.clock.setFixedTime(Date.now());
  await tablet.setOffline(false);
  await page.reload();
  await untilArrived(page);
});

test('without contact for long the line is not green, though nothing is left', async () => {
  await untilArrived(page);
  await tablet.setOffline(true);
  // A run under way would reach its end by the clock of six hours later.
  await page.reload();
  await later(0.25);
  await page.locator('header a.warn', { hasText: '全部已到社区，但已 6 小时没连上' }).waitFor();
  await page.clock.setFixedTime(Date.now());
  await tablet.setOffline(false);
  await page.reload();
  await untilArrived(page);
});

describe('出发前检查', () => {
  test('is one line on 今天 that unfolds, works offline, and mends what a tap can mend', async () => {
    await page.goto(server.origin);
    await page.locator('summary').waitFor();
    await tablet.setOffline(true);
    await page.reload();
    await page.locator('summary').click();
    await page.getByText('网格和边界').waitFor();
    await page.locator('li', { hasText: '定位' }).getByRole('button').click();
    await page.getByText('定到了，精度约 12 米').waitFor();
    await tablet.setOffline(false);
    await page.locator('li', { hasText: '时间' }).getByRole('button', { name: '现在试一次' }).click();
    await page.getByText('和社区的时间一致').waitFor();
    // Nothing of it stands in the way.
    await page.getByRole('button', { name: '开始巡查' }).waitFor();
  });

  test('says what is not well, and leads to it', async () => {
    await tablet.setOffline(true);
    await recordIssue(page, server.origin, { text: '检查里看得到' });
    await page.goto(`${server.origin}/readiness`);
    await page.locator('li.note', { hasText: '有 1 条没到社区' }).getByRole('button').click();
    await page.waitForURL(`${server.origin}/waiting`);
    await tablet.setOffline(false);
    await untilArrived(page);
  });
});
