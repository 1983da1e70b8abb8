import { gzipSync } from 'node:zlib';
import { launchTablet } from '../../tests/support/browser';
import { insideGridOne, signInAs } from '../../tests/support/town';
import type { Line } from '../line';
import { withTablet } from '../tablet';

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
        const bytesByUrl = new Map<string, Promise<number>>();
        page.on('response', (response) => {
          // What the service worker stores for later is not waited for.
          if (response.request().serviceWorker() || !response.url().endsWith('.js')) return;
          bytesByUrl.set(
            response.url(),
            response.body().then((body) => gzipSync(body).length)
          );
        });
        await signInAs(page, origin, 'liping');
        await page.goto(`${origin}/issues/new`);
        await page.locator('.skip button').click();
        await page.locator('.tiles button').first().waitFor();
        const sizes = await Promise.all(bytesByUrl.values());
        return { value: sizes.reduce((sum, size) => sum + size, 0) / 1000 };
      } finally {
        await context.close();
      }
    })
};
