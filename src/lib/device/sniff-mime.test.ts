import { expect, it } from 'vitest';
import { sniffMime } from './sniff-mime';

const bytes = (...parts: (string | number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part))
  ).buffer;
const box = (...brands: string[]) =>
  bytes([0, 0, 0, 24], 'ftyp', brands[0]!, [0, 0, 0, 0], ...brands.slice(1));

it.each([
  ['image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe1], 'rest')],
  ['image/png', bytes([0x89], 'PNG\r\n\x1a\n', 'rest')],
  ['image/webp', bytes('RIFF', [9, 0, 0, 0], 'WEBPVP8 ')],
  ['image/gif', bytes('GIF89a')],
  ['image/gif', bytes('GIF87a')],
  ['image/heic', box('heic', 'mif1', 'heic')],
  ['image/heic', box('mif1', 'mif1', 'heic')],
  ['image/heif', box('mif1', 'mif1', 'hevm')],
  ['image/heif', box('msf1')],
  ['image/avif', box('avif', 'mif1', 'miaf')],
  ['application/octet-stream', box('isom', 'iso2', 'mp41')],
  ['application/octet-stream', bytes('RIFF', [9, 0, 0, 0], 'WAVEfmt ')],
  ['application/octet-stream', bytes('<svg xmlns="http://www.w3.org/2000/svg">')],
  ['application/octet-stream', bytes('GIF')],
  ['application/octet-stream', bytes([0xff, 0xd8])],
  ['application/octet-stream', bytes()]
])('%s', (mime, head) => {
  expect(sniffMime(head)).toBe(mime);
});
