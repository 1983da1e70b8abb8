import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOffice } from '../../../../tests/support/office';
import { hold } from '../database/copy';
import { closeStore, openStore } from '../store';
import { backUp } from './back-up';
import { databaseOf } from './generations';
import { restore } from './restore';

let office: Awaited<ReturnType<typeof openOffice>>;
let from: string;
let dataFolder: string;
let generation: string;
const now = '2026-11-21T01:00:00.000Z';

beforeEach(async () => {
  office = await openOffice();
  from = mkdtempSync(join(tmpdir(), 'xunge-backup-'));
  dataFolder = mkdtempSync(join(tmpdir(), 'xunge-data-'));
  const made = await backUp({ dataFolder: office.folder, target: from, keep: 3 }, '2026-11-20T01:00:00.000Z');
  ({ generation } = made as { generation: string });
});
afterEach(async () => {
  await office.close();
  for (const folder of [from, dataFolder]) rmSync(folder, { recursive: true });
});

const restoreHere = (wish: { generation?: string; replace?: boolean; from?: string } = {}) =>
  restore({ from, dataFolder, replace: false, ...wish }, now);

/** All that lies in the data folder, but for the lock. */
const inFolder = () => readdirSync(dataFolder).filter((name) => name !== 'backup.lock');

test('a store that is there is left alone, or moved aside whole where that was asked for', async () => {
  const old = await openStore(dataFolder);
  writeFileSync(join(old.photoFolder, 'a picture'), 'old');
  await closeStore(old);
  expect(await restoreHere()).toEqual({ trouble: 'store-exists' });
  expect(inFolder()).toEqual(['photos', 'xunge.sqlite']);
  const movedTo = join(dataFolder, 'before-2026-11-21T01-00-00.000Z');
  expect(await restoreHere({ replace: true })).toMatchObject({ generation, movedTo });
  expect(readFileSync(join(movedTo, 'photos', 'a picture'), 'utf8')).toBe('old');
  const [moved, restored] = [await openStore(movedTo), await openStore(dataFolder)];
  expect(moved.epoch).toBe(old.epoch);
  expect(restored.sealKey.equals(office.store.sealKey)).toBe(true);
  for (const store of [moved, restored]) await closeStore(store);
});

test('a store whose server was killed is moved aside with all that it had receipted', async () => {
  const old = await openStore(dataFolder);
  await closeStore(old);
  const killed = await openOffice();
  for (const name of ['xunge.sqlite', 'xunge.sqlite-wal', 'xunge.sqlite-shm'])
    copyFileSync(join(killed.folder, name), join(dataFolder, name));
  await killed.close();
  const result = await restoreHere({ replace: true });
  expect(result).toMatchObject({ generation });
  const moved = await openStore((result as { movedTo: string }).movedTo);
  expect(await moved.connection.selectFrom('community').select('code').execute()).toHaveLength(2);
  await closeStore(moved);
});

test('nothing is touched while a server has the store open', async () => {
  const open = await openStore(dataFolder);
  for (const replace of [false, true])
    expect(await restoreHere({ replace })).toEqual({ trouble: 'store-in-use' });
  await closeStore(open);
  expect(await restoreHere({ replace: true })).toMatchObject({ generation });
});

test('a store that cannot be read any more is moved aside all the same', async () => {
  writeFileSync(
    join(dataFolder, 'xunge.sqlite'),
    'no database at all, and longer than its header would be'.repeat(9)
  );
  expect(await restoreHere({ replace: true })).toMatchObject({ generation });
});

test('no backup, or not this one', async () => {
  for (const nowhere of [join(from, 'nowhere'), dataFolder])
    expect(await restoreHere({ from: nowhere })).toEqual({ trouble: 'backup-missing' });
  expect(await restoreHere({ generation: '../../etc' })).toEqual({ trouble: 'generation-missing' });
});

test('a damaged generation, and one of a newer build, leave everything as it is', async () => {
  const file = databaseOf(from, generation);
  const bytes = readFileSync(file);
  const damaged = Buffer.from(bytes);
  // A single bit, in the table or in its index.
  damaged[damaged.lastIndexOf('0001_store.sql')]! ^= 1;
  writeFileSync(file, damaged);
  expect(await restoreHere()).toMatchObject({ trouble: 'damaged' });
  writeFileSync(file, bytes);
  const database = new DatabaseSync(file);
  database.exec("INSERT INTO migration VALUES ('9999_tomorrow.sql', '')");
  database.close();
  expect(await restoreHere()).toMatchObject({ trouble: 'newer-store' });
  expect(inFolder()).toEqual([]);
});

test('a backup that is running keeps it waiting', async () => {
  const lock = hold(join(dataFolder, 'backup.lock'))!;
  expect(await restoreHere()).toEqual({ trouble: 'already-running' });
  lock.close();
  expect(existsSync(join(dataFolder, 'xunge.sqlite'))).toBe(false);
});
