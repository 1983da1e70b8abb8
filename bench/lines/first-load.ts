import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { launchTablet } from '../../tests/support/browser';
import { insideGridOne, signInAs } from '../../tests/support/town';
import type { Line } from '../line';
import { withTablet } from '../tablet';

/** Addresses of the scripts the page has fetched by the time `selector` is there; not those the service worker fetches. */
async function scriptsUntil(page: Page, selector: string): Promise<string[]> {
  const found = await page.waitForFunction(
    (selector) =>
      document.querySelector(selector) && performance.getEntriesByType('resource').map(({ name }) => name),
    selector
  );
  return ((await found.jsonValue()) ?? []).filter((address) => address.endsWith('.js'));
}

export const firstLoad: Line = {
  id: 'U2',
  what: 'first load of the tablet app on a new tablet, sign-in included: script fetched before it can record, gzip',
  unit: 'kB',
  bar: 150,
  measure: () =>
    withTablet(async ({ origin }) => {
      const context = await launchTablet({ geolocation: insideGridOne });
      try {
        const page = context.pages()[0] ?? (await context.newPage());
        await signInAs(page, origin, 'liping');
        const addresses = new Set(await scriptsUntil(page, 'h1'));
        await page.goto(`${origin}/issues/new`);
        await page.locator('.skip button').click();
        for (const address of await scriptsUntil(page, '.tiles button')) addresses.add(address);
        let bytes = 0;
        for (const address of addresses)
          bytes += gzipSync(Buffer.from(await (await fetch(address)).arrayBuffer())).length;
        return { value: bytes / 1000 };
      } finally {
        await context.close();
      }
    })
};
