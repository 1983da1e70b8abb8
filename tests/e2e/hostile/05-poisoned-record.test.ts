// Row 5: one record that nobody can digest, in the middle of a queue.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { openRecord, recordIssue, tabletRows, untilArrived } from '../../support/field';
import { openGateway, type Gateway, type Weather } from '../../support/gateway';
import { wordsInLifeline } from '../../support/lifeline';
import { acceptedChanges, queryStore } from '../../support/town';
import { useTown } from '../../support/use-town';

let gateway: Gateway;
const here = useTown('liping', async () => (gateway = await openGateway()));
afterAll(() => gateway.close());
afterEach(() => void (gateway.weather = 'open'));

const accepted = (text: string) => acceptedChanges(here.folder).filter(({ body }) => body.includes(text));
const atOffice = (text: string) => expect.poll(() => accepted(text).length, { timeout: 60_000 });
const tryNow = async () => {
  await here.page.goto(`${here.origin}/waiting`);
  await here.page.getByRole('button', { name: '现在试一次' }).click();
};
const statuses = async () =>
  (await tabletRows<{ status: string; failures: number }>(here.page, 'troubles')).map(({ status }) => status);

/** Tried on the person's word until it is set aside; meanwhile it is never silently gone. */
async function untilSetAside(page: Page): Promise<void> {
  for (let tries = 0; tries < 6 && !(await statuses()).includes('set-aside'); tries++) {
    await tryNow();
    await page.getByRole('button', { name: '现在试一次' }).waitFor();
    await page.waitForTimeout(300);
  }
  await page.getByText('多次没报上去，先放一边，每天再试').waitFor();
}

describe('hostile 5: a poisoned record', () => {
  test.each<[string, Weather, string]>([
    ['that makes the server fail on the whole request', 500, '毒'],
    ['that no request with it ever gets through', 'cut', '吞']
  ])('%s: the others before and after it go through at once', async (_name, weather, word) => {
    const { page, origin, tablet } = here;
    gateway.weather = ({ text }) => (text.includes(word) ? weather : 'open');
    await tablet.setOffline(true);
    const texts = ['前面一条', `${word}，谁也收不下`, '后面一条', '再后面一条'].map(
      (text) => `${text}${word}`
    );
    const [before, , ...behind] = texts;
    await recordIssue(page, origin, { text: before!.replace(word, '〇') });
    await recordIssue(page, origin, { text: texts[1] });
    for (const text of behind)
      await recordIssue(page, origin, { text: text.replace(word, `〇${texts.length}`) });
    await tablet.setOffline(false);
    await tryNow();
    await atOffice('前面一条〇').toBeGreaterThan(0);
    await atOffice('再后面一条〇4').toBeGreaterThan(0);
    expect(accepted(texts[1]!)).toHaveLength(0);
    await page.goto(`${origin}/mine`);
    await page.locator('main li', { hasText: texts[1] }).waitFor();
    gateway.weather = 'open';
    await tryNow();
    await atOffice(texts[1]!).toBe(1);
    await untilArrived(page);
  });

  test('that makes the server throw while it judges: set aside, visible, exportable, and taken once mended', async () => {
    const { page, origin, folder } = here;
    const number = await recordIssue(page, origin, { text: '社区那边坏掉的一条' });
    await tryNow();
    await atOffice('社区那边坏掉的一条').toBe(1);
    const id = await openRecord(page, origin, number);
    await page.getByRole('button', { name: '留言' }).click();
    // What the office has of it cannot be worked with any more: every judgement of a comment on it throws.
    queryStore(folder, "UPDATE record SET body = json_remove(body, '$.comments') WHERE id = ?", id);
    await page.locator('dialog textarea').fill('对坏掉的那条说的话');
    await page.locator('dialog button.main').click();
    await expect.poll(statuses, { timeout: 60_000 }).toEqual(['deferred']);
    await recordIssue(page, origin, { text: '别的一条照样上报' });
    await tryNow();
    await atOffice('别的一条照样上报').toBe(1);
    expect(accepted('对坏掉的那条说的话')).toHaveLength(0);

    await untilSetAside(page);
    expect(await wordsInLifeline(page, here.origin)).toContain('对坏掉的那条说的话');
    queryStore(folder, "UPDATE record SET body = json_set(body, '$.comments', json('[]')) WHERE id = ?", id);
    await tryNow();
    await atOffice('对坏掉的那条说的话').toBe(1);
    await untilArrived(page);
    expect(await statuses()).toEqual([]);
  });
});
