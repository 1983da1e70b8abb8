import { Polygon, SVG, type LatLngTuple, type Map as LeafletMap } from 'leaflet';
import { CanvasGround } from './canvas-ground';
import type { ColourName, Colours } from './look';
import type { Shape } from './shapes';
import { ringToLatLngs, SvgGround } from './svg-ground';

export interface Emphasis {
  /** Own grids: all else is veiled. */
  own: Shape[];
  chosen: Shape[];
}

/** More than this as SVG and panning stutters (measured: 50 to 80 ms a frame at 5,000). */
const mostSvgShapes = 500;

const wholeWorld: LatLngTuple[] = [
  [0, 0],
  [0, 256],
  [256, 256],
  [256, 0]
];

/** Paints on a Leaflet map: the ground by canvas or SVG as its number asks, what matters now as a few SVG paths on top. */
export class MapPainter {
  readonly #map: LeafletMap;
  readonly #groundRenderer = new SVG({ padding: 0.5 });
  readonly #topRenderer: SVG;
  #colours: Colours;
  #ground: SvgGround | CanvasGround | undefined;
  #top: { path: Polygon; stroke?: ColourName; fill?: ColourName }[] = [];

  constructor(map: LeafletMap, colours: Colours) {
    this.#map = map;
    this.#colours = colours;
    map.createPane('top').style.zIndex = '410';
    this.#topRenderer = new SVG({ padding: 0.5, pane: 'top' });
    map.on('zoomend', () => this.#followZoom());
  }

  drawGround(shapes: Shape[]): void {
    this.#ground?.remove();
    this.#ground = undefined;
    if (shapes.length === 0) return;
    const isSvg = shapes.length <= mostSvgShapes;
    this.#ground = isSvg
      ? new SvgGround(shapes, this.#colours, this.#groundRenderer)
      : new CanvasGround(shapes, this.#colours);
    this.#followZoom();
    this.#ground.addTo(this.#map);
  }

  emphasise({ own, chosen }: Emphasis): void {
    for (const { path } of this.#top) path.remove();
    this.#top = [];
    const ownRings = ringsOf(own);
    if (ownRings.length > 0) {
      this.#add([wholeWorld, ...ownRings], 0, undefined, 'veil');
      this.#add(ownRings, 12, 'glow');
      this.#add(ownRings, 3, 'own');
    }
    if (chosen.length > 0) this.#add(ringsOf(chosen), 4.5, 'own', 'chosen');
    this.#recolour();
    for (const { path } of this.#top) path.addTo(this.#map);
  }

  setColours(colours: Colours): void {
    this.#colours = colours;
    this.#ground?.setColours(colours);
    this.#recolour();
  }

  #add(rings: LatLngTuple[][], weight: number, stroke?: ColourName, fill?: ColourName): void {
    const path = new Polygon(rings, {
      renderer: this.#topRenderer,
      interactive: false,
      stroke: stroke !== undefined,
      fill: fill !== undefined,
      fillRule: 'evenodd',
      fillOpacity: 1,
      opacity: 1,
      weight
    });
    this.#top.push({ path, stroke, fill });
  }

  #recolour(): void {
    for (const { path, stroke, fill } of this.#top)
      path.setStyle({ color: stroke && this.#colours[stroke], fillColor: fill && this.#colours[fill] });
  }

  #followZoom(): void {
    if (this.#ground instanceof SvgGround) this.#ground.setZoom(this.#map.getZoom());
  }
}

function ringsOf(shapes: Shape[]): LatLngTuple[][] {
  return shapes.flatMap((shape) => shape.rings.map(ringToLatLngs));
}
