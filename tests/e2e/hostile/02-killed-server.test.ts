// Row 2: the server ends with -9, as in a power cut, in the middle of what tablets hand in.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { PushReply } from '../../../src/lib/protocol/push';
import { openBadLink, type BadLink } from '../../support/bad-link';
import { addComments } from '../../support/comments';
import { choose, recordIssue, save, tabletRows, untilArrived } from '../../support/field';
import { acceptedChanges, queryStore, signInByApi } from '../../support/town';
import { useFreshTown } from '../../support/use-fresh-town';

let link: BadLink;
const here = useFreshTown(async () => (link = await openBadLink()));
const rounds = 6;
const pictures = [
  'branch-fallen',
  'hanging-cable',
  'lamp-dark',
  'manhole-broken',
  'market-rubbish',
  'sofa-in-hall'
].map((name) => fileURLToPath(new URL(`../../../demo/pictures/${name}.jpg`, import.meta.url)));

/** 现在试一次 on the page of what waits, and a flicker of the signal: nothing waits for its time. */
const wake = () =>
  here.page.evaluate(() => {
    document.querySelector<HTMLButtonElement>('h1 ~ button')!.click();
    window.dispatchEvent(new Event('online'));
  });

/** The next request of this kind: asked for again and again, since pauses grow with failures. */
async function untilAsked(method: string, path: string): Promise<void> {
  let isAsked = false;
  const listen = (request: { method(): string; url(): string }) =>
    (isAsked ||= request.method() === method && request.url().includes(path));
  here.page.on('request', listen);
  await vi.waitFor(
    async () => {
      if (!isAsked) await wake();
      expect(isAsked).toBe(true);
    },
    // Each tap is some work for the tablet.
    { timeout: 60_000, interval: 500 }
  );
  here.page.off('request', listen);
}

/** The highest sequence the tablet holds a receipt for. */
function followReceipts(page: Page) {
  let highest = 0;
  let answers = 0;
  page.on('response', (response) => {
    if (!response.url().endsWith('/api/sync/push') || !response.ok()) return;
    void response.json().then(
      (body: unknown) => {
        answers++;
        for (const receipt of PushReply.parse(body).receipts)
          if (receipt.status === 'accepted')
            highest = Math.max(highest, receipt.sequence + receipt.count - 1);
      },
      () => {} // the body was cut off: nobody holds that receipt
    );
  });
  return { highest: () => highest, answers: () => answers };
}

describe('hostile 2: the server is killed with -9', () => {
  test(`during a push, ${rounds} times: every receipted change is there, and no half batch`, async () => {
    const count = 1_500;
    await here.tablet.setOffline(true);
    await recordIssue(here.page, here.origin, { text: '留言很多的一条' });
    await addComments(here.page, count);
    await here.page.goto(`${here.origin}/waiting`);
    const sent = (await tabletRows<{ id: string }>(here.page, 'outbox')).map(({ id }) => id);
    const receipts = followReceipts(here.page);
    // Thin enough that a batch is under way for a while, and that there is something left to send.
    link.conditions = { bitsPerSecond: 40_000, roundTripMs: 40 };
    await here.tablet.setOffline(false);
    const reached: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await untilAsked('POST', '/api/sync/push');
      await here.page.waitForTimeout((round % 5) * 60);
      await here.server.kill();
      const stored = acceptedChanges(here.folder).map(({ id }) => id);
      expect(stored.length).toBeGreaterThanOrEqual(receipts.highest());
      expect(stored).toEqual(sent.slice(0, stored.length));
      expectWhole(stored.length);
      reached.push(stored.length);
      await here.server.restart();
    }
    link.conditions = null;
    await wake();
    await expect.poll(() => acceptedChanges(here.folder).length, { timeout: 90_000 }).toBe(count + 1);
    await untilArrived(here.page, 90_000);
    expect(acceptedChanges(here.folder).map(({ id }) => id)).toEqual(sent);
    expectWhole(count + 1);
    expect(await tabletRows(here.page, 'troubles')).toEqual([]);
    // The kills fell into the middle of it.
    expect(
      reached.some((stored) => stored < count + 1),
      `stored: ${reached.join(', ')}`
    ).toBe(true);
    expect(receipts.answers()).toBeGreaterThan(0);
  });

  test(`during uploads, ${rounds} times: every photo that counts as stored is whole`, async () => {
    const { page, origin, folder } = here;
    await here.tablet.setOffline(true);
    await page.goto(`${origin}/issues/new`);
    await page.locator('input[type=file][multiple]').setInputFiles(pictures);
    await page
      .locator('figcaption', { hasText: '来源：相册' })
      .nth(pictures.length - 1)
      .waitFor();
    await choose(page, 'C13');
    await save(page);
    interface Photo {
      id: string;
      state: string;
      sha256: string;
    }
    const photos = () => tabletRows<Photo>(page, 'photos');
    const inState = async (state: string) => (await photos()).filter((photo) => photo.state === state);
    await expect.poll(async () => (await inState('ready')).length, { timeout: 60_000 }).toBe(pictures.length);
    await page.goto(`${origin}/waiting`);
    link.conditions = { bitsPerSecond: 100_000, roundTripMs: 40 };
    await here.tablet.setOffline(false);
    let unfinished = 0;
    for (let round = 0; round < rounds; round++) {
      if (!(await inState('ready')).length) break;
      await untilAsked('PATCH', '/api/photos/');
      await page.waitForTimeout(200 + (round % 5) * 250);
      await here.server.kill();
      unfinished += (await inState('ready')).length ? 1 : 0;
      await here.server.restart();
      const headers = await signInByApi(origin, 'wangli');
      for (const { id, sha256 } of await inState('stored'))
        expect(await hashAtOffice(headers, id)).toBe(sha256);
    }
    expect(unfinished).toBeGreaterThan(3);
    link.conditions = null;
    await wake();
    await here.expectOnce([], pictures.length);
    const headers = await signInByApi(origin, 'wangli');
    for (const { id, sha256 } of await photos()) expect(await hashAtOffice(headers, id)).toBe(sha256);
    const stored = acceptedChanges(folder).filter(({ kind }) => kind === 'photo-stored');
    expect(stored).toHaveLength(pictures.length);
  });
});

/** So many changes, sequences without a gap, and a record that has taken in each of them. */
function expectWhole(changes: number): void {
  const numbers = queryStore<{ sequence: number }>(
    here.folder,
    'SELECT sequence FROM change ORDER BY sequence'
  );
  expect(numbers.map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: changes }, (_, index) => index + 1)
  );
  const versions = queryStore<{ version: number }>(
    here.folder,
    "SELECT json_extract(body, '$.version') AS version FROM record"
  );
  expect(versions.map(({ version }) => version)).toEqual(changes ? [changes] : []);
}

async function hashAtOffice(headers: Record<string, string>, id: string): Promise<string> {
  const response = await fetch(`${here.origin}/api/photos/${id}`, { headers });
  return createHash('sha256')
    .update(Buffer.from(await response.arrayBuffer()))
    .digest('hex');
}
