// Row 3: a link that is thin, far, lossy and cut every three seconds, between a real browser and the built server.
import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openBadLink, type BadLink, type Conditions } from '../../support/bad-link';
import { addComments } from '../../support/comments';
import { choose, recordIssue, save, tabletRows } from '../../support/field';
import { acceptedChanges, signInByApi } from '../../support/town';
import { useFreshTown } from '../../support/use-fresh-town';

let link: BadLink;
const here = useFreshTown(async () => (link = await openBadLink()));

/** What may be on its way when a connection is cut: what the tablet's request stream and ours hold, and a lost answer. */
const pieceBytes = 64 * 1024;
const comments = 200;
/** Larger than what three seconds carry, and of bytes that no browser makes smaller. */
const files = [220_000, 160_000].map((bytes, index) => ({
  name: `IMG_000${index}.HEIC`,
  mimeType: 'image/heic',
  buffer: Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), randomBytes(bytes)])
}));

const wake = () => here.page.evaluate(() => window.dispatchEvent(new Event('online')));

async function recordOffline(): Promise<void> {
  const { page, origin, tablet } = here;
  await tablet.setOffline(true);
  await recordIssue(page, origin, { text: '路上信号很差' });
  await addComments(page, comments);
  await page.goto(`${origin}/issues/new`);
  await page.locator('input[type=file][multiple]').setInputFiles(files);
  await page.locator('figcaption', { hasText: '无法预览' }).nth(1).waitFor();
  await page.locator('textarea').fill('带照片的一条');
  await choose(page, 'C13');
  await save(page);
  const ready = async () => (await tabletRows<{ state: string }>(page, 'photos')).map(({ state }) => state);
  await expect.poll(ready, { timeout: 30_000 }).toEqual(['ready', 'ready']);
}

/** Everything once, whole, texts first; returns how many bytes of photos crossed the link more than once. */
async function expectArrived(): Promise<number> {
  const { folder, origin } = here;
  link.conditions = null;
  await wake();
  await here.expectOnce(['路上信号很差', '带照片的一条'], files.length);
  const changes = acceptedChanges(folder);
  expect(changes.filter(({ kind }) => kind === 'comment-added')).toHaveLength(comments);
  expect(new Set(changes.map(({ id }) => id)).size).toBe(changes.length);

  const headers = await signInByApi(origin, 'wangli');
  const photos = await tabletRows<{ id: string; bytes: number; sha256: string }>(here.page, 'photos');
  for (const { id, sha256 } of photos) {
    const stored = await (await fetch(`${origin}/api/photos/${id}`, { headers })).arrayBuffer();
    expect(createHash('sha256').update(Buffer.from(stored)).digest('hex')).toBe(sha256);
  }
  const isUpload = ({ method, path }: { method: string; path: string }) =>
    method === 'PATCH' && path.startsWith('/api/photos/');
  const firstUpload = link.requests.findIndex(isUpload);
  const lastPush = link.requests.findLastIndex(({ path }) => path === '/api/sync/push');
  expect(lastPush).toBeLessThan(firstUpload);
  const sent = link.requests.filter(isUpload).reduce((sum, { bodyBytes }) => sum + bodyBytes, 0);
  return sent - photos.reduce((sum, { bytes }) => sum + bytes, 0);
}

const thin = { bitsPerSecond: 400_000, roundTripMs: 400 };
const weathers: [name: string, conditions: Conditions, cuts: number][] = [
  ['a connection cut every three seconds, 400 ms away, 400 kbit/s', { ...thin, cutEveryMs: 3000 }, 2],
  ['three packets of ten lost', { ...thin, bitsPerSecond: 2_000_000, lossShare: 0.3 }, 2]
];

describe('hostile 3: a bad link', () => {
  test.each(weathers)('%s: everything arrives once, texts before photos', async (_name, conditions, cuts) => {
    await recordOffline();
    link.requests.length = 0;
    link.cuts = 0;
    link.conditions = conditions;
    await here.tablet.setOffline(false);
    // Until it is through by itself: what pauses it makes are its own.
    const left = async () =>
      (await tabletRows<{ state: string }>(here.page, 'photos')).filter(({ state }) => state !== 'stored')
        .length;
    await expect.poll(left, { timeout: 150_000, interval: 500 }).toBe(0);
    const { cuts: seen } = link;
    const again = await expectArrived();
    expect(seen).toBeGreaterThanOrEqual(cuts);
    expect(again, `${again} bytes again in ${seen} cuts`).toBeLessThanOrEqual(seen * pieceBytes);
  });
});
