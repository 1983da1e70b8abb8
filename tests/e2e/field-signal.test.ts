// What lies between the tablet and the office: portals, failing servers, expired and other people's sessions.
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { recordIssue, tabletRows, untilArrived } from '../support/field';
import { openGateway, type Gateway } from '../support/gateway';
import { acceptedChanges, password, queryStore, signInAs } from '../support/town';
import { useTown } from '../support/use-town';

let gateway: Gateway;
const here = useTown('liping', async () => (gateway = await openGateway()));
afterAll(() => gateway.close());
afterEach(() => void (gateway.weather = 'open'));

interface Trouble {
  status: string;
}
const accepted = (text: string) => acceptedChanges(here.folder).filter(({ body }) => body.includes(text));
const tryNow = async () => {
  await here.page.goto(`${here.origin}/waiting`);
  await here.page.getByRole('button', { name: '现在试一次' }).click();
};

describe('a push that is answered', () => {
  test.each([
    ['by a captive portal with its own page', 'portal', '校园网登录页'],
    ['with 502', 502, '网关出错'],
    ['with 413 by a gateway', 413, '网关嫌大'],
    ['to nobody, the change being stored', 'answer-lost', '回音丢了']
  ] as const)('%s settles nothing; afterwards it arrives once', async (_name, weather, text) => {
    const { page, origin, folder } = here;
    gateway.weather = weather;
    const before = gateway.pushes;
    const number = await recordIssue(page, origin, { text });
    await page.goto(`${origin}/waiting`);
    await page.getByText(number).waitFor();
    await expect.poll(() => gateway.pushes, { timeout: 30_000 }).toBeGreaterThan(before);
    const troubles = await tabletRows<Trouble>(page, 'troubles');
    expect(troubles.filter(({ status }) => status !== 'deferred')).toEqual([]);
    expect(accepted(text)).toHaveLength(weather === 'answer-lost' ? 1 : 0);

    gateway.weather = 'open';
    await tryNow();
    await expect.poll(() => accepted(text).length, { timeout: 90_000 }).toBe(1);
    await untilArrived(page, 90_000);
    const ids = acceptedChanges(folder).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('a push that makes the server fail alone is set apart; the next one goes through at once', async () => {
  const { page, origin } = here;
  gateway.weather = 500;
  await recordIssue(page, origin, { text: '服务器出错' });
  await expect
    .poll(async () => (await tabletRows<Trouble>(page, 'troubles')).at(-1)?.status, { timeout: 30_000 })
    .toBe('deferred');
  gateway.weather = 'open';
  await recordIssue(page, origin, { text: '后面一条' });
  await expect.poll(() => accepted('后面一条').length, { timeout: 30_000 }).toBe(1);
  expect(accepted('服务器出错')).toHaveLength(0);
  await tryNow();
  await expect.poll(() => accepted('服务器出错').length, { timeout: 30_000 }).toBe(1);
});

test('an expired session is said, the work goes on, and after sign-in all of it arrives', async () => {
  const { page, origin, folder } = here;
  queryStore(
    folder,
    "UPDATE session SET expires_at = '2000-01-01' WHERE account = (SELECT id FROM account WHERE login = 'liping')"
  );
  await recordIssue(page, origin, { text: '登录过期时记的', photo: true });
  const line = page.locator('header a', { hasText: '登录已过期' });
  await line.waitFor();
  await recordIssue(page, origin, { text: '还能接着记' });
  await line.click();
  await page.getByText('请重新登录，本机内容都还在').waitFor();
  expect(accepted('还能接着记')).toHaveLength(0);
  await page.locator('input[autocomplete=username]').fill('liping');
  await page.locator('input[type=password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.getByText('李平，您好').waitFor();
  await untilArrived(page);
  await expect.poll(() => acceptedChanges(folder).at(-1)?.kind, { timeout: 30_000 }).toBe('photo-stored');
  expect(accepted('登录过期时记的')).toHaveLength(1);
  expect(accepted('还能接着记')).toHaveLength(1);
});

test("another worker's sign-in leaves unsent work alone; it is sent later under its own account", async () => {
  const { page, origin, tablet, folder } = here;
  const accountOf = (login: string) =>
    queryStore<{ id: string }>(folder, 'SELECT id FROM account WHERE login = ?', login)[0]!.id;
  const signOut = async () => {
    await page.goto(`${origin}/settings`);
    // The page is loaded anew, so that nothing of the account stays in memory.
    const reloaded = page.waitForEvent('load');
    await page.getByRole('button', { name: '退出登录' }).click();
    await reloaded;
    await page.locator('input[type=password]').waitFor();
  };
  await tablet.setOffline(true);
  await recordIssue(page, origin, { text: '李平没报上去的', photo: true });
  await signOut();
  await tablet.setOffline(false);

  await signInAs(page, origin, 'chenlan');
  await page.getByText('陈兰，您好').waitFor();
  await recordIssue(page, origin, { text: '陈兰用同一台平板' });
  await expect.poll(() => accepted('陈兰用同一台平板').length, { timeout: 30_000 }).toBe(1);
  // Never green while somebody's work lies here unsent; what it is stays theirs.
  await page.locator('header a.warn', { hasText: '还有别的账号的 1 条没报上去' }).click();
  await page.getByText('李平在这台平板上还有 1 条没报上去').waitFor();
  await page.goto(`${origin}/lifeline`);
  await page.getByText('没有未上报的内容').waitFor();
  expect(accepted('李平没报上去的')).toHaveLength(0);
  await page.goto(`${origin}/mine`);
  await page.getByText('陈兰用同一台平板').waitFor();
  expect(await page.getByText('李平没报上去的').count()).toBe(0);

  await signOut();
  await signInAs(page, origin, 'liping');
  await expect.poll(() => accepted('李平没报上去的').length, { timeout: 30_000 }).toBe(1);
  expect(accepted('李平没报上去的')[0]!.author).toBe(accountOf('liping'));
  expect(accepted('陈兰用同一台平板')[0]!.author).toBe(accountOf('chenlan'));
});

test('who signed out stays out, in every tab, though the server still says who was there', async () => {
  const { page, origin, tablet } = here;
  const other = await tablet.newPage();
  await other.goto(`${origin}/mine`);
  await other.locator('h1').waitFor();
  let letGo = () => {};
  const leaving = new Promise<void>((resolve) => (letGo = resolve));
  await tablet.route('**/api/session', async (route) => {
    if (route.request().method() === 'GET') {
      const response = await route.fetch();
      await leaving;
      await route.fulfill({ response });
    } else {
      letGo();
      await page.waitForTimeout(500);
      await route.continue();
    }
  });
  await page.goto(`${origin}/settings`);
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.waitForURL(/\/sign-in/);
  await other.waitForURL(/\/sign-in/);
  await page.goto(origin);
  await page.waitForURL(/\/sign-in/);
  await tablet.unroute('**/api/session');
});
