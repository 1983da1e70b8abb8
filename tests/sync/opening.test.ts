// Opening the store begins a new log where there is room for one, and never waits for that for good.
import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { openDatabase } from '../../src/lib/data/open';
import type { AccountId } from '../../src/lib/domain/ids';
import { isStoreFull } from '../../src/lib/data/full-disk';
import { loadSetting, saveSetting } from '../../src/lib/data/settings';
import { newId } from '../support/changes';
import { storeKey } from '../support/store-key';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const passing = async () => (await indexedDB.databases()).filter(({ name }) => name?.includes('passing'));

test('leaves nothing behind of what it made to begin a new log', async () => {
  const remove = vi.spyOn(indexedDB, 'deleteDatabase');
  const database = await openDatabase(newId(), storeKey, () => {});
  expect(remove).toHaveBeenCalledOnce();
  expect(await passing()).toEqual([]);
  database.close();
});

test('a browser that never answers to it, or fails, does not keep the store shut', async () => {
  vi.spyOn(indexedDB, 'deleteDatabase').mockReturnValue({} as IDBOpenDBRequest);
  const slow = await openDatabase(newId(), storeKey, () => {});
  await saveSetting(slow, 'community', '510108011007');
  vi.spyOn(indexedDB, 'deleteDatabase').mockImplementation(() => {
    throw new DOMException('', 'UnknownError');
  });
  const failing = await openDatabase(newId(), storeKey, () => {});
  await saveSetting(failing, 'community', '510108011007');
  for (const database of [slow, failing]) database.close();
});

test('without room for a new log nothing is written, all is read, and writing goes on once there is room', async () => {
  const account = newId<AccountId>();
  const before = await openDatabase(account, storeKey, () => {});
  await saveSetting(before, 'community', '510108011007');
  before.close();
  let hasRoom = false;
  const open = () =>
    hasRoom ? Promise.resolve({ indexedDB }) : Promise.reject(new DOMException('', 'DataError'));
  vi.stubGlobal('navigator', { storageBuckets: { open, delete: () => Promise.resolve() } });
  const remove = vi.spyOn(indexedDB, 'deleteDatabase');
  const database = await openDatabase(account, storeKey, () => {});
  expect(remove).not.toHaveBeenCalled();
  const write = () => saveSetting(database, 'community', '510108011008');
  const refused = await write().catch((fault: unknown) => fault);
  expect(isStoreFull(refused)).toBe(true);
  expect(await loadSetting(database, 'community')).toBe('510108011007');
  hasRoom = true;
  await vi.waitFor(write, { timeout: 10_000, interval: 100 });
  expect(remove).toHaveBeenCalledOnce();
  expect(await loadSetting(database, 'community')).toBe('510108011008');
  database.close();
});
