// Row 17: one tablet, two workers; and a tablet that is lost. (That nobody can read what lies on it needs the vaults.)
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { recordIssue } from '../../support/field';
import { acceptedChanges, queryStore, signInAs } from '../../support/town';
import { useTown } from '../../support/use-town';

const here = useTown();

const accepted = (text: string) => acceptedChanges(here.folder).filter(({ body }) => body.includes(text));

describe('hostile 17: a shared tablet', () => {
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
    await other.locator('.frame').waitFor();
    let letGo = () => {};
    const leaving = new Promise<void>((resolve) => (letGo = resolve));
    await tablet.route('**/api/session', async (route) => {
      if (route.request().method() === 'GET') {
        const response = await route.fetch();
        await leaving;
        await route.fulfill({ response });
      } else {
        letGo();
        await pause(500);
        // The window that asked may be at the sign-in page by now.
        await route.continue().catch(() => undefined);
      }
    });
    await page.goto(`${origin}/settings`);
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.waitForURL(/\/sign-in/);
    await other.waitForURL(/\/sign-in/);
    await page.goto(origin);
    await page.waitForURL(/\/sign-in/);
    await tablet.unrouteAll({ behavior: 'ignoreErrors' });
  });
});

test('hostile 17: who signs out at the desk is signed out of the tablet’s pages too, until they sign in again', async () => {
  const { page, origin } = here;
  await signInAs(page, origin, 'wangli');
  await page.goto(`${origin}/mine`);
  await page.locator('.frame').waitFor();
  const other = await here.tablet.newPage();
  await other.goto(`${origin}/office`);
  await other.getByRole('button', { name: '退出登录' }).click();
  await other.waitForURL(/\/sign-in/);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.waitForURL(/\/sign-in/);
  await other.goto(`${origin}/mine`);
  await other.waitForURL(/\/sign-in/);
  await other.close();
  await signInAs(page, origin, 'wangli');
  await page.goto(`${origin}/mine`);
  await page.locator('.frame').waitFor();
});

describe('hostile 17: a lost tablet', () => {
  test('whose sessions the office ends: it says so, fetches and sends nothing more, and loses nothing', async () => {
    const { page, origin, folder } = here;
    await signInAs(page, origin, 'liping');
    await page.locator('header a.safe').waitFor({ timeout: 60_000 });
    queryStore(folder, "DELETE FROM session WHERE account = (SELECT id FROM account WHERE login = 'liping')");
    await recordIssue(page, origin, { text: '丢了的平板上记的' });
    await page.locator('header a', { hasText: '登录已过期' }).waitFor({ timeout: 60_000 });
    const answers = await page.evaluate(() =>
      Promise.all(
        ['/api/session', '/api/live', '/office/inbox'].map(async (path) => {
          const { status, redirected, url } = await fetch(path);
          return redirected ? new URL(url).pathname : status;
        })
      )
    );
    expect(answers).toEqual([401, 401, '/sign-in']);
    expect(accepted('丢了的平板上记的')).toHaveLength(0);
    await signInAs(page, origin, 'liping');
    await expect.poll(() => accepted('丢了的平板上记的').length, { timeout: 60_000 }).toBe(1);
  });
});
