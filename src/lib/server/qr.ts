import { encode } from 'uqr';

/** A QR code as one SVG path, in modules; `size` is the side with the quiet border of 4 that the standard asks for. */
export interface QrCode {
  size: number;
  path: string;
}

/** With a quarter of it soiled or creased it still reads (level Q). */
export function qrOf(text: string): QrCode {
  const { data, size } = encode(text, { ecc: 'Q', border: 4 });
  const runs = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => {
      if (!isDark || row[x - 1]) return [];
      const end = row.indexOf(false, x);
      const length = (end < 0 ? row.length : end) - x;
      return [`M${x} ${y}h${length}v1h-${length}z`];
    })
  );
  return { size, path: runs.join('') };
}
