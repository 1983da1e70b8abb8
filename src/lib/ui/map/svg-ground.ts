import { LayerGroup, Polygon, Polyline, type LatLngTuple, type Path, type Renderer } from 'leaflet';
import { isDrawnAt, passes, widthAt, type ColourName, type Colours, type Pass } from './look';
import type { Shape } from './shapes';

/** Draws a few hundred shapes as SVG: one path for each stroke of the brush, sharp at every zoom. */
export class SvgGround extends LayerGroup {
  readonly #strokes: { pass: Pass; path: Path }[];
  #colours: Colours;
  #zoom = Number.NaN;

  constructor(shapes: Shape[], colours: Colours, renderer: Renderer) {
    super();
    this.#colours = colours;
    this.#strokes = passes.flatMap((pass) => {
      const isArea = pass.of === 'areas';
      const chosen = shapes.filter((shape) => shape.kind === pass.kind && shape.isArea === isArea);
      return chosen.length > 0 ? [{ pass, path: tracePath(chosen, isArea, renderer) }] : [];
    });
    for (const { path } of this.#strokes) this.addLayer(path);
  }

  setColours(colours: Colours): void {
    this.#colours = colours;
    this.#restyle();
  }

  /** To be called after every change of zoom: roads grow with it, small things come and go. */
  setZoom(zoom: number): void {
    if (zoom === this.#zoom) return;
    this.#zoom = zoom;
    this.#restyle();
  }

  #restyle(): void {
    for (const { pass, path } of this.#strokes) {
      const isDrawn = isDrawnAt(pass, this.#zoom);
      const width = pass.width ? widthAt(pass.width, this.#zoom) : 0;
      path.setStyle({
        stroke: isDrawn && pass.stroke !== undefined,
        fill: isDrawn && pass.fill !== undefined,
        weight: width,
        ...colourOf(pass, this.#colours),
        dashArray: pass.dash?.join(' '),
        lineCap: pass.dash ? 'butt' : 'round'
      });
    }
  }
}

function colourOf({ fill, stroke }: { fill?: ColourName; stroke?: ColourName }, colours: Colours) {
  return { color: stroke && colours[stroke], fillColor: fill && colours[fill], opacity: 1, fillOpacity: 1 };
}

function tracePath(shapes: Shape[], isArea: boolean, renderer: Renderer): Path {
  const rings = shapes.flatMap((shape) => shape.rings.map(ringToLatLngs));
  const options = { renderer, interactive: false, fillRule: 'nonzero' as const, smoothFactor: 0.5 };
  return isArea
    ? new Polygon(
        rings.map((ring) => [ring]),
        options
      )
    : new Polyline(rings, options);
}

/** On our maps Leaflet reckons in world units: its latitude is y, its longitude x. */
export function ringToLatLngs(ring: Float64Array): LatLngTuple[] {
  const points: LatLngTuple[] = [];
  for (let at = 0; at < ring.length; at += 2) points.push([ring[at + 1]!, ring[at]!]);
  return points;
}
