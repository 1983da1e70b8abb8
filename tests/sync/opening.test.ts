// Opening the store begins a new log, and never waits for that for good.
import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { openDatabase } from '../../src/lib/data/open';
import { saveSetting } from '../../src/lib/data/settings';
import { newId } from '../support/changes';
import { storeKey } from '../support/store-key';

afterEach(() => vi.restoreAllMocks());

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
