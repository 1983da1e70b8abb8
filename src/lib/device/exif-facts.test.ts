import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Exif } from '../domain/photo';
import { readClaims, tagsToClaims } from './exif-facts';

/** Tags as the reader gives them; only the descriptions are read. */
function claims(exif: Record<string, unknown>, gps?: Record<string, unknown>) {
  const described = Object.fromEntries(
    Object.entries(exif).map(([name, description]) => [name, { description }])
  );
  return tagsToClaims({ exif: described, gps }).exif;
}

describe('what a file claims', () => {
  it('is time, camera and place, as text and never as our own time or place', () => {
    const exif = { DateTimeOriginal: '2026:11:24 14:41:16', Make: 'HUAWEI', Model: 'BAH4-W09' };
    expect(claims(exif, { Latitude: 30.67123456789, Longitude: 104.1, Altitude: 500 })).toEqual({
      takenAtText: '2026:11:24 14:41:16',
      camera: 'HUAWEI BAH4-W09',
      position: { longitude: 104.1, latitude: 30.6712346 }
    });
  });

  it('names the maker once', () => {
    expect(claims({ Make: 'Canon', Model: 'Canon PowerShot S40' })).toEqual({
      camera: 'Canon PowerShot S40'
    });
    expect(claims({ Make: 'Canon' })).toEqual({ camera: 'Canon' });
  });

  it('is nothing where there is nothing to it', () => {
    expect(claims({})).toBeUndefined();
    expect(claims({ Make: '  ', Model: '\0\0\0', DateTimeOriginal: '' })).toBeUndefined();
  });

  it.each([
    ['no fix', { Latitude: 0, Longitude: 0 }],
    ['half a fix', { Latitude: 30 }],
    ['an empty block', {}],
    ['no numbers', { Latitude: NaN, Longitude: NaN }],
    ['another planet', { Latitude: 300, Longitude: 104 }]
  ])('has no place from %s', (_, gps) => {
    expect(claims({ Make: 'X' }, gps)).toEqual({ camera: 'X' });
  });

  it('is lawful whatever the file says', () => {
    const text = fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
      maxLength: 100
    });
    const half = fc.constantFrom('\ud83d', '😀'.repeat(60), 'x'.repeat(39) + '😀', '\u202egnp.exe');
    const said = fc.oneof(text, half, fc.constant(undefined), fc.integer());
    const tags = fc.record({ Make: said, Model: said, DateTimeOriginal: said });
    fc.assert(
      fc.property(tags, fc.double(), fc.double(), (exif, Latitude, Longitude) => {
        const claimed = claims(exif, { Latitude, Longitude });
        return (
          claimed === undefined ||
          (Exif.safeParse(claimed).success && !/\p{Cc}|\p{Cs}/u.test(claimed.camera ?? ''))
        );
      })
    );
  });

  it.each(['', 'no picture at all', '\xff\xd8\xff\xe1\x00\x10Exif\0\0MM\0*\x7f\xff\xff\xff'])(
    'is nothing for broken bytes',
    async (bytes) => {
      expect((await readClaims(new Blob([Buffer.from(bytes, 'latin1')]))).exif).toBeUndefined();
    }
  );
});

it('the size is known before anything is decoded', () => {
  const value = (width: number, height: number) => ({
    'Image Width': { value: width, description: '' },
    'Image Height': { value: height, description: '' }
  });
  expect(tagsToClaims({ file: value(4000, 3000) }).pixels).toBe(12_000_000);
  expect(tagsToClaims({ pngFile: value(10, 3) }).pixels).toBe(30);
  expect(tagsToClaims({}).pixels).toBeUndefined();
});
