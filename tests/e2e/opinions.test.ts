// 意见建议: written without signal, read and answered by the administrator, and the answer read on the tablet.
import { expect, test } from 'vitest';
import { axeViolations } from '../support/axe';
import { launchDesk } from '../support/browser';
import { recordIssue, tabletRows, untilArrived } from '../support/field';
import { newId } from '../support/changes';
import { acceptedChanges, queryStore, signInAs, town } from '../support/town';
import { useTown } from '../support/use-town';

const here = useTown();

/** With the same password as everybody. */
function hireAdmin(): void {
  const account = newId();
  queryStore(
    here.folder,
    `INSERT INTO account (id, login, name, password_hash, created_at)
     SELECT ?, 'hemin', '何敏', password_hash, created_at FROM account WHERE login = 'wangli'`,
    account
  );
  queryStore(
    here.folder,
    "INSERT INTO account_grant (id, account, role, area) VALUES (?, ?, 'admin', ?)",
    newId(),
    account,
    town
  );
}

test('a wish goes from the tablet to the administrator, and the answer comes back', async () => {
  const { page, tablet, server, origin, folder } = here;
  await recordIssue(page, origin, { text: '不该带走的话' });
  await untilArrived(page);
  await tablet.setOffline(true);
  await page.locator('nav').getByRole('link', { name: '我的' }).click();
  await page.locator('li a[href^="/records/"]').first().click();
  await page.locator('.numbers').waitFor();
  await page.locator('nav').getByRole('link', { name: '我的' }).click();
  await page.getByRole('link', { name: '设置' }).click();
  await page.getByRole('link', { name: '写意见' }).click();
  await page.locator('textarea').fill('照片能不能连拍');
  await page.getByRole('button', { name: '交上去' }).click();
  await page.getByText('已保存，有信号后自动送到管理员').waitFor();
  await page.getByText('等管理员看').waitFor();
  expect(await page.locator('textarea').inputValue()).toBe('');
  await page.locator('header a[href="/waiting"]').click();
  await page.locator('article', { hasText: '意见建议' }).waitFor();
  await page.reload();
  await page.locator('.frame').waitFor();
  await tablet.setOffline(false);
  await untilArrived(page);
  const given = acceptedChanges(folder).filter(({ kind }) => kind === 'opinion-given');
  expect(given).toHaveLength(1);
  expect(given[0]!.body).toContain('"page":"/mine"');
  expect(given[0]!.body).not.toContain('不该带走的话');

  hireAdmin();
  const desk = await launchDesk();
  try {
    const office = desk.pages()[0]!;
    await signInAs(office, server.origin, 'hemin');
    await office.goto(`${server.origin}/office/opinions`);
    await office.locator('li.waiting', { hasText: '照片能不能连拍' }).waitFor();
    expect(await axeViolations(office)).toEqual([]);
    await office.getByPlaceholder('答复').fill('下一版就有');
    await office.getByRole('button', { name: '已看，答复' }).click();
    await office.getByText('管理员答复：下一版就有').waitFor();
    await office.getByText('已记下，会回到平板上').waitFor();
    expect(await office.locator('li.waiting').count()).toBe(0);
  } finally {
    await desk.close();
  }

  await page.goto(`${origin}/opinions`);
  await page.locator('.frame').waitFor();
  await page.getByText('管理员答复：下一版就有').waitFor({ timeout: 60_000 });
  expect(await tabletRows(page, 'troubles')).toEqual([]);
});
