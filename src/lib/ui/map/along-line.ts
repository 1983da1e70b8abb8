import type { Pixel } from './map-view';

/** One piece of a name written along a line: a Chinese character, or a whole word in Latin letters. */
export interface Glyph extends Pixel {
  text: string;
  /** Degrees, clockwise. */
  turn: number;
}

/** Between two neighbouring characters; more, and a name breaks its back. */
const mostBend = 28;
/** Where along the line a name is tried: the middle first. */
const starts = [0.5, 0.35, 0.65, 0.2, 0.8];
const latinWidth = 0.56;

/** Width of a text in units of its type size. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += isWide(character) ? 1 : latinWidth;
  return width;
}

function isWide(character: string): boolean {
  return character >= '\u2e80';
}

/**
 * Writes a name along a line of pixels, in reading direction: left to right, or top to bottom with upright characters
 * on a steep line, as Chinese maps do. Undefined where the line is too short or too crooked.
 */
export function writeAlong(line: Pixel[], text: string, size: number): Glyph[] | undefined {
  const walk = measure(line);
  const isUpright = [...text].every(isWide);
  const step = size * 1.2;
  const width = isUpright ? [...text].length * step : textWidth(text) * size;
  if (walk.total < width + size) return undefined;
  for (const share of starts) {
    const from = Math.min(walk.total - width, Math.max(0, share * walk.total - width / 2));
    const glyphs = isUpright ? writeUpright(walk, text, from, step) : writeWord(walk, text, from, width);
    if (glyphs) return glyphs;
  }
  return undefined;
}

function writeUpright(walk: Walk, text: string, from: number, step: number): Glyph[] | undefined {
  const characters = [...text];
  const spots = characters.map((_, at) => spotAt(walk, from + (at + 0.5) * step));
  const bends = spots.slice(1).map((spot, at) => turnBetween(spots[at]!.angle, spot.angle));
  if (bends.some((bend) => Math.abs(bend) > mostBend)) return undefined;
  const [first, last] = [spots[0]!, spots.at(-1)!];
  const [east, south] = characters.length > 1 ? [last.x - first.x, last.y - first.y] : heading(first.angle);
  const isSteep = Math.abs(south) > Math.abs(east) * 1.2;
  if (isSteep ? south < 0 : east < 0) spots.reverse();
  return characters.map((character, at) => {
    const { x, y, angle } = spots[at]!;
    return { text: character, x, y, turn: isSteep ? levelTurn(angle - 90) : levelTurn(angle) };
  });
}

function writeWord(walk: Walk, text: string, from: number, width: number): Glyph[] | undefined {
  const [first, middle, last] = [0, 0.5, 1].map((share) => spotAt(walk, from + share * width)) as [
    Spot,
    Spot,
    Spot
  ];
  if (Math.abs(turnBetween(first.angle, last.angle)) > mostBend) return undefined;
  const angle = (Math.atan2(last.y - first.y, last.x - first.x) * 180) / Math.PI;
  return [
    { text, x: (first.x + last.x) / 2, y: (first.y + last.y + 2 * middle.y) / 4, turn: levelTurn(angle) }
  ];
}

interface Walk {
  line: Pixel[];
  /** Pixels from the start to each point. */
  at: number[];
  total: number;
}

interface Spot extends Pixel {
  angle: number;
}

function measure(line: Pixel[]): Walk {
  let total = 0;
  const at = line.map((point, index) => {
    const before = line[index - 1] ?? point;
    return (total += Math.hypot(point.x - before.x, point.y - before.y));
  });
  return { line, at, total };
}

function spotAt({ line, at }: Walk, pixels: number): Spot {
  const next = at.findIndex((sum, index) => index > 0 && sum >= pixels);
  const index = next === -1 ? line.length - 1 : next;
  const [from, to] = [line[index - 1]!, line[index]!];
  const length = at[index]! - at[index - 1]!;
  const share = length === 0 ? 0 : (pixels - at[index - 1]!) / length;
  const [east, south] = [to.x - from.x, to.y - from.y];
  const angle = (Math.atan2(south, east) * 180) / Math.PI;
  return { x: from.x + east * share, y: from.y + south * share, angle };
}

function heading(angle: number): [east: number, south: number] {
  const radians = (angle * Math.PI) / 180;
  return [Math.cos(radians), Math.sin(radians)];
}

/** From -180 to 180. */
function turnBetween(from: number, to: number): number {
  return ((((to - from) % 360) + 540) % 360) - 180;
}

/** The same slope with its head up: from -90 to 90. */
function levelTurn(angle: number): number {
  return ((((angle + 90) % 180) + 180) % 180) - 90;
}
