import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../tests/support/changes';
import { community, hire } from '../../../tests/support/office';
import type { DeviceId } from '../domain/ids';
import { incomingOf } from './photo-store';
import { sweep } from './retention';
import { loadSession, openSession } from './session';
import { closeStore, openStore, type Store } from './store';

const day = 24 * 3_600_000;
const now = Date.parse('2026-11-20T00:00:00.000Z');
let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xunge-retention-'));
  store = await openStore(folder);
});
afterEach(async () => {
  await closeStore(store);
  rmSync(folder, { recursive: true });
});

test('a session that has expired goes, whether it was ended or not; one in force stays', async () => {
  const { account } = await hire(store, '李平', []);
  const open = (daysAgo: number) => openSession(store, account, newId<DeviceId>(), now - daysAgo * day);
  await open(61);
  const { token } = await open(59);
  await sweep(store, now);
  const rows = await store.connection.selectFrom('session').select('expires_at').execute();
  expect(rows).toHaveLength(1);
  expect(await loadSession(store, token, new Date(now).toISOString())).toMatchObject({ account });
});

test('an upload nobody went on with for a week goes, with what belongs to it', async () => {
  const { directory } = incomingOf(store);
  const upload = (name: string, daysAgo: number, end = '') => {
    const file = join(directory, name + end);
    writeFileSync(file, 'x');
    utimesSync(file, (now - daysAgo * day) / 1000, (now - daysAgo * day) / 1000);
  };
  const [old, goingOn, orphan, young] = [0, 1, 2, 3].map(() => `${community}-${newId()}`) as [
    string,
    string,
    string,
    string
  ];
  upload(old, 8);
  upload(old, 8, '.json');
  // Begun long ago, and written to since.
  upload(goingOn, 1);
  upload(goingOn, 8, '.json');
  upload(orphan, 8, '.json');
  upload(young, 6);
  upload(young, 6, '.json');
  upload('not ours', 100);
  await sweep(store, now);
  const kept = [goingOn, young].flatMap((name) => [name, `${name}.json`]);
  expect(readdirSync(directory).sort()).toEqual([...kept, 'not ours'].sort());
});
