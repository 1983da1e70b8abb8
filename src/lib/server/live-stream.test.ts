import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { community } from '../../../tests/support/codes';
import { createLive } from './live';
import { liveStream } from './live-stream';
import type { Store } from './store';

const beatMs = 25_000;
const store = { live: createLive() } as Store;
const unhandled = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  process.on('unhandledRejection', unhandled);
});
afterEach(() => {
  vi.useRealTimers();
  process.off('unhandledRejection', unhandled);
  unhandled.mockReset();
});

/** A stream that is read, and the answer to its question whether it may go on. */
function open() {
  let answer: (mayGoOn: boolean) => void = () => undefined;
  const mayGoOn = () => new Promise<boolean>((resolve) => (answer = resolve));
  const reader = liveStream(store, 'session', [community], mayGoOn).body!.getReader();
  const read = async () => {
    const { value } = await reader.read();
    return value && new TextDecoder().decode(value);
  };
  return { reader, read, answer: (yes: boolean) => answer(yes) };
}

/** Rejections nobody caught are told after the microtasks. */
async function settle(): Promise<void> {
  vi.useRealTimers();
  await new Promise((resolve) => setTimeout(resolve, 10));
}

test('hints until it may not go on, and then ends', async () => {
  const { read, answer } = open();
  expect(await read()).toBe('retry: 5000\n\n');
  store.live.announce({ community, sequence: 7 });
  expect(await read()).toContain('"sequence":7');
  await vi.advanceTimersByTimeAsync(beatMs);
  answer(true);
  expect(await read()).toContain('still here');
  await vi.advanceTimersByTimeAsync(beatMs);
  answer(false);
  expect(await read()).toBeUndefined();
});

test.each([true, false])(
  'a reader that leaves during the question harms nobody (answer: %s)',
  async (yes) => {
    const { reader, answer } = open();
    await vi.advanceTimersByTimeAsync(beatMs);
    await reader.cancel();
    answer(yes);
    await settle();
    expect(unhandled).not.toHaveBeenCalled();
  }
);
