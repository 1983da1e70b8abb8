// What a browser test saw when it failed, with its error: a time-out alone names no cause.
import type { Page } from 'playwright-core';
import { beforeEach } from 'vitest';
import { openPages } from './browser.ts';
import { tabletRows } from './field.ts';
import { faultsOfServers } from './server.ts';

const tables = ['outbox', 'troubles', 'photos', 'settings'];
/** Of a row; its last ones of a table. */
const most = { characters: 500, rows: 8 };

beforeEach(({ onTestFailed }) => {
  onTestFailed(async ({ task }) => {
    const [error] = task.result?.errors ?? [];
    if (!error) return;
    const pages = await Promise.all(openPages().map(describePage));
    error.message = [error.message, ...pages, ...faultsOfServers()].join('\n\n');
  });
});

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
