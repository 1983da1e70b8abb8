import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maxPhotoBytes, maxThumbnailBytes } from '../../src/lib/domain/photo';
import { launchTablet } from '../support/browser';
import { withBrokenExif, withClaimedSize, withOrientation } from '../support/device-harness/jpeg';
import { enter, openDevicePage, type DevicePage } from '../support/device-harness/open';
import type { Look } from '../support/device-harness/pictures';

let site: DevicePage;
let profile: string;
let context: BrowserContext;
let page: Page;
beforeAll(async () => {
  site = await openDevicePage();
  profile = await mkdtemp(join(tmpdir(), 'xunge-device-profile-'));
  context = await launchTablet({ profile });
  page = await enter(context.pages()[0]!, site.origin);
});
afterAll(async () => {
  await context?.close();
  await site?.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function make(
  kind: 'quarters' | 'clear' | 'noise',
  width: number,
  height: number,
  type = 'image/jpeg'
) {
  const bytes = await page.evaluate(
    ([kind, width, height, type]) => window.device[kind](width, height, type),
    [kind, width, height, type] as const
  );
  return Buffer.from(bytes, 'base64');
}

async function processed(name: string, bytes: Uint8Array, mime = '') {
  site.files.set(name, bytes);
  return page.evaluate(([name, mime]) => window.device.processFrom(`/files/${name}`, mime), [
    name,
    mime
  ] as const);
}

/** A picture that came out, with everything that must hold for each of them. */
async function shrunk(name: string, bytes: Uint8Array) {
  const outcome = await processed(name, bytes);
  if (!outcome.ok || !outcome.thumbnail) throw new Error(`${name}: ${JSON.stringify(outcome)}`);
  expect(outcome).toMatchObject({ mime: 'image/jpeg', previewable: true, originalSha256: hashOf(bytes) });
  expect(outcome.sha256).toBe(hashOf(Buffer.from(outcome.bytes, 'base64')));
  expect(Buffer.from(outcome.thumbnail, 'base64').length).toBeLessThanOrEqual(maxThumbnailBytes);
  expect(outcome.picture).toMatchObject({ width: outcome.width, height: outcome.height });
  return { ...outcome, picture: outcome.picture!, thumbnailPicture: outcome.thumbnailPicture! };
}

/** A picture that is kept as it came. */
async function kept(name: string, bytes: Uint8Array, mime: string) {
  const outcome = await processed(name, bytes);
  expect(outcome).toMatchObject({ ok: true, previewable: false, mime, sha256: hashOf(bytes) });
  expect(outcome).not.toHaveProperty('originalSha256');
  if (outcome.ok) expect(Buffer.from(outcome.bytes, 'base64').equals(bytes)).toBe(true);
}

/** The colours of the four corners: left and right above, left and right below. */
function corners({ points }: Look): string {
  const names = { '100': 'R', '010': 'G', '001': 'B', '110': 'Y', '111': 'W', '000': 'K' };
  const across = Math.sqrt(points.length);
  const at = [1, across - 2, across * (across - 2) + 1, across * (across - 1) - 2];
  return at
    .map((index) => points[index]!.map((light) => (light > 128 ? 1 : 0)).join('') as keyof typeof names)
    .map((key) => names[key])
    .join('');
}

describe('a picture', () => {
  it.each([
    [1, 'RGBY'],
    [2, 'GRYB'],
    [3, 'YBGR'],
    [4, 'BYRG'],
    [5, 'RBGY'],
    [6, 'BRYG'],
    [7, 'YGBR'],
    [8, 'GYRB']
  ])('with the camera held in way %i comes out upright', async (orientation, expected) => {
    const stored = withOrientation(await make('quarters', 2000, 1500), orientation);
    const { width, height, picture, thumbnailPicture } = await shrunk(`held-${orientation}.jpg`, stored);
    expect([width, height]).toEqual(orientation > 4 ? [1200, 1600] : [1600, 1200]);
    expect(corners(picture)).toBe(expected);
    expect(corners(thumbnailPicture)).toBe(expected);
  });

  it('smaller than 1600 pixels is not enlarged', async () => {
    expect(await shrunk('small.jpg', await make('quarters', 300, 200))).toMatchObject({
      width: 300,
      height: 200
    });
    expect(await shrunk('dot.png', await make('quarters', 1, 1, 'image/png'))).toMatchObject({
      width: 1,
      height: 1
    });
  });

  it('of another kind becomes JPEG, see-through parts white', async () => {
    const webp = await shrunk('a.webp', await make('quarters', 400, 300, 'image/webp'));
    expect(corners(webp.picture)).toBe('RGBY');
    const png = await shrunk('a.png', await make('clear', 400, 300, 'image/png'));
    expect(corners(png.picture)).toBe('WWWW');
  });

  it('of nothing but detail still gets a thumbnail that fits', async () => {
    const { thumbnailPicture } = await shrunk('noise.jpg', await make('noise', 1200, 900));
    expect(thumbnailPicture.width).toBeGreaterThanOrEqual(60);
  });

  it('three thousand times as wide as high keeps both sides', async () => {
    expect(await shrunk('line.png', await make('quarters', 6000, 2, 'image/png'))).toMatchObject({
      width: 1600,
      height: 1
    });
  });

  it('with broken EXIF is a picture like any other', async () => {
    const { picture } = await shrunk('broken-exif.jpg', withBrokenExif(await make('quarters', 400, 300)));
    expect(corners(picture)).toBe('RGBY');
  });
});

describe('what cannot be decoded,', () => {
  it('is kept as it is, with its hash and its kind', async () => {
    const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), Buffer.alloc(3000, 7)]);
    await kept('phone.jpg', heic, 'image/heic');
    const jpeg = await make('quarters', 400, 300);
    await kept('head-only.jpg', jpeg.subarray(0, 40), 'image/jpeg');
    await kept('text.jpg', Buffer.from('<script>alert(1)</script>'), 'application/octet-stream');
    await kept('one-byte', Buffer.from([0xff]), 'application/octet-stream');
  });

  it('and would take hundreds of megabytes to decode is not even tried', async () => {
    // Chromium itself would: it draws what bytes there are, and grey below.
    await kept('bomb.jpg', withClaimedSize(await make('quarters', 400, 300), 10_000, 9_000), 'image/jpeg');
  });

  it('and may not travel is refused: nothing at all, or more than 10 MB', async () => {
    expect(await processed('empty', Buffer.alloc(0))).toEqual({ ok: false, reason: 'empty' });
    expect(await processed('huge', Buffer.alloc(maxPhotoBytes + 1, 1))).toEqual({
      ok: false,
      reason: 'too-large'
    });
  });
});

describe('the worker', () => {
  it('has one picture at a time and ends after each', async () => {
    let most = 0;
    const count = () => (most = Math.max(most, page.workers().length));
    page.on('worker', count);
    site.files.set('line.jpg', await make('quarters', 2000, 1500));
    site.files.set('line.txt', Buffer.from('no picture'));
    const results = await page.evaluate(() =>
      Promise.all(['jpg', 'txt', 'jpg'].map((kind) => window.device.processFrom(`/files/line.${kind}`)))
    );
    expect(results.map((result) => result.ok && result.previewable)).toEqual([true, false, true]);
    expect(most).toBe(1);
    await expect.poll(() => page.workers().length).toBe(0);
  });

  it('that cannot be loaded says nothing about the picture', async () => {
    await context.route('**/photo-worker*', (route) => route.abort());
    expect(await processed('fine.jpg', await make('quarters', 400, 300))).toEqual({
      ok: false,
      reason: 'unavailable'
    });
    await context.unroute('**/photo-worker*');
    await shrunk('fine.jpg', site.files.get('fine.jpg')!);
  });
});
