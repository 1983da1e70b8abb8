import { killBrowser } from '../../tests/support/browser-process';
import { recordNeed, tabletRows, openTablet } from '../../tests/support/field';
import type { ShownRecord } from '../../src/lib/data/database';
import type { Line } from '../line';
import { withTablet } from '../tablet';

const rounds = 200;

export const killedBrowser: Line = {
  id: 'R3',
  what: `browser killed right after "saved", ${rounds} rounds: records lost`,
  unit: 'lost',
  bar: 0,
  measure: () =>
    withTablet(async (tablet) => {
      const { profile, origin } = tablet;
      let lost = 0;
      await tablet.context.setOffline(true);
      for (let round = 1; round <= rounds; round++) {
        const number = await recordNeed(tablet.page, origin);
        await killBrowser(profile);
        Object.assign(tablet, await openTablet({ profile }));
        await tablet.context.setOffline(true);
        await tablet.page.goto(origin);
        await tablet.page.locator('h1').first().waitFor();
        const kept = await tabletRows<ShownRecord>(tablet.page, 'records');
        if (!kept.some(({ record }) => 'number' in record && record.number === number)) lost++;
      }
      return { value: lost };
    })
};
