import Flatbush from 'flatbush';
import { GridLayer, type Coords } from 'leaflet';
import { isDrawnAt, passes, reachPixels, widthAt, type Colours, type Pass } from './look';
import type { WorldPoint } from './mercator';
import type { Shape } from './shapes';

const tilePixels = 256;
/** A cheap tablet of 3 pixels a point would pay for sharpness nobody sees. */
const mostPixelsPerPoint = 2;
/** Points closer than this to the last one drawn are left out. */
const leastStepPixels = 1.5;

/** Draws thousands of shapes: each tile paints what its index finds, so that panning costs no more than ten would. */
export class CanvasGround extends GridLayer {
  readonly #shapes: Shape[];
  readonly #index: Flatbush;
  #colours: Colours;

  constructor(shapes: Shape[], colours: Colours) {
    super({ tileSize: tilePixels, noWrap: true, updateWhenZooming: false, keepBuffer: 2 });
    this.#shapes = shapes;
    this.#colours = colours;
    this.#index = new Flatbush(shapes.length);
    for (const { box } of shapes) this.#index.add(box.west, box.north, box.east, box.south);
    this.#index.finish();
  }

  setColours(colours: Colours): void {
    this.#colours = colours;
    this.redraw();
  }

  /**
   * Leaflet's own way draws tiles for whole zooms and stretches them for halves, which costs 16 ms a frame without a
   * graphics chip: ours are drawn for the very zoom. Not in its documented interface; read in 1.9.4.
   */
  protected _clampZoom(): number {
    return this._map.getZoom();
  }

  protected override createTile({ x, y, z }: Coords): HTMLElement {
    const canvas = document.createElement('canvas');
    const ratio = Math.min(mostPixelsPerPoint, devicePixelRatio || 1);
    canvas.width = canvas.height = tilePixels * ratio;
    const context = canvas.getContext('2d');
    if (!context) return canvas;
    context.scale(ratio, ratio);
    context.lineJoin = 'round';

    const scale = 2 ** z;
    const corner = { x: (x * tilePixels) / scale, y: (y * tilePixels) / scale };
    const hits = this.#shapesIn(corner, tilePixels / scale, reachPixels / scale);
    for (const pass of passes) {
      if (!isDrawnAt(pass, z)) continue;
      const chosen = hits.filter(
        ({ kind, isArea }) => kind === pass.kind && isArea === (pass.of === 'areas')
      );
      if (chosen.length > 0) paint(context, pass, tracePath(chosen, corner, scale), this.#colours, z);
    }
    return canvas;
  }

  #shapesIn({ x, y }: WorldPoint, size: number, reach: number): Shape[] {
    const hits = this.#index.search(x - reach, y - reach, x + size + reach, y + size + reach);
    return hits.map((at) => this.#shapes[at]!);
  }
}

function paint(context: CanvasRenderingContext2D, pass: Pass, path: Path2D, colours: Colours, zoom: number) {
  if (pass.fill) {
    context.fillStyle = colours[pass.fill];
    context.fill(path, 'nonzero');
  }
  if (pass.stroke && pass.width) {
    context.strokeStyle = colours[pass.stroke];
    context.lineWidth = widthAt(pass.width, zoom);
    context.lineCap = pass.dash ? 'butt' : 'round';
    context.setLineDash([...(pass.dash ?? [])]);
    context.stroke(path);
  }
}

function tracePath(shapes: Shape[], corner: WorldPoint, scale: number): Path2D {
  const path = new Path2D();
  for (const { rings, isArea } of shapes)
    for (const ring of rings) traceRing(path, ring, isArea, corner, scale);
  return path;
}

function traceRing(
  path: Path2D,
  ring: Float64Array,
  isArea: boolean,
  corner: WorldPoint,
  scale: number
): void {
  const [startX, startY] = [(ring[0]! - corner.x) * scale, (ring[1]! - corner.y) * scale];
  path.moveTo(startX, startY);
  let [lastX, lastY] = [startX, startY];
  for (let at = 2; at < ring.length; at += 2) {
    const x = (ring[at]! - corner.x) * scale;
    const y = (ring[at + 1]! - corner.y) * scale;
    const isNear = Math.abs(x - lastX) < leastStepPixels && Math.abs(y - lastY) < leastStepPixels;
    if (isNear && at < ring.length - 2) continue;
    path.lineTo(x, y);
    [lastX, lastY] = [x, y];
  }
  // Not closePath(): Chromium measures the whole path at each call, half a second for five thousand shapes.
  if (isArea && (lastX !== startX || lastY !== startY)) path.lineTo(startX, startY);
}
