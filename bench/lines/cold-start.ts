import type { Line } from '../line';
import { repeat } from '../line';
import { slowDown, withTablet } from '../tablet';
import { fillTown } from '../town-history';

const records = 300;

export const coldStart: Line = {
  id: 'U1',
  what: `cold start offline on /mine with ${records} records, browser restarted, server dead, processor 4× slower, PIN typed as soon as it is asked for: list readable`,
  unit: 's',
  bar: 1.5,
  measure: () =>
    withTablet(
      async (tablet) => {
        await tablet.server.kill();
        return repeat(5, async () => {
          await tablet.reopen();
          const { page, origin } = tablet;
          await slowDown(page, 4);
          await page.goto(`${origin}/mine`, { waitUntil: 'commit' });
          // On its way there the PIN is typed.
          const listed = page.locator('main li a[href^="/records/"]').first().waitFor();
          // Its own clock starts with the navigation.
          const shownAt = await page.waitForFunction(() => {
            const item = document.querySelector('main li a[href^="/records/"]');
            return item && item.getBoundingClientRect().height > 0 ? performance.now() : 0;
          });
          await listed;
          return (await shownAt.jsonValue()) / 1000;
        });
      },
      (folder) => fillTown(folder, records)
    )
};
