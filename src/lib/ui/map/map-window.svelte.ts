import { readColours, watchTheme } from './look';
import { pixelToWorld, worldToPixel, type MapView, type Pixel } from './map-view';
import type { WorldBox, WorldPoint } from './mercator';
import type { OpenMap, ViewPhase } from './open-map';

interface WindowEvents {
  ontap: (point: WorldPoint) => void;
  onhold: (point: WorldPoint) => void;
}

const nowhere: Pixel = { x: 0, y: 0 };

/** The window on the map: opens it when it has a size, and knows where it stands. */
export class MapWindow {
  /** Leaflet's half; undefined until it is loaded and open. */
  map = $state.raw<OpenMap>();
  hasFailed = $state(false);
  /** Where it last came to rest: names and clusters are chosen for that. */
  rest = $state.raw<MapView>();
  /** What markers are placed by: `rest`, but while a zoom is under way. */
  live = $state.raw<MapView>();
  /** How far a pan has moved everything since it came to rest. */
  drag = $state.raw<Pixel>(nowhere);
  phase = $state<ViewPhase>('still');
  /** Large type: how much larger names are written. */
  typeScale = $state(1);
  readonly isZooming = $derived(this.live?.zoom !== this.rest?.zoom);
  #now: MapView | undefined;

  /** Returns how to close it. `firstBox` is asked once, when it opens. */
  open(element: HTMLElement, firstBox: () => WorldBox, events: WindowEvents): () => void {
    let isClosed = false;
    // A map cannot be opened without a size, and a hidden panel has none.
    const sized = new ResizeObserver(() => {
      if (element.clientWidth === 0 || element.clientHeight === 0) return;
      sized.disconnect();
      void this.#load(element, firstBox, events, () => isClosed);
    });
    sized.observe(element);
    const stopWatching = watchTheme(() => this.map?.setColours(readColours(element)));
    return () => {
      isClosed = true;
      sized.disconnect();
      stopWatching();
      this.map?.close();
      this.map = this.rest = this.live = undefined;
    };
  }

  async #load(element: HTMLElement, firstBox: () => WorldBox, events: WindowEvents, isClosed: () => boolean) {
    const openMap = await loadLeaflet();
    this.hasFailed = openMap === undefined;
    if (!openMap || isClosed()) return;
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.typeScale = Math.max(1, readTextPixels(element) / 18);
    this.map = openMap(
      element,
      { box: firstBox(), colours: readColours(element), isCalm },
      {
        onview: (view, phase) => this.#follow(view, phase),
        ontap: (pixel) => this.#now && events.ontap(pixelToWorld(pixel, this.#now)),
        onhold: (pixel) => this.#now && events.onhold(pixelToWorld(pixel, this.#now))
      }
    );
  }

  #follow(view: MapView, phase: ViewPhase): void {
    this.phase = phase;
    this.#now = view;
    if (phase === 'still') this.rest = view;
    if (phase === 'moving' && this.rest?.zoom === view.zoom) {
      const { x, y } = worldToPixel(this.rest.centre, view);
      this.drag = { x: x - view.width / 2, y: y - view.height / 2 };
    } else {
      this.live = view;
      this.drag = nowhere;
    }
  }

  /** The point under the cross. */
  centre(): WorldPoint {
    return this.#now?.centre ?? nowhere;
  }

  /** Whether a point is seen, and not only just. */
  shows(point: WorldPoint): boolean {
    if (!this.#now) return false;
    const edge = 40;
    const { x, y } = worldToPixel(point, this.#now);
    return x > edge && y > edge && x < this.#now.width - edge && y < this.#now.height - edge;
  }
}

/** undefined where it cannot be had: a first visit that lost its signal half-way. */
async function loadLeaflet() {
  try {
    const { openMap } = await import('./open-map');
    return openMap;
  } catch {
    return undefined;
  }
}

function readTextPixels(element: Element): number {
  return Number.parseFloat(getComputedStyle(element).getPropertyValue('--text')) || 0;
}
