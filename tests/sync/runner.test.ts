import { afterEach, expect, test, vi } from 'vitest';
import { holdBack } from '../../src/lib/data/undo';
import { startRunner } from '../../src/lib/sync/runner';
import { gridOne, hire, openOffice } from '../support/office';
import { onePlaceEach } from '../support/places';
import { openTablet } from '../support/tablet';

afterEach(() => vi.useRealTimers());

test('what could still be undone is sent when its time is over, though no window is left to say so', async () => {
  const office = await openOffice();
  const person = await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]);
  const li = await openTablet(office.store, person, () => Date.now());
  await li.save({ text: '刚存下' }, gridOne);
  const [record] = await li.database.records.toArray();
  await holdBack(li.database, record!.id, Date.now());

  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const ends: (string | null)[] = [];
  const runner = startRunner(
    () => li.context,
    ({ phase, outcome }) => phase === 'idle' && ends.push(outcome)
  );
  await vi.waitFor(() => expect(ends).toEqual(['done']));
  expect(await onePlaceEach(li.database)).toEqual(['outbox']);
  await vi.advanceTimersByTimeAsync(11_000);
  await vi.waitFor(() => expect(ends).toEqual(['done', 'done']));
  expect(await onePlaceEach(li.database)).toEqual(['accepted']);
  vi.useRealTimers();
  await runner.stop();
  await office.close();
});
