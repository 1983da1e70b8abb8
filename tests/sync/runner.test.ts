import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { saveSetting } from '../../src/lib/data/settings';
import { heldBackFrom } from '../../src/lib/data/undo';
import { startRunner } from '../../src/lib/sync/runner';
import type { Transport } from '../../src/lib/sync/transport';
import { gridOne, hire, openOffice } from '../support/office';
import { onePlaceEach } from '../support/places';
import { openTablet } from '../support/tablet';

/** The failures in a row for which a pause was asked. */
const failures = vi.hoisted((): number[] => []);
vi.mock('../../src/lib/sync/backoff', () => ({
  // Longer than any test here waits.
  backoffMs: (count: number) => (failures.push(count), 60_000)
}));

let office: Awaited<ReturnType<typeof openOffice>>;
let li: Awaited<ReturnType<typeof openTablet>>;
let ends: (string | null)[];

beforeEach(async () => {
  office = await openOffice();
  const person = await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]);
  li = await openTablet(office.store, person, () => Date.now());
  ends = [];
  failures.length = 0;
});
afterEach(() => office.close());

const start = () =>
  startRunner(
    () => li.context,
    ({ phase, outcome }) => phase === 'idle' && ends.push(outcome)
  );

test('what could still be undone is sent when its time is over, though no window is left to say so', async () => {
  await li.save({ text: '刚存下' }, gridOne);
  const [record] = await li.database.records.toArray();
  await saveSetting(li.database, 'heldBack', heldBackFrom(record!.id, Date.now()));

  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const runner = start();
  await vi.waitFor(() => expect(ends).toEqual(['done']));
  expect(await onePlaceEach(li.database)).toEqual(['outbox']);
  await vi.advanceTimersByTimeAsync(11_000);
  await vi.waitFor(() => expect(ends).toEqual(['done', 'done']));
  expect(await onePlaceEach(li.database)).toEqual(['accepted']);
  vi.useRealTimers();
  await runner.stop();
});

test('what a run left out because it could still be undone is sent as soon as that run is over', async () => {
  await li.save({ text: '刚存下' }, gridOne);
  const [record] = await li.database.records.toArray();
  await saveSetting(li.database, 'heldBack', heldBackFrom(record!.id, Date.now()));
  // Its time is over while the run still pulls.
  const { postJson } = li.context.transport;
  let aheadMs = 0;
  li.context.now = () => Date.now() + aheadMs;
  li.context.transport = {
    ...li.context.transport,
    postJson: (...request) => {
      aheadMs = 11_000;
      return postJson(...request);
    }
  };
  const runner = start();
  await vi.waitFor(() => expect(ends).toEqual(['done', 'done']));
  expect(await onePlaceEach(li.database)).toEqual(['accepted']);
  await runner.stop();
});

test('woken while a run comes to nothing, it runs again at once: the signal may be back', async () => {
  await li.save({ text: '信号刚回来' }, gridOne);
  let answer!: () => void;
  const asked = new Promise<void>((resolve) => {
    li.context.transport = hangingOnce(li.context.transport, resolve, (end) => (answer = end));
  });
  const runner = start();
  await asked;
  runner.wake();
  answer();
  await vi.waitFor(() => expect(ends).toEqual(['away', 'done']), { timeout: 10_000 });
  expect(await onePlaceEach(li.database)).toEqual(['accepted']);
  await runner.stop();
});

test('the pauses after failures grow, and begin short again when it is woken', async () => {
  await li.save({ text: '死角里存下' }, gridOne);
  li.context.transport = { ...li.context.transport, postLines: () => Promise.resolve({ status: 'away' }) };
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const runner = start();
  await vi.waitFor(() => expect(failures).toEqual([1]));
  await vi.advanceTimersByTimeAsync(60_000);
  await vi.waitFor(() => expect(failures).toEqual([1, 2]));
  runner.wake();
  await vi.waitFor(() => expect(failures).toEqual([1, 2, 1]));
  vi.useRealTimers();
  await runner.stop();
});

/** The first request finds nobody, as late as its `end` is called; the others go through. */
function hangingOnce(transport: Transport, onAsked: () => void, take: (end: () => void) => void): Transport {
  const away = new Promise<{ status: 'away' }>((resolve) => take(() => resolve({ status: 'away' })));
  let isFirst = true;
  return {
    ...transport,
    postLines: (...request) => {
      if (!isFirst) return transport.postLines(...request);
      isFirst = false;
      onAsked();
      return away;
    }
  };
}
