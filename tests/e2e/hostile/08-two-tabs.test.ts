// Row 8: two windows of the app and its service worker at once.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { recordIssue, tabletRows } from '../../support/field';
import { acceptedChanges, queryStore } from '../../support/town';
import { useFreshTown } from '../../support/use-fresh-town';

const here = useFreshTown();

/** Which window each push came from. */
function followPushes(): Page[] {
  const pushes: Page[] = [];
  here.tablet.on('request', (request) => {
    // The service worker has no window: it would throw here, and it must never push.
    if (request.url().endsWith('/api/sync/push')) pushes.push(request.frame().page());
  });
  return pushes;
}

async function openSecond(): Promise<Page> {
  const second = await here.tablet.newPage();
  await second.goto(here.origin);
  await second.locator('h1').waitFor();
  return second;
}

const untilAtOffice = (count: number) =>
  expect.poll(() => acceptedChanges(here.folder).length, { timeout: 60_000 }).toBe(count);

describe('hostile 8: two tabs', () => {
  test('send with one runner; the second takes over when the first is closed', async () => {
    const pushes = followPushes();
    const second = await openSecond();
    await recordIssue(here.page, here.origin, { text: '前一个窗口' });
    await recordIssue(second, here.origin, { text: '后一个窗口' });
    await untilAtOffice(2);
    expect(new Set(pushes).size).toBe(1);

    const [runner] = pushes;
    const [other] = [here.page, second].filter((tab) => tab !== runner);
    await runner!.close();
    here.page = other!;
    await recordIssue(here.page, here.origin, { text: '只剩一个窗口' });
    await untilAtOffice(3);
    expect(pushes.at(-1)).toBe(here.page);
    await here.expectOnce(['前一个窗口', '后一个窗口', '只剩一个窗口'], 0);
  });

  test('of which one hears that the session is over: the other says so too', async () => {
    const second = await openSecond();
    queryStore(here.folder, "UPDATE session SET expires_at = '2000-01-01'");
    await recordIssue(second, here.origin, { text: '登录过期时记的' });
    for (const tab of [here.page, second]) await tab.locator('header a', { hasText: '登录已过期' }).waitFor();
  });

  test('one of which the system kills while it sends: it leaves no lock behind, and nothing is sent twice', async () => {
    const pushes = followPushes();
    const second = await openSecond();
    await recordIssue(second, here.origin, { text: '谁在上报' });
    await untilAtOffice(1);
    const [runner] = pushes;
    const other = [here.page, second].find((tab) => tab !== runner)!;
    // Held on the way, so that the window dies with its request.
    await here.tablet.route('**/api/sync/push', () => {}, { times: 1 });
    const dying = runner!.waitForRequest('**/api/sync/push', { timeout: 60_000 });
    await recordIssue(other, here.origin, { text: '上报时窗口没了' });
    await dying;
    const crashed = runner!.waitForEvent('crash');
    await runner!.goto('chrome://crash').catch(() => {});
    await crashed;
    await untilAtOffice(2);
    expect(pushes.at(-1)).toBe(other);
    here.page = other;
    await here.expectOnce(['谁在上报', '上报时窗口没了'], 0);
  });

  test('that save in the same moment, five times: every record has a number of its own', async () => {
    const second = await openSecond();
    await here.tablet.setOffline(true);
    const texts: string[] = [];
    for (let round = 0; round < 5; round++) {
      const pair = [`左 ${round}`, `右 ${round}`];
      texts.push(...pair);
      await Promise.all(
        [here.page, second].map(async (tab, index) => {
          await tab.goto(`${here.origin}/needs/new`);
          await tab.locator('[data-code=N01]').click();
          await tab.locator('textarea').fill(pair[index]!);
        })
      );
      await Promise.all([here.page, second].map((tab) => tab.locator('footer button').click()));
      await Promise.all([here.page, second].map((tab) => tab.waitForURL(`${here.origin}/`)));
    }
    const records = await tabletRows<{ record: { number: string } }>(here.page, 'records');
    expect(new Set(records.map(({ record }) => record.number)).size).toBe(texts.length);
    await here.tablet.setOffline(false);
    await here.expectOnce(texts, 0);
  });
});
