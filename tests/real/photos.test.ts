import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Exif, maxThumbnailBytes } from '../../src/lib/domain/photo';
import { launchTablet } from '../support/browser';
import { enter, openDevicePage, type DevicePage } from '../support/device-harness/open';
import type { Look, Outcome } from '../support/device-harness/pictures';

/** Test data that may be used here but not shipped, so it lies beside the project and not in it. */
const folder = resolve(process.cwd(), '../shared/data/photos');
const isHere = existsSync(folder);
const title = 'the real photos' + (isHere ? '' : ' (skipped: no ../shared/data beside the project)');
const names = isHere ? readdirSync(folder).sort() : [];

/** What no Chromium decodes: the two from an iPhone, and the one whose second half is missing. */
const undecodable = new Map([
  ['heic_iphone8_guangzhou_gps.HEIC', 'image/heic'],
  ['heif_noexif_small.heif', 'image/heic'],
  ['truncated_DSCN0021.jpg', 'image/jpeg']
]);

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe.skipIf(!isHere)(title, () => {
  const outcomes = new Map<string, Outcome>();
  let site: DevicePage;
  let context: BrowserContext;
  beforeAll(async () => {
    site = await openDevicePage();
    context = await launchTablet();
    const page = await enter(context.pages()[0]!, site.origin);
    for (const name of names) {
      site.files.set(name, readFileSync(resolve(folder, name)));
      outcomes.set(name, await page.evaluate((name) => window.device.processFrom(`/files/${name}`), name));
    }
  });
  afterAll(async () => {
    await context?.close();
    await site?.close();
  });

  function outcome(name: string) {
    const found = outcomes.get(name);
    if (!found?.ok) throw new Error(`${name}: ${JSON.stringify(found)}`);
    return found;
  }

  it('are all twenty-five', () => expect(names).toHaveLength(25));

  it.each(names.filter((name) => !undecodable.has(name)))('%s travels as JPEG, with a thumbnail', (name) => {
    const photo = outcome(name);
    const bytes = Buffer.from(photo.bytes, 'base64');
    const thumbnail = Buffer.from(photo.thumbnail ?? '', 'base64');
    expect(photo).toMatchObject({ previewable: true, mime: 'image/jpeg', sha256: hashOf(bytes) });
    expect(photo.originalSha256).toBe(hashOf(site.files.get(name)!));
    expect(photo.picture).toMatchObject({ width: photo.width, height: photo.height });
    expect(Math.max(photo.width!, photo.height!)).toBeLessThanOrEqual(1600);
    expect(thumbnail.length).toBeGreaterThan(0);
    expect(thumbnail.length).toBeLessThanOrEqual(maxThumbnailBytes);
    // What the camera said of itself travels beside the picture, never inside.
    expect(bytes.includes('Exif\0')).toBe(false);
  });

  it.each([...undecodable])('%s is kept as it is, not previewable', (name, mime) => {
    const photo = outcome(name);
    const original = site.files.get(name)!;
    expect(photo).toMatchObject({ previewable: false, mime, sha256: hashOf(original) });
    expect(Buffer.from(photo.bytes, 'base64').equals(original)).toBe(true);
    expect(photo.thumbnail).toBeUndefined();
  });

  it('are upright in all eight orientations', () => {
    for (const way of [2, 4, 5, 7]) {
      const { width, height, picture } = outcome(`orient_f_${way}.jpg`);
      expect([width, height]).toEqual([48, 80]);
      expect(letter(picture!), `orientation ${way}`).toEqual(letterF);
    }
    const upright = outcome('orient_landscape_1.jpg').picture!;
    for (const way of [3, 6, 8]) {
      const { width, height, picture } = outcome(`orient_landscape_${way}.jpg`);
      expect([width, height]).toEqual([600, 450]);
      expect(difference(picture!, upright), `orientation ${way}`).toBeLessThan(6);
      expect(difference(turned(picture!), upright), `orientation ${way}, half turned`).toBeGreaterThan(20);
    }
  });

  it('give what they claim as evidence, and nothing where they are broken', () => {
    expect(outcome('heic_iphone8_guangzhou_gps.HEIC').exif).toEqual({
      takenAtText: '2018:02:05 15:11:44',
      camera: 'Apple iPhone 8',
      position: { longitude: 113.3943167, latitude: 23.1779167 }
    });
    expect(outcome('gps_southern_hemisphere_kodak.jpg').exif).toMatchObject({
      position: { longitude: 36.0564167, latitude: -0.3713 }
    });
    expect(outcome('gpsifd_empty.jpg').exif).not.toHaveProperty('position');
    expect(outcome('badclock_polaroid_2026.jpg').exif).toMatchObject({ takenAtText: '2026:11:24 14:41:16' });
    for (const name of names) {
      const { exif } = outcome(name);
      if (exif) expect(Exif.parse(exif), name).toEqual(exif);
      if (name.startsWith('corrupt') || name.startsWith('noexif')) expect(exif, name).toBeUndefined();
    }
  });
});

const letterF = ['####', '#...', '###.', '#...', '#...'];

/** The middle of the dark and light quarters and fifths of a picture of a letter. */
function letter({ points }: Look): string[] {
  const across = Math.sqrt(points.length);
  const rows = [0.08, 0.28, 0.48, 0.7, 0.9];
  const columns = [0.12, 0.37, 0.6, 0.9];
  return rows.map((row) =>
    columns
      .map((column) =>
        points[Math.floor(row * across) * across + Math.floor(column * across)]![0]! > 128 ? '.' : '#'
      )
      .join('')
  );
}

/** Mean difference of the light, 0 to 255. */
function difference(a: Look, b: Look): number {
  const differences = a.points.flatMap((point, at) =>
    point.map((light, of) => Math.abs(light - b.points[at]![of]!))
  );
  return differences.reduce((sum, each) => sum + each, 0) / differences.length;
}

const turned = (look: Look): Look => ({ ...look, points: [...look.points].reverse() });
