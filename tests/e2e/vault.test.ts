// One tablet, several workers, each with a PIN: what opens, what does not, and what a finder of the tablet can read.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { killBrowser } from '../support/browser-process';
import { openTablet, recordIssue, tabletRows, untilArrived } from '../support/field';
import { pin } from '../support/browser';
import { isOnDisk, isTextOnDisk } from '../support/on-disk';
import { buildOnce, startServer, type TestServer } from '../support/server';
import { acceptedChanges, foundTown, queryStore, typePassword } from '../support/town';

let folder: string;
let profile: string;
let server: TestServer;
let tablet: BrowserContext;
let page: Page;

beforeAll(async () => {
  await buildOnce();
  folder = await foundTown();
  server = await startServer({ dataFolder: folder });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'xunge-profile-'));
  await open();
});
afterEach(async () => {
  await tablet.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

async function open(): Promise<void> {
  ({ context: tablet, page } = await openTablet({ profile, byHand: true }));
  page.on('dialog', (dialog) => void dialog.accept());
}

const signIn = (login: string, path = '/sign-in') => typePassword(page, server.origin + path, login);

const field = () => page.locator('input.pin:enabled');
const inside = () => page.locator('.frame');

async function choosePin(chosen = pin): Promise<void> {
  await field().fill(chosen);
  await page.getByText('再输一遍').waitFor();
  await field().fill(chosen);
  await inside().waitFor();
}

async function begin(login: string, chosen = pin): Promise<void> {
  await signIn(login);
  await choosePin(chosen);
  await untilArrived(page);
  // From now on the app opens without a server.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** Locks, and waits for the person's own lock screen, loaded anew. */
async function lock(): Promise<void> {
  await page.getByRole('button', { name: '锁屏，换人' }).click();
  await page.locator('input.pin').waitFor();
}

const choosePerson = (name: string) => page.getByRole('button', { name }).click();
const accepted = (text: string) => acceptedChanges(folder).filter(({ body }) => body.includes(text));

test('a PIN is chosen once, with care, and opens the tablet again without a network', async () => {
  await signIn('liping');
  await page.getByText('李平，设一个 6 位解锁码').waitFor();
  await field().fill('123456');
  await page.getByText('太简单').waitFor();
  await field().fill(pin);
  await page.getByText('再输一遍').waitFor();
  await field().fill('271829');
  await page.getByText('两遍不一样').waitFor();
  await choosePin();
  await untilArrived(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await recordIssue(page, server.origin, { text: '锁起来的一条' });

  await tablet.close();
  await open();
  await tablet.setOffline(true);
  await page.goto(`${server.origin}/mine`);
  await page.getByText('李平，请输入解锁码').waitFor();
  expect(await page.locator('body').innerText()).not.toContain('锁起来的一条');
  // Nobody has to unlock anything to call for help.
  expect(await page.getByRole('link', { name: '报警 110' }).getAttribute('href')).toBe('tel:110');
  await field().fill('000001');
  await page.getByText('不对，请再试').waitFor();
  // On the keys, as with a finger.
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByText('锁起来的一条').waitFor();
  // A reload does not ask again.
  await page.reload();
  await page.getByText('锁起来的一条').waitFor();
});

test('five wrong ones slow down, and the right one waits as well', async () => {
  await begin('liping');
  await lock();
  for (let tries = 0; tries < 5; tries++) await field().fill('000001');
  await page.getByText('输错太多次，请 1 分钟后再试').waitFor();
  await field().fill(pin);
  await page.getByText('输错太多次').waitFor();
  expect(await inside().isVisible()).toBe(false);
});

test('two workers share it over a shift without signal: neither sees the other’s, and all of it is sent', async () => {
  await begin('chenlan', '314159');
  await lock();
  await page.getByRole('link', { name: '其他人登录' }).click();
  await begin('liping');
  await tablet.setOffline(true);
  await recordIssue(page, server.origin, { text: '李平早班看到的', photo: true });
  await lock();
  await page.getByRole('button', { name: '换人', exact: true }).click();
  await choosePerson('陈兰');
  await field().fill(pin);
  await page.getByText('不对，请再试').waitFor();
  await field().fill('314159');
  await page.getByText('陈兰，您好').waitFor();
  await page.locator('nav').getByRole('link', { name: '我的' }).click();
  await page.getByText('您还没有记录').waitFor();
  expect(await page.locator('body').innerText()).not.toContain('李平早班看到的');
  await recordIssue(page, server.origin, { text: '陈兰中班看到的' });
  await lock();
  await page.getByRole('button', { name: '换人', exact: true }).click();
  await choosePerson('李平');
  await field().fill(pin);
  await page.getByText('李平，您好').waitFor();
  await recordIssue(page, server.origin, { text: '李平又看到的' });
  // Locked: it is sent all the same as long as the app is open.
  await lock();
  await tablet.setOffline(false);
  await expect.poll(() => accepted('李平又看到的').length, { timeout: 60_000 }).toBe(1);
  await expect.poll(() => accepted('李平早班看到的').length).toBe(1);
  await page.getByRole('button', { name: '换人', exact: true }).click();
  await choosePerson('陈兰');
  await field().fill('314159');
  await expect.poll(() => accepted('陈兰中班看到的').length, { timeout: 60_000 }).toBe(1);
  const accounts = queryStore<{ id: string; name: string }>(folder, 'SELECT id, name FROM account');
  const authorOf = (text: string) => accounts.find(({ id }) => id === accepted(text)[0]!.author)!.name;
  expect(['李平早班看到的', '李平又看到的', '陈兰中班看到的'].map(authorOf)).toEqual([
    '李平',
    '李平',
    '陈兰'
  ]);
});

test('the disk of a locked tablet has no word and no picture of what was recorded', async () => {
  const words = ['井盖被撬走了', '张阿姨家门口'];
  await begin('liping');
  await tablet.setOffline(true);
  await recordIssue(page, server.origin, { text: words[0], photo: true });
  await page.goto(`${server.origin}/issues/new`);
  await page.locator('.skip button').click();
  await page.locator('textarea').fill(words[1]!);
  await expect.poll(async () => (await tabletRows(page, 'drafts')).length).toBe(1);
  await expect.poll(async () => (await tabletRows(page, 'pictures')).length).toBe(1);
  const [picture] = await tabletRows<{ bytes: number[] }>(page, 'pictures');
  // What is not sealed is found: the search bites.
  await page.evaluate(async () => {
    const request = indexedDB.open('plain', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('rows', { keyPath: 'id' });
    const database = await new Promise<IDBDatabase>(
      (resolve) => (request.onsuccess = () => resolve(request.result))
    );
    const work = database.transaction('rows', 'readwrite', { durability: 'strict' });
    work.objectStore('rows').put({ id: 1, text: '没有加密的一句' });
    await new Promise((resolve) => (work.oncomplete = resolve));
  });
  await page.goto(server.origin);
  await lock();
  await killBrowser(profile);
  expect(isTextOnDisk('没有加密的一句', profile)).toBe(true);
  for (const text of words) expect(isTextOnDisk(text, profile)).toBe(false);
  expect(isOnDisk(Buffer.from(picture!.bytes.slice(700, 760)), profile)).toBe(false);
  await open();
});

test('who has forgotten the PIN signs in, chooses another, and has everything', async () => {
  await begin('liping');
  await expect.poll(() => queryStore(folder, 'SELECT * FROM store_secret').length).toBeGreaterThan(0);
  await tablet.setOffline(true);
  await recordIssue(page, server.origin, { text: '忘码之前记的' });
  await lock();
  await tablet.close();
  await open();
  await page.goto(server.origin);
  await page.getByRole('link', { name: '忘了解锁码' }).click();
  await page.waitForURL('**/sign-in?pin');
  await signIn('liping', '/sign-in?pin');
  await choosePin('602214');
  await page.goto(`${server.origin}/mine`);
  await page.getByText('忘码之前记的').first().waitFor();
  await lock();
  await field().fill(pin);
  await page.getByText('不对，请再试').waitFor();
  await field().fill('602214');
  await page.getByText('忘码之前记的').first().waitFor();
});

test('a tablet nobody touches locks itself after ten minutes, but not on a walk', async () => {
  await begin('liping');
  await page.clock.install();
  await page.goto(server.origin);
  await inside().waitFor();
  await page.getByRole('button', { name: '开始巡查' }).click();
  await page.waitForURL('**/patrol');
  await page.clock.fastForward('30:00');
  await page.clock.runFor(1_000);
  expect(await inside().isVisible()).toBe(true);
  await page.getByRole('button', { name: '结束巡查' }).click();
  await page.getByRole('button', { name: '结束巡查' }).waitFor({ state: 'detached' });
  await page.clock.fastForward('09:00');
  expect(await inside().isVisible()).toBe(true);
  await page.clock.fastForward('02:00');
  await page.getByText('李平，请输入解锁码').waitFor();
});

test('what lay here before there were keys is taken over, sealed, without losing a record', async () => {
  await begin('liping');
  await tablet.setOffline(true);
  await recordIssue(page, server.origin, { text: '升级之前记的', photo: true });
  await expect.poll(async () => (await tabletRows(page, 'pictures')).length).toBe(1);
  // As an earlier version left it.
  const before = await unseal();
  expect(await countPlainRows()).toBeGreaterThan(0);
  expect(isTextOnDisk('升级之前记的', profile)).toBe(true);
  await page.goto(server.origin);
  await choosePin();
  await page.goto(`${server.origin}/mine`);
  await page.getByText('升级之前记的').first().waitFor();
  expect((await tabletRows<{ id: string }>(page, 'outbox')).map(({ id }) => id)).toEqual(before);
  expect(await countPlainRows()).toBe(0);
  await tablet.setOffline(false);
  await expect.poll(() => accepted('升级之前记的').length, { timeout: 60_000 }).toBe(1);
  await untilArrived(page);
  // Each opening begins a new log, and with it the tables without the rows that were written over.
  await page.goto(server.origin);
  await lock();
  await killBrowser(profile);
  expect(isTextOnDisk('升级之前记的', profile)).toBe(false);
  await open();
});

/** Rows of the person's store that lie there unsealed, over all its tables. */
const countPlainRows = () =>
  page.evaluate(async () => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve) => (request.onsuccess = () => resolve(request.result)));
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const store = await done(indexedDB.open(names.find((name) => /^xunge-[0-9a-f]{8}-/.test(name))!));
    const tables = [...store.objectStoreNames];
    const reading = store.transaction(tables);
    const rows = await Promise.all(tables.map((table) => done(reading.objectStore(table).getAll())));
    store.close();
    return rows.flat().filter((row) => !('sealed' in (row as object))).length;
  });

/** Writes the rows as they were before there were keys, and forgets the vault; the outbox's ids. */
async function unseal(): Promise<string[]> {
  const tables = ['outbox', 'records', 'settings', 'photos', 'pictures', 'thumbnails', 'reference'] as const;
  const rows = await Promise.all(
    tables.map((table) => tabletRows<{ id: string; bytes?: unknown }>(page, table, Infinity))
  );
  await page.evaluate(
    async ({ tables, rows }) => {
      const open = async (name: string) => {
        const request = indexedDB.open(name);
        return new Promise<IDBDatabase>((resolve) => (request.onsuccess = () => resolve(request.result)));
      };
      const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
      const store = await open(names.find((name) => /^xunge-[0-9a-f]{8}-/.test(name))!);
      const work = store.transaction(tables, 'readwrite');
      for (const [index, table] of tables.entries())
        for (const row of rows[index]!) {
          const bytes = Array.isArray(row.bytes) && { bytes: new Uint8Array(row.bytes as number[]).buffer };
          work.objectStore(table).put({ ...row, ...bytes });
        }
      await new Promise((resolve) => (work.oncomplete = resolve));
      const facts = await open('xunge-tablet');
      const forgetting = facts.transaction('vaults', 'readwrite');
      forgetting.objectStore('vaults').clear();
      await new Promise((resolve) => (forgetting.oncomplete = resolve));
    },
    { tables, rows }
  );
  return rows[0]!.map(({ id }) => id);
}

const accountOf = (login: string) =>
  queryStore<{ id: string }>(folder, 'SELECT id FROM account WHERE login = ?', login)[0]!.id;
const reportLost = (login: string) =>
  queryStore(
    folder,
    'UPDATE session SET lost_at = ? WHERE account = ?',
    new Date().toISOString(),
    accountOf(login)
  );
const stores = () =>
  page.evaluate(
    async () => (await indexedDB.databases()).filter(({ name }) => /^xunge-[0-9a-f]{8}-/.test(name!)).length
  );

test('a lost tablet hands in what it has at its next contact, and clears itself', async () => {
  await begin('liping');
  await tablet.setOffline(true);
  await recordIssue(page, server.origin, { text: '丢之前记的', photo: true });
  reportLost('liping');
  await tablet.setOffline(false);
  await page.getByText('社区已把这台平板挂失').waitFor({ timeout: 60_000 });
  expect(accepted('丢之前记的')).toHaveLength(1);
  const [photo] = queryStore<{ stored_at: string | null }>(
    folder,
    'SELECT stored_at FROM photo ORDER BY rowid DESC LIMIT 1'
  );
  expect(photo?.stored_at).not.toBeNull();
  expect(await stores()).toBe(0);
  await page.goto(server.origin);
  await page.waitForURL(/sign-in/);
  // And says so.
  const cleared = 'SELECT 1 FROM session WHERE lost_at IS NOT NULL AND revoked_at IS NOT NULL';
  expect(queryStore(folder, cleared)).toHaveLength(1);
});

test('a lost tablet that is locked clears itself without a PIN', async () => {
  await begin('liping');
  await tablet.setOffline(true);
  await recordIssue(page, server.origin, { text: '锁着丢的' });
  await tablet.close();
  await open();
  reportLost('liping');
  await page.goto(server.origin);
  await page.getByText('社区已把这台平板挂失').waitFor({ timeout: 60_000 });
  expect(await stores()).toBe(0);
  expect(accepted('锁着丢的')).toEqual([]);
});
