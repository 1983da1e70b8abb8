import { textWidth, writeAlong, type Glyph } from './along-line';
import { longestRunWithin } from './clip-line';
import type { AreaLabel, Label, LabelTone, LineLabel } from './label';
import { boxesMeet, boxOfView, worldToPixel, type MapView, type Pixel } from './map-view';

export interface PlacedLabel {
  key: string;
  tone: LabelTone;
  size: number;
  glyphs: Glyph[];
}

interface Rectangle {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Names are placed a little beyond the window too, so that a short pan finds them there. */
const margin = 0.25;
/** The same name again only further away than this: of a road in pieces, of a park that is a place as well. */
const repeatPixels = 260;
const mayRepeat: LabelTone[] = ['own', 'grid', 'building'];
const lineHeight = 1.3;
/** The second line of a name, such as the part of town, is written smaller. */
const secondLine = 0.8;

/**
 * Chooses which names stand where, by rank, none over another and none over an obstacle such as a marker. Pure: the
 * same view gives the same names.
 */
export function placeLabels(
  labels: Label[],
  view: MapView,
  obstacles: Pixel[],
  typeScale = 1
): PlacedLabel[] {
  const window = boxOfView(view, margin);
  const taken: Rectangle[] = obstacles.map(({ x, y }) => rectangleAround(x, y, 30, 30));
  const shown: Record<string, Pixel[]> = {};
  const placed: PlacedLabel[] = [];
  // Where things are drawn large, names may be a little larger too.
  const growth = Math.min(1.3, Math.max(1, 1 + (view.zoom - 17) * 0.1));
  for (const label of labels) {
    if (view.zoom < label.fromZoom || !boxesMeet(label.box, window)) continue;
    const size = label.size * typeScale * growth;
    const text = 'text' in label ? label.text : label.lines[0]!;
    const isNew = ({ x, y }: Pixel) =>
      (shown[text] ?? []).every((other) => Math.hypot(other.x - x, other.y - y) > repeatPixels);
    const found =
      'text' in label ? placeAlong(label, view, size, taken) : placeLevel(label, view, size, taken);
    if (!found || (!mayRepeat.includes(label.tone) && !isNew(found.glyphs[0]!))) continue;
    taken.push(...found.covers);
    (shown[text] ??= []).push(found.glyphs[0]!);
    placed.push({ key: label.key, tone: label.tone, size, glyphs: found.glyphs });
  }
  return placed;
}

/** Where a level name is tried, in its own widths and heights from the middle of its area. */
const tries = [
  [0, 0],
  [0, -1],
  [0, 1],
  [0.6, 0],
  [-0.6, 0],
  [0.5, 1],
  [-0.5, -1],
  [0, 1.8],
  [0, -1.8]
] as const;

type Found = { glyphs: Glyph[]; covers: Rectangle[] } | undefined;

function placeLevel(label: AreaLabel, view: MapView, size: number, taken: Rectangle[]): Found {
  const { lines, box, mustFit } = label;
  const sizes = lines.map((_, at) => (at === 0 ? size : size * secondLine));
  const height = sizes.reduce((sum, each) => sum + each * lineHeight, 0);
  const scale = 2 ** view.zoom;
  if (mustFit && (box.south - box.north) * scale < height) return undefined;
  const width = Math.max(...lines.map((line, at) => textWidth(line) * sizes[at]!));
  if (mustFit && (box.east - box.west) * scale < width) return undefined;
  const middle = worldToPixel(label.at(), view);
  for (const [east, south] of mustFit ? tries : tries.slice(0, 3)) {
    const x = middle.x + east * width;
    const cover = rectangleAround(x, middle.y + south * height, width + 4, height + 6);
    if (taken.some((other) => overlap(cover, other))) continue;
    let top = cover.top + 3;
    const glyphs = lines.map((text, at) => {
      const glyph = { text, x, y: top + (sizes[at]! * lineHeight) / 2, turn: 0 };
      top += sizes[at]! * lineHeight;
      return glyph;
    });
    return { glyphs, covers: [cover] };
  }
  return undefined;
}

function placeAlong({ text, line }: LineLabel, view: MapView, size: number, taken: Rectangle[]): Found {
  const pixels: Pixel[] = [];
  for (let at = 0; at < line.length; at += 2)
    pixels.push(worldToPixel({ x: line[at]!, y: line[at + 1]! }, view));
  const [aside, above] = [view.width * margin, view.height * margin];
  const window = { left: -aside, top: -above, right: view.width + aside, bottom: view.height + above };
  const run = longestRunWithin(pixels, window);
  if (run.length < 2) return undefined;
  for (const part of [run, firstHalf(run), firstHalf([...run].reverse())]) {
    const glyphs = writeAlong(part, text, size);
    if (!glyphs) continue;
    const covers = glyphs.map((glyph) => coverOf(glyph, size));
    if (!covers.some((cover) => taken.some((other) => overlap(cover, other)))) return { glyphs, covers };
  }
  return undefined;
}

function firstHalf(run: Pixel[]): Pixel[] {
  if (run.length > 2) return run.slice(0, Math.ceil(run.length / 2) + 1);
  const [from, to] = [run[0]!, run[1]!];
  return [from, { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }];
}

function coverOf({ text, x, y, turn }: Glyph, size: number): Rectangle {
  const width = textWidth(text) * size;
  const radians = (turn * Math.PI) / 180;
  const [cosine, sine] = [Math.abs(Math.cos(radians)), Math.abs(Math.sin(radians))];
  return rectangleAround(x, y, width * cosine + size * sine, width * sine + size * cosine);
}

function rectangleAround(x: number, y: number, width: number, height: number): Rectangle {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
