// Row 13: the browser drops the connection to its database while the app was in the background.
import { describe, expect, test } from 'vitest';
import { choose, recordIssue, shoot, tabletRows } from '../../support/field';
import { useFreshTown } from '../../support/use-fresh-town';

const here = useFreshTown();

/** Remembers every connection of the pages from now on, so that it can be taken away. */
async function holdConnections(): Promise<void> {
  await here.tablet.addInitScript(() => {
    const connections: IDBDatabase[] = [];
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...parts) {
      const request = open.apply(this, parts);
      request.addEventListener('success', () => connections.push(request.result));
      return request;
    };
    // As when the process that serves them dies: no transaction can be begun, whether or not anybody is told.
    Object.assign(window, {
      loseStore: (isTold: boolean) => {
        for (const connection of connections.splice(0)) {
          connection.close();
          if (isTold) connection.dispatchEvent(new Event('close'));
        }
      }
    });
  });
}

const loseStore = (isTold: boolean) =>
  here.page.evaluate(
    (isTold) => (window as unknown as { loseStore(isTold: boolean): void }).loseStore(isTold),
    isTold
  );
const comeToFront = () => here.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

async function fillHalf(): Promise<void> {
  const { page, origin } = here;
  await holdConnections();
  await page.goto(`${origin}/issues/new`);
  await shoot(page);
  await page.locator('figure img').waitFor();
  await page.locator('textarea').fill('写到一半');
}

async function finish(): Promise<void> {
  const { page, origin } = here;
  await page.locator('textarea').pressSequentially('，接着写完');
  await choose(page, 'C20');
  const drafts = async () => (await tabletRows<{ text: string }>(page, 'drafts')).map(({ text }) => text);
  await expect.poll(drafts, { timeout: 15_000 }).toEqual(['写到一半，接着写完']);
  await page.locator('footer button').click();
  await page.waitForURL(`${origin}/`);
  await here.expectOnce(['写到一半，接着写完'], 1);
}

describe('hostile 13: the store’s connection is lost', () => {
  test.each([
    ['in the background, and the app is told', true, true],
    ['in the background, and nobody says so', false, true],
    ['while one writes, and nobody says so', false, false]
  ])('%s: the form goes on and nothing of it is lost', async (_name, isTold, isBack) => {
    await fillHalf();
    await loseStore(isTold);
    if (isBack) await comeToFront();
    await finish();
  });

  test('five times on one walk: every record is saved and sent', async () => {
    await holdConnections();
    const texts = Array.from({ length: 5 }, (_, round) => `第 ${round + 1} 次断开`);
    for (const [round, text] of texts.entries()) {
      await recordIssue(here.page, here.origin, { text });
      await loseStore(round % 2 === 0);
      await comeToFront();
    }
    await here.expectOnce(texts, 0);
  });
});
