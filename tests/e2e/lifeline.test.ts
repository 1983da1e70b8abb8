// A tablet that cannot send writes a lifeline file; the office hands it in, and a second tablet reads it in.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { axeViolations } from '../support/axe';
import { launchDesk } from '../support/browser';
import { choose, openRecord, recordIssue, tabletRows, untilArrived } from '../support/field';
import { writeLifeline } from '../support/lifeline';
import { acceptedChanges, queryStore, signInAs } from '../support/town';
import { useTown } from '../support/use-town';

const here = useTown();
const desks: BrowserContext[] = [];
afterAll(async () => {
  for (const desk of desks) await desk.close();
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** As a person reads a file in: choose, type, open. */
async function openFile(page: Page, path: string, passphrase: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(path);
  await page.getByLabel('口令', { exact: true }).last().fill(passphrase);
  await page.getByRole('button', { name: '打开' }).click();
}

async function openDesk(login: string): Promise<Page> {
  const desk = await launchDesk();
  desks.push(desk);
  const page = desk.pages()[0]!;
  await signInAs(page, here.origin, login);
  return page;
}

test('no signal for days: the office hands in what the tablet wrote, and the tablet later doubles nothing', async () => {
  const { page, origin, tablet, folder } = here;
  await tablet.setOffline(true);
  const number = await recordIssue(page, origin, { text: '消防栓漏水，拧不紧', photo: true });
  await page.goto(`${origin}/needs/new`);
  await page.locator('.tiles button').first().waitFor();
  await choose(page, 'N01');
  await page.locator('textarea').fill('没写完的需求');
  // The form is in the store before it is left.
  await expect
    .poll(async () => (await tabletRows<{ text: string }>(page, 'drafts')).map(({ text }) => text))
    .toEqual(['没写完的需求']);
  const { path, name, passphrase } = await writeLifeline(page, origin);
  expect(await axeViolations(page)).toEqual([]);

  expect(name).toMatch(/^xunge-lifeline-\d{4}-\d\d-\d\d-\d\d-\d\d\.xunge$/);
  const bytes = await readFile(path);
  const unsent = await tabletRows<{ id: string; sha256: string; body: string; recordIds: string[] }>(
    page,
    'outbox'
  );
  const photo = (await tabletRows<{ id: string; sha256: string }>(page, 'photos'))[0]!;
  const pictures = await tabletRows<{ photoId: string; bytes: number[] }>(page, 'pictures');
  const picture = pictures.find(({ photoId }) => photoId === photo.id)!.bytes;
  const plain = [
    '李平',
    number,
    '消防栓',
    '拧不紧',
    '没写完',
    'issue-recorded',
    'account',
    ...unsent.map(({ id }) => id)
  ];
  for (const word of plain) expect(bytes.includes(word), word).toBe(false);
  expect(bytes.includes(Buffer.from(picture.slice(200, 232)))).toBe(false);

  const desk = await openDesk('wangli');
  await desk.goto(`${origin}/office`);
  await desk.getByRole('link', { name: '救急文件' }).click();
  await openFile(desk, path, '0000 0000 0000 0000');
  await desk.getByText('口令不对').waitFor();
  await openFile(desk, path, passphrase.replaceAll('-', ' '));
  await desk.getByText('消防栓漏水，拧不紧').waitFor();
  await desk.getByText('1 份没写完的草稿').waitFor();
  expect(await desk.getByText('没写完的需求').count()).toBe(0);
  expect(acceptedChanges(folder)).toEqual([]);
  expect(await axeViolations(desk)).toEqual([]);
  await desk.getByRole('button', { name: '代为上报' }).click();
  await desk.getByText('全部交完').waitFor({ timeout: 60_000 });
  await desk.locator('[data-state=accepted]', { hasText: number }).waitFor();
  expect(await axeViolations(desk)).toEqual([]);

  const stored = acceptedChanges(folder).filter(({ kind }) => kind !== 'photo-stored');
  expect(stored.map(({ id, sha256, body }) => ({ id, sha256, body }))).toEqual(
    unsent.map(({ id, sha256, body }) => ({ id, sha256, body }))
  );
  const people = queryStore<{ author: string; carrier: string }>(
    folder,
    `SELECT DISTINCT author.login AS author, carrier.login AS carrier FROM change
     JOIN account author ON author.id = change.author JOIN account carrier ON carrier.id = change.carried_by`
  );
  expect(people).toEqual([{ author: 'liping', carrier: 'wangli' }]);

  await desk.goto(`${origin}/office/inbox`);
  await desk.locator('.list li a', { hasText: '消防栓' }).click();
  await desk.getByText('李平 上报（由王丽代交）').waitFor();
  const shown = await desk.request.get(`${origin}/api/photos/${photo.id}`);
  expect(sha256(await shown.body())).toBe(photo.sha256);

  // Twice changes nothing.
  await desk.goto(`${origin}/office/hand-in`);
  await openFile(desk, path, passphrase);
  await desk.getByRole('button', { name: '代为上报' }).click();
  await desk.locator('[data-state=known]', { hasText: number }).waitFor();
  await desk.getByText('全部交完').waitFor();

  const before = acceptedChanges(folder).filter(({ kind }) => kind !== 'record-opened');
  await tablet.setOffline(false);
  await untilArrived(page);
  expect(acceptedChanges(folder).filter(({ kind }) => kind !== 'record-opened')).toEqual(before);
  await openRecord(page, origin, number);
  await page.getByText('李平 上报（由王丽代交）').waitFor();
  await expect
    .poll(async () => (await tabletRows<{ state: string }>(page, 'photos'))[0]?.state)
    .toBe('stored');
  expect(await tabletRows(page, 'drafts')).toHaveLength(1);
});

test('another tablet of the same person reads the file in without a server, and sends it once there is one', async () => {
  const { page, origin, tablet, folder } = here;
  await tablet.setOffline(true);
  const number = await recordIssue(page, origin, { text: '换平板也不丢', photo: true });
  const { path, passphrase } = await writeLifeline(page, origin);

  const second = await here.openTabletOf('liping');
  await second.context.setOffline(true);
  await second.page.goto(`${origin}/lifeline`);
  await openFile(second.page, path, passphrase);
  await second.page.getByText('1 份草稿').first().waitFor();
  await second.page.getByRole('button', { name: '读入这台平板' }).click();
  await second.page.getByText('已读入：1 条记录，1 张照片和录音，1 份草稿').waitFor();
  expect(await axeViolations(second.page)).toEqual([]);
  await openFile(second.page, path, passphrase);
  await second.page.getByRole('button', { name: '读入这台平板' }).click();
  await second.page.getByText('没有变化').waitFor();
  await openRecord(second.page, origin, number);
  await second.page.getByText('换平板也不丢').first().waitFor();

  await second.context.setOffline(false);
  await untilArrived(second.page);
  const before = acceptedChanges(folder);
  expect(before.filter(({ body }) => body.includes('换平板也不丢'))).toHaveLength(1);
  await tablet.setOffline(false);
  await untilArrived(page);
  expect(acceptedChanges(folder)).toEqual(before);
});

test('a file that was read in part says so until it is read to its end', async () => {
  const { page, origin, tablet } = here;
  await tablet.setOffline(true);
  await recordIssue(page, origin, { text: '读到一半', photo: true });
  const { path, passphrase } = await writeLifeline(page, origin);
  await tablet.setOffline(false);
  const { page: second } = await here.openTabletOf('liping');
  await second.goto(`${origin}/lifeline`);
  await openFile(second, path, passphrase);
  await second.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...value) {
      if (this.name === 'pictures') throw new DOMException('no room', 'QuotaExceededError');
      return put.apply(this, value);
    };
  });
  await second.getByRole('button', { name: '读入这台平板' }).click();
  await second.getByText('没有读完').waitFor();
  await second.locator('header a.danger', { hasText: '救急文件没读完' }).waitFor();
  expect(await second.getByText('已读入').count()).toBe(0);
  expect(await axeViolations(second)).toEqual([]);
  await second.goto(`${origin}/readiness`);
  await second.locator('li.todo', { hasText: '没读完' }).getByRole('button', { name: '再读一次' }).click();
  await second.waitForURL(`${origin}/lifeline`);
  await openFile(second, path, passphrase);
  await second.getByRole('button', { name: '读入这台平板' }).click();
  await second.getByText('已读入：').waitFor();
  await untilArrived(second);
});

test('somebody else’s file is not read in, and says whose it is', async () => {
  const { page, origin, tablet, folder } = here;
  await tablet.setOffline(true);
  await recordIssue(page, origin, { text: '只有本人能读入' });
  const { path, passphrase } = await writeLifeline(page, origin);
  const other = await here.openTabletOf('chenlan');
  await other.page.goto(`${origin}/lifeline`);
  await openFile(other.page, path, passphrase);
  await other.page.getByText('这是李平的救急文件').waitFor();
  expect(await other.page.getByRole('button', { name: '读入这台平板' }).count()).toBe(0);
  expect(await tabletRows(other.page, 'outbox')).toEqual([]);
  // Nor is the desk's page theirs.
  await other.page.goto(`${origin}/office/hand-in`);
  await other.page.waitForURL((url) => !url.pathname.startsWith('/office'));
  const unit = await openDesk('zhang');
  await unit.goto(`${origin}/office/hand-in`);
  await unit.waitForURL(/\/office\/cases/);
  expect(acceptedChanges(folder).some(({ body }) => body.includes('只有本人能读入'))).toBe(false);
});
