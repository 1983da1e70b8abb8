/** ISO media brands of HEIC (HEVC inside) and of HEIF in general. */
const heicBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx']);
const heifBrands = new Set(['mif1', 'msf1', 'mif2']);

/** What a file is by its first bytes. Neither a name nor what the sender says of it is believed. */
export function sniffMime(bytes: ArrayBuffer): string {
  const head = new Uint8Array(bytes, 0, Math.min(32, bytes.byteLength));
  const text = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to));
  if (text(0, 3) === '\xff\xd8\xff') return 'image/jpeg';
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'image/webp';
  if (/^GIF8[79]a/.test(text(0, 6))) return 'image/gif';
  if (text(4, 8) === 'ftyp') return brandsToMime([text(8, 12), text(16, 20), text(20, 24), text(24, 28)]);
  return 'application/octet-stream';
}

/** The major brand, then the first compatible ones: many cameras write `mif1` first and say heic after it. */
function brandsToMime(brands: string[]): string {
  if (brands[0] === 'avif' || brands[0] === 'avis') return 'image/avif';
  if (brands.some((brand) => heicBrands.has(brand))) return 'image/heic';
  return brands.some((brand) => heifBrands.has(brand)) ? 'image/heif' : 'application/octet-stream';
}
