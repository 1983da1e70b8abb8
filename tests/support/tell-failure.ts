// What a browser test saw when it failed, with its error: a time-out alone names no cause.
import type { BrowserContext, Page } from 'playwright-core';
import { beforeEach, type TestContext } from 'vitest';
import { lookBeforeClosing, openContexts } from './browser.ts';
import { tabletRows } from './field.ts';
import { faultsOfServers } from './server.ts';

const tables = ['outbox', 'troubles', 'photos', 'settings'];
/** Of a row; its last ones of a table. */
const most = { characters: 500, rows: 8 };

let task: TestContext['task'];
let seen: string[] = [];

// A test's own hooks close its browsers before anyone is told that it failed.
lookBeforeClosing(async (context) => {
  if (task?.result?.state === 'fail') await look(context);
});

beforeEach((test) => {
  ({ task } = test);
  seen = [];
  test.onTestFailed(async () => {
    await Promise.all(openContexts().map(look));
    const [error] = task.result?.errors ?? [];
    if (error) error.message = [error.message, ...seen, ...faultsOfServers()].join('\n\n');
  });
});

async function look(context: BrowserContext): Promise<void> {
  seen.push(...(await Promise.all(context.pages().map(describePage))));
}

async function describePage(page: Page): Promise<string> {
  const said = await page
    .locator('body')
    .innerText({ timeout: 2_000 })
    .catch(() => '(no answer)');
  const rows = await Promise.all(
    tables.map(async (table) => {
      const found = await tabletRows(page, table).catch(() => []);
      return found
        .slice(-most.rows)
        .map((row) => `${table}: ${JSON.stringify(row).slice(0, most.characters)}`);
    })
  );
  return [page.url(), said.replaceAll(/\n+/g, ' · '), ...rows.flat()].join('\n');
}
