import type { Size } from './zoom';

/** What is blacked out, in whole pixels of the picture. */
export interface BlackBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A point of the window, in CSS pixels. */
interface Point {
  x: number;
  y: number;
}

/** About half a fingertip: a straight stroke over a number plate is to cover it, and so is a tap. */
const leastSideOnScreen = 24;

/**
 * What a finger drew between two points of the window over a picture shown at `shown`, in CSS pixels of the window. Holds
 * every pixel that was touched and nothing outside the picture. `from` lies on the picture.
 */
export function boxBetween(
  from: Point,
  to: Point,
  shown: Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>,
  picture: Size
): BlackBox {
  const across = span(from.x - shown.left, to.x - shown.left, shown.width, picture.width);
  const down = span(from.y - shown.top, to.y - shown.top, shown.height, picture.height);
  return { x: across.start, y: down.start, width: across.length, height: down.length };
}

function span(from: number, to: number, shownLength: number, pixels: number) {
  const middle = (from + to) / 2;
  const half = Math.max(Math.abs(to - from), leastSideOnScreen) / 2;
  const toPixel = (onScreen: number) => between(0, (onScreen * pixels) / shownLength, pixels);
  const start = Math.floor(toPixel(middle - half));
  return { start, length: Math.ceil(toPixel(middle + half)) - start };
}

/** A box to begin with where there is no finger: in the middle, a fifth of the picture. */
export function middleBox({ width, height }: Size): BlackBox {
  const [x, y] = [Math.round(width * 0.4), Math.round(height * 0.4)];
  return { x, y, width: width - 2 * x, height: height - 2 * y };
}

/** Moved by so many pixels of the picture, as far as the picture goes. */
export function movedBox(box: BlackBox, right: number, down: number, picture: Size): BlackBox {
  const x = between(0, box.x + right, picture.width - box.width);
  return { ...box, x, y: between(0, box.y + down, picture.height - box.height) };
}

/** Its right and lower edge moved by so many pixels of the picture; it never vanishes. */
export function stretchedBox(box: BlackBox, right: number, down: number, picture: Size): BlackBox {
  const width = between(1, box.width + right, picture.width - box.x);
  return { ...box, width, height: between(1, box.height + down, picture.height - box.y) };
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
