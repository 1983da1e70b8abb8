import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetOldTracks } from './retention';
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

async function log(id: string, kind: string, daysAgo: number, sequence: number) {
  const at = new Date(now - daysAgo * day).toISOString();
  const row = {
    community: '510108011007',
    sequence,
    id,
    kind,
    author: 'a',
    device: 'd',
    at,
    received_at: at
  };
  await store.connection
    .insertInto('change')
    .values({ ...row, sha256: `hash of ${id}`, version: 1, body: '{"facts":{"points":[1]}}' })
    .execute();
}

test('a track loses its points after 30 days and keeps its stub; nothing else is touched', async () => {
  await log('old', 'track-recorded', 31, 1);
  await log('young', 'track-recorded', 29, 2);
  await log('issue', 'issue-recorded', 400, 3);
  expect(await forgetOldTracks(store, now)).toBe(1);
  const rows = await store.connection
    .selectFrom('change')
    .select(['id', 'sha256', 'body'])
    .orderBy('sequence')
    .execute();
  expect(rows.map((row) => [row.id, row.sha256, row.body !== ''])).toEqual([
    ['old', 'hash of old', false],
    ['young', 'hash of young', true],
    ['issue', 'hash of issue', true]
  ]);
  expect(await forgetOldTracks(store, now)).toBe(0);
});
