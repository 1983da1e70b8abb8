/** What a canvas can draw and says its size of. */
type Picture = ImageBitmap | HTMLImageElement;

/**
 * A copy of the picture with the lines (time, place, grid) drawn on, as a JPEG for sharing.
 * The picture itself stays unmarked. Rejects where the browser cannot draw it.
 */
export async function stampedPicture(picture: Picture, lines: readonly string[]): Promise<Blob> {
  const [width, height] = sizeOf(picture);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser cannot draw on a canvas');
  context.drawImage(picture, 0, 0, width, height);
  drawLines(context, lines, width, height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('no picture was made'))),
      'image/jpeg',
      0.9
    )
  );
}

function sizeOf(picture: Picture): [number, number] {
  return 'naturalWidth' in picture
    ? [picture.naturalWidth, picture.naturalHeight]
    : [picture.width, picture.height];
}

function drawLines(
  context: CanvasRenderingContext2D,
  lines: readonly string[],
  width: number,
  height: number
): void {
  const fontSize = Math.max(12, Math.round(Math.min(width, height) * 0.032));
  const margin = Math.round(fontSize * 0.6);
  context.font = `600 ${fontSize}px system-ui, 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif`;
  const widthOf = (text: string) => context.measureText(text).width;
  const rows = lines.flatMap((line) => brokenLine(line, width - 2 * margin, widthOf));
  if (!rows.length) return;
  const rowHeight = Math.round(fontSize * 1.35);
  const top = height - rows.length * rowHeight - 2 * margin;
  context.fillStyle = 'rgb(16 25 28 / 0.6)';
  context.fillRect(0, top, width, height - top);
  context.fillStyle = '#ffffff';
  context.textBaseline = 'top';
  rows.forEach((row, index) => context.fillText(row, margin, top + margin + index * rowHeight));
}

/** The line in pieces that fit; broken between any two characters, as Chinese is. */
export function brokenLine(line: string, width: number, widthOf: (text: string) => number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const character of line) {
    if (row && widthOf(row + character) > width) {
      rows.push(row);
      row = '';
    }
    row += character;
  }
  return row ? [...rows, row] : rows;
}
