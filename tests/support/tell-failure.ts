// What a browser test saw when it failed: a time-out alone names no cause.
import type { Page } from 'playwright-core';
import { beforeEach } from 'vitest';
import { openPages } from './browser.ts';
import { tabletRows } from './field.ts';
import { faultsOfServers } from './server.ts';

const tables = ['outbox', 'troubles', 'photos', 'settings'];
/** Of a row; its last ones of a table. */
const most = { characters: 250, rows: 8 };

beforeEach(({ onTestFailed }) => {
  onTestFailed(async () => {
    for (const page of openPages()) console.error(await describePage(page));
    for (const fault of faultsOfServers()) console.error(fault);
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
  return [page.url(), said, ...rows.flat()].join('\n');
}
