import type { Pixel } from './map-view';

interface PixelBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The longest unbroken part of a line inside a box; empty where none is. */
export function longestRunWithin(line: Pixel[], box: PixelBox): Pixel[] {
  let longest: Pixel[] = [];
  let run: Pixel[] = [];
  let [length, longestLength] = [0, 0];
  const close = () => {
    if (length > longestLength) [longest, longestLength] = [run, length];
    [run, length] = [[], 0];
  };
  for (let at = 1; at < line.length; at += 1) {
    const piece = clipPiece(line[at - 1]!, line[at]!, box);
    if (!piece) {
      close();
      continue;
    }
    const [from, to, isCutAtEnd] = piece;
    if (run.length === 0) run.push(from);
    run.push(to);
    length += Math.hypot(to.x - from.x, to.y - from.y);
    if (isCutAtEnd) close();
  }
  close();
  return longest;
}

/** Liang and Barsky: the share of the piece that each side of the box leaves. */
function clipPiece(
  from: Pixel,
  to: Pixel,
  box: PixelBox
): [from: Pixel, to: Pixel, isCutAtEnd: boolean] | undefined {
  const [east, south] = [to.x - from.x, to.y - from.y];
  let [first, last] = [0, 1];
  const sides: [step: number, room: number][] = [
    [-east, from.x - box.left],
    [east, box.right - from.x],
    [-south, from.y - box.top],
    [south, box.bottom - from.y]
  ];
  for (const [step, room] of sides) {
    if (step === 0) {
      if (room < 0) return undefined;
    } else if (step < 0) first = Math.max(first, room / step);
    else last = Math.min(last, room / step);
  }
  if (first > last) return undefined;
  const along = (share: number) => ({ x: from.x + east * share, y: from.y + south * share });
  return [along(first), along(last), last < 1];
}
