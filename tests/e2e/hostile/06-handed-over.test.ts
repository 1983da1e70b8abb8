// Row 6: a record for a grid that was handed to somebody else while the worker had no signal.
import { beforeEach, describe, expect, test } from 'vitest';
import { otherCommunity as other } from '../../support/codes';
import { choose, recordIssue, save, tabletRows, untilArrived } from '../../support/field';
import { wordsInLifeline } from '../../support/lifeline';
import { follow } from '../../support/shown-page';
import { acceptedChanges, queryStore, town } from '../../support/town';
import { useFreshTown } from '../../support/use-fresh-town';

const here = useFreshTown();
beforeEach(() => void here.page.on('dialog', (dialog) => void dialog.accept()));

/** Moves the worker to another grid, as an administrator would. */
const moveWorkerTo = (area: string) =>
  queryStore(
    here.folder,
    "UPDATE account_grant SET area = ? WHERE account = (SELECT id FROM account WHERE login = 'liping')",
    area
  );
const moveWorker = (grid: string) => moveWorkerTo(`${town}${grid}`);

describe('hostile 6: a record of a grid that was handed on', () => {
  /** Recorded for grid 1 while the grid is handed to somebody else. */
  async function refusedIssue(text: string): Promise<string> {
    await here.tablet.setOffline(true);
    const number = await recordIssue(here.page, here.origin, { text, photo: true });
    moveWorker('002');
    await here.tablet.setOffline(false);
    await here.page.goto(`${here.origin}/waiting`);
    await here.page.getByRole('heading', { name: '没报上去' }).waitFor();
    return number;
  }
  test('is shown with its reason, and everything else goes through', async () => {
    const number = await refusedIssue('网格交给别人了');
    await here.page.getByText('可能是网格已交给别人').waitFor();
    await here.page.getByText(number).first().waitFor();
    await here.page.locator('header a.danger', { hasText: '1 条没报上去' }).waitFor();
    moveWorker('001');
    await recordIssue(here.page, here.origin, { text: '这一条没问题' });
    await expect
      .poll(() => acceptedChanges(here.folder).at(-1)?.body, { timeout: 30_000 })
      .toContain('这一条没问题');
    await here.page.goto(`${here.origin}/waiting`);
    await here.page.getByText(number).first().waitFor();
  });

  test('can be corrected and reported again, with its photo', async () => {
    await refusedIssue('改好再报');
    // The tablet learns of the new grid when it opens again.
    await here.page.reload();
    await here.page.getByRole('button', { name: '改好再报' }).click();
    await here.page.waitForURL(/issues\/new\?draft=/);
    expect(await here.page.locator('textarea').inputValue()).toBe('改好再报');
    await here.page.locator('figure img').waitFor();
    await here.page.locator('footer button').click();
    const again = () => acceptedChanges(here.folder).filter(({ body }) => body.includes('改好再报'));
    await expect.poll(() => again().length, { timeout: 30_000 }).toBe(1);
    await untilArrived(here.page);
    expect(JSON.parse(again()[0]!.body)).toMatchObject({ facts: { ownerGridCode: `${town}002` } });
    const lastKinds = () =>
      acceptedChanges(here.folder)
        .slice(-2)
        .map(({ kind }) => kind);
    await expect.poll(lastKinds, { timeout: 30_000 }).toEqual(['photo-attached', 'photo-stored']);
    await here.page.goto(`${here.origin}/waiting`);
    await here.page.getByText('没有待上报的内容').waitFor();
  });

  test('can be given up: it leaves the list and is never sent', async () => {
    const number = await refusedIssue('不报了');
    await here.page.getByRole('button', { name: '不报了' }).click();
    await here.page.getByText('没有待上报的内容').waitFor();
    await untilArrived(here.page);
    await here.page.goto(`${here.origin}/mine`);
    await here.page.locator('h1').waitFor();
    expect(await here.page.getByText(number).count()).toBe(0);
    expect(acceptedChanges(here.folder).some(({ body }) => body.includes('不报了'))).toBe(false);
  });

  test('is kept whole: with its photo it leaves as a file, after a restart too', async () => {
    await refusedIssue('内容都留着');
    await here.killAndOpen();
    await here.page.goto(`${here.origin}/waiting`);
    await here.page.getByText('可能是网格已交给别人').waitFor();
    const file = await wordsInLifeline(here.page, here.origin);
    expect(file).toContain('内容都留着');
    const [photo] = await tabletRows<{ id: string; sha256: string }>(here.page, 'photos');
    expect(file).toContain(`"sha256":"${photo!.sha256}"`);
  });
});

test('hostile 6: whoever is moved to another community records there, without loading the page again', async () => {
  const { page, origin, folder } = here;
  queryStore(
    folder,
    `INSERT INTO community (code, name, head, is_demo, forgotten_through)
     SELECT ?, '别的社区', 0, is_demo, 0 FROM community WHERE code = ?`,
    other,
    town
  );
  queryStore(
    folder,
    `INSERT INTO reference_item (community, kind, code, position, body)
     SELECT ?, kind, code, position, body FROM reference_item WHERE community = ? AND kind IN ('category', 'needType')`,
    other,
    town
  );
  await page.goto(origin);
  await untilArrived(page);
  moveWorkerTo(`${other}001`);
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect
    .poll(async () => (await tabletRows<{ key: string }>(page, 'settings')).map(({ key }) => key))
    .toContain(`cursor-${other}`);
  await follow(page, '/needs/new');
  await choose(page, 'N01');
  await save(page);
  await expect
    .poll(() => acceptedChanges(folder).at(-1)?.body, { timeout: 30_000 })
    .toContain(`"community":"${other}"`);
});
