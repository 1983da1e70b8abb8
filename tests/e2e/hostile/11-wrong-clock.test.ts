// Row 11: a tablet whose clock is a year off, or is set while somebody walks.
import { describe, expect, test, vi } from 'vitest';
import type { Instant } from '../../../src/lib/domain/instant';
import { recordIssue, recordNeed, tabletRows } from '../../support/field';
import { acceptedChanges, actAs, queryStore, town, unitOfTown } from '../../support/town';
import { useFreshTown } from '../../support/use-fresh-town';
import { giveOwnClock, setClock } from '../../support/wrong-clock';
import { v7 as uuidV7 } from 'uuid';
import type { RecordId } from '../../../src/lib/domain/ids';

const here = useFreshTown();
const yearMs = 365 * 86_400_000;

interface Body {
  at: Instant;
  kind: string;
  facts: { recordId: RecordId };
}
const bodies = () => acceptedChanges(here.folder).map(({ body }) => JSON.parse(body) as Body);

describe('hostile 11: a wrong clock', () => {
  test.each([
    ['a year behind', -yearMs],
    ['a year ahead', yearMs]
  ])(
    '%s is said; everything arrives, and its limit counts from the office’s time',
    async (_name, aheadMs) => {
      const { page, origin, folder, tablet } = here;
      await giveOwnClock(tablet);
      await setClock(page, aheadMs);
      await page.goto(origin);
      await page.getByRole('alert').filter({ hasText: '平板时间与社区相差约' }).waitFor();
      await recordIssue(page, origin, { text: '钟不准时记的', category: 'C14' });
      await here.expectOnce(['钟不准时记的'], 0);
      const [change] = bodies();
      // Its own time is kept as it said, and the office's beside it.
      expect(Math.abs(Date.parse(change!.at) - Date.now() - aheadMs)).toBeLessThan(yearMs / 50);
      const received = queryStore<{ received_at: string }>(folder, 'SELECT received_at FROM change')[0]!
        .received_at;
      expect(Math.abs(Date.parse(received) - Date.now())).toBeLessThan(yearMs / 50);

      const recordId = uuidV7() as RecordId;
      await actAs(origin, 'wangli', [
        { kind: 'case-opened', facts: { recordId, subjectId: change!.facts.recordId, afterPhoto: 'no' } },
        { kind: 'case-dispatched', facts: { recordId, unit: unitOfTown(folder), instruction: '请处理' } }
      ]);
      const [work] = queryStore<{ due_at: string | null }>(
        folder,
        "SELECT due_at FROM record WHERE kind = 'case'"
      );
      const dueMs = Date.parse(work!.due_at ?? '');
      expect(dueMs).toBeGreaterThan(Date.now());
      expect(dueMs).toBeLessThan(Date.now() + yearMs / 4);
      // A right clock, and the warning goes.
      await setClock(page, 0);
      await page.goto(origin);
      await page.locator('header a.safe').waitFor();
      await page.waitForTimeout(1_000);
      expect(await page.getByText('平板时间与社区相差约').count()).toBe(0);
    }
  );

  test('that is set forth and back on a patrol mixes up no order, and no time runs backwards', async () => {
    const { page, origin, folder, tablet } = here;
    page.on('dialog', (dialog) => void dialog.accept());
    await giveOwnClock(tablet);
    await page.goto(`${origin}/patrol`);
    await page.getByRole('button', { name: '开始巡查' }).click();
    await page.locator('header .clock, header a[href="/patrol"]').first().waitFor();
    // What a cut leaves without an answer goes after the others: here it is there before the link goes.
    await vi.waitFor(() => expect(acceptedChanges(folder)).toHaveLength(1), {
      timeout: 30_000,
      interval: 200
    });
    await tablet.setOffline(true);
    const shifts = [3_600_000, -yearMs, yearMs, -2 * 3_600_000];
    for (const [index, shift] of shifts.entries()) {
      await setClock(page, shift);
      await recordNeed(page, origin, 'N01', `第 ${index + 1} 条`);
      const clock = await page.locator('header a[href="/patrol"] strong').innerText();
      expect(clock).toMatch(/^\d+:\d\d$/);
    }
    await page.goto(`${origin}/patrol`);
    await page.getByRole('button', { name: '结束巡查' }).click();
    await page.getByText('以前的巡查').waitFor();
    expect(await page.locator('table').innerText()).not.toContain('-');
    const made = (await tabletRows<{ id: string }>(page, 'outbox')).map(({ id }) => id);
    await setClock(page, 0);
    await tablet.setOffline(false);
    await here.expectOnce(
      shifts.map((_, index) => `第 ${index + 1} 条`),
      0
    );
    // The order in which they were made, whatever the clock said; received in one stretch of the office's own time.
    expect(acceptedChanges(folder).map(({ id }) => id)).toEqual(made);
    const times = queryStore<{ received_at: string }>(
      folder,
      'SELECT received_at FROM change ORDER BY sequence'
    ).map(({ received_at }) => received_at);
    expect(times).toEqual([...times].sort());
    expect(queryStore(folder, 'SELECT head FROM community WHERE code = ?', town)).toEqual([
      { head: made.length }
    ]);
  });
});
