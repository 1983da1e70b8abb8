import { afterEach, expect, it, vi } from 'vitest';
import { askForPersistence, storageState, storageTrouble } from './storage';

const MiB = 1024 * 1024;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it.each([
  ['fine', 5000],
  ['fine', 200],
  ['low', 199],
  ['low', 25],
  ['full', 24],
  ['full', 0]
])('%s with %i MiB free', (trouble, free) => {
  expect(storageTrouble({ freeBytes: free * MiB })).toBe(trouble);
});

it('what the browser does not say is not warned of', () => {
  expect(storageTrouble(null)).toBe('fine');
});

const stub = (storage: object) => vi.stubGlobal('navigator', { storage });

it('more used than allowed is nothing free', async () => {
  const estimate = () => Promise.resolve({ usage: 12, quota: 10 });
  stub({ estimate, persisted: () => Promise.resolve(true), persist: () => Promise.resolve(true) });
  expect(await storageState()).toEqual({ persisted: true, usedBytes: 12, quotaBytes: 10, freeBytes: 0 });
  expect(await askForPersistence()).toBe('granted');
});

it('a browser that fails, stays silent or has no storage is a value too', async () => {
  const fail = () => Promise.reject(new TypeError('private window'));
  stub({ estimate: fail, persisted: fail, persist: fail });
  expect([await storageState(), await askForPersistence()]).toEqual([null, 'refused']);

  vi.useFakeTimers();
  const silent = () => new Promise(() => {});
  stub({ estimate: silent, persisted: silent, persist: silent });
  const answers = Promise.all([storageState(), askForPersistence()]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await answers).toEqual([null, 'refused']);

  vi.stubGlobal('navigator', {});
  expect([await storageState(), await askForPersistence()]).toEqual([null, 'absent']);
});
