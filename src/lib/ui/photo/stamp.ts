/**
 * Gives the canvas the picture's size, and draws the picture with the lines (time, place, grid) on. The picture itself stays
 * unmarked. Throws where the browser cannot draw it.
 */
export function drawStamped(
  canvas: HTMLCanvasElement,
  picture: HTMLImageElement,
  lines: readonly string[]
): void {
  const { naturalWidth: width, naturalHeight: height } = picture;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser cannot draw on a canvas');
  context.drawImage(picture, 0, 0, width, height);
  drawLines(context, lines, width, height);
}

/** Pixels only, nothing of what a camera writes into its files. Rejects where the browser makes none. */
export function canvasToJpeg(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('no picture was made'))),
      'image/jpeg',
      0.9
    )
  );
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
