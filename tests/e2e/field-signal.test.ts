// What lies between the tablet and the office: an expired session.
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { recordIssue, untilArrived } from '../support/field';
import { acceptedChanges, password, queryStore } from '../support/town';
import { useTown } from '../support/use-town';

const here = useTown();

const accepted = (text: string) => acceptedChanges(here.folder).filter(({ body }) => body.includes(text));

test('an expired session is said, the work goes on, and after sign-in all of it arrives', async () => {
  const { page, origin, folder, tablet } = here;
  queryStore(
    folder,
    "UPDATE session SET expires_at = '2000-01-01' WHERE account = (SELECT id FROM account WHERE login = 'liping')"
  );
  await recordIssue(page, origin, { text: '登录过期时记的', photo: true });
  const line = page.locator('header a', { hasText: '登录已过期' });
  await line.waitFor();
  // Nor is it forgotten while there is no signal either.
  await tablet.setOffline(true);
  const asked = page.waitForEvent('requestfailed', (request) => request.url().includes('/api/sync/'));
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await asked;
  await pause(500);
  expect(await line.count()).toBe(1);
  await tablet.setOffline(false);
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
