// Row 16: a tablet with ten thousand records and two thousand photos, and a worker whose grid is that busy.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { rm } from 'node:fs/promises';
import type { BrowserContext } from 'playwright-core';
import { fillTown } from '../../../bench/town-history';
import { openTablet, recordIssue, tabletRows, untilReady } from '../../support/field';
import { buildOnce, startServer, type TestServer } from '../../support/server';
import { acceptedChanges, foundTown, signInAs } from '../../support/town';

const records = 10_000;
const photos = 2_000;

let folder: string;
let server: TestServer;
let tablet: BrowserContext;
let page: Page;
const pulls: { bytes: number; rows: number }[] = [];

beforeAll(async () => {
  await buildOnce();
  folder = await foundTown();
  await fillTown(folder, records);
  server = await startServer({ dataFolder: folder });
  ({ context: tablet, page } = await openTablet());
  page.on('response', (response) => {
    if (!response.url().endsWith('/api/sync/pull')) return;
    void response.text().then(
      (text) =>
        pulls.push({ bytes: text.length, rows: (JSON.parse(text) as { rows: unknown[] }).rows.length }),
      () => {}
    );
  });
  await signInAs(page, server.origin, 'liping');
  await vi.waitFor(async () => expect(await countOf('records')).toBe(records), {
    timeout: 150_000,
    interval: 1_000
  });
  await untilReady(page);
});
afterAll(async () => {
  await tablet?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const countOf = (table: string) =>
  page.evaluate(async (table) => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no answer'));
      });
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const name = names.find((name) => /^xunge-[0-9a-f]{8}-/.test(name));
    if (!name) return 0;
    const database = await done(indexedDB.open(name));
    const count = await done(database.transaction(table).objectStore(table).count());
    database.close();
    return count;
  }, table);

interface Row {
  id: string;
  record: { photos: object[]; at: string };
}

/**
 * Photos of the newest records, as they lie there once the office has them: small and large. Written as before there were
 * keys, which is still read.
 */
async function addPhotos(): Promise<void> {
  const rows = await tabletRows<Row>(page, 'records');
  const newest = rows.sort((a, b) => (a.record.at < b.record.at ? 1 : -1)).slice(0, photos);
  await page.evaluate(async (rows) => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no answer'));
      });
    const canvas = new OffscreenCanvas(120, 90);
    canvas.getContext('2d')!.fillRect(20, 20, 60, 40);
    const bytes = await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer();
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const database = await done(indexedDB.open(names.find((name) => /^xunge-[0-9a-f]{8}-/.test(name))!));
    const tables = ['photos', 'pictures', 'thumbnails', 'records'];
    const work = database.transaction(tables, 'readwrite');
    for (const [index, row] of rows.entries()) {
      const id = `${row.id.slice(0, -4)}${(0x8000 + index).toString(16)}`;
      const facts = { id, mime: 'image/jpeg', bytes: bytes.byteLength, sha256: 'a'.repeat(64) };
      const more = { source: 'camera', stage: 'before', previewable: true };
      row.record.photos = [{ ...facts, ...more, storedAt: row.record.at }];
      work.objectStore('records').put(row);
      const queued = { ...facts, ...more, recordId: row.id, medium: 'photo', state: 'stored' };
      work
        .objectStore('photos')
        .put({ ...queued, declared: true, thumbnailSent: true, storedAt: new Date().toISOString() });
      work.objectStore('pictures').put({ photoId: id, bytes });
      work.objectStore('thumbnails').put({ photoId: id, bytes });
    }
    await new Promise((resolve) => (work.oncomplete = resolve));
    database.close();
  }, newest);
}

describe(`hostile 16: ${records} records and ${photos} photos on one tablet`, () => {
  test('come in pages, none of more than 2,000', () => {
    expect(pulls.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThanOrEqual(records);
    expect(Math.max(...pulls.map(({ rows }) => rows))).toBeLessThanOrEqual(2_000);
    expect(pulls.filter(({ rows }) => rows > 0).length).toBeGreaterThanOrEqual(records / 2_000);
  });

  test('lists show a screenful with pictures, find one among all, and filter', async () => {
    await addPhotos();
    expect(await countOf('photos')).toBe(photos);
    await page.goto(`${server.origin}/mine`);
    const items = page.locator('main li a[href^="/records/"]');
    await items.nth(29).waitFor();
    await page.locator('main li img').nth(5).waitFor();
    expect(await items.count()).toBe(30);
    await page.locator('input[type=search]').fill('第 4321 处');
    await expect.poll(() => items.count(), { timeout: 30_000 }).toBe(1);
    await page.locator('input[type=search]').fill('');
    await page.getByRole('button', { name: '已办完' }).click();
    await page.locator('.badge', { hasText: '已撤回' }).first().waitFor();
  });

  test('the map opens with them and stays one', async () => {
    await page.goto(`${server.origin}/map`);
    await page.locator('.leaflet-container').waitFor();
    await page.locator('.leaflet-container button, .leaflet-container [role=button]').first().waitFor();
  });

  test('one more record is saved, sent, and nothing is sent or fetched again', async () => {
    pulls.length = 0;
    await recordIssue(page, server.origin, { text: '一万条以后的一条', photo: true });
    await expect.poll(() => acceptedChanges(folder).at(-1)?.kind, { timeout: 90_000 }).toBe('photo-stored');
    await page.locator('header a.safe').waitFor({ timeout: 60_000 });
    expect(pulls.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThan(20);
    expect(await countOf('records')).toBe(records + 1);
    expect(await tabletRows(page, 'troubles')).toEqual([]);
  });
});
