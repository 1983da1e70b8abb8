// The one door to Leaflet. Loaded when a map is on screen, never before: 42 kB that no other page needs.
import {
  CRS,
  LatLngBounds,
  Map as LeafletMap,
  Transformation,
  type LatLngTuple,
  type ZoomAnimEvent
} from 'leaflet';
import 'leaflet/dist/leaflet.css';
import { watchHold } from './hold-gesture';
import type { Colours } from './look';
import { closestZoom, type MapView, type Pixel } from './map-view';
import type { WorldBox, WorldPoint } from './mercator';
import { MapPainter, type Emphasis } from './map-painter';
import type { Shape } from './shapes';

export type ViewPhase = 'still' | 'moving' | 'zooming';

export interface MapEvents {
  /** `zooming` gives the view an animation of a quarter of a second is about to reach. */
  onview: (view: MapView, phase: ViewPhase) => void;
  ontap: (pixel: Pixel) => void;
  /** A long press or a right click. */
  onhold: (pixel: Pixel) => void;
}

export interface OpenMap {
  drawGround(shapes: Shape[]): void;
  emphasise(emphasis: Emphasis): void;
  setColours(colours: Colours): void;
  /** Whether a tap picks a place: then two quick taps must not zoom. */
  setPicking(isPicking: boolean): void;
  /** As close as the box allows, and `closest` at most. */
  fit(box: WorldBox, closest?: number): void;
  /** Without changing the zoom. */
  moveTo(point: WorldPoint): void;
  panBy(pixels: Pixel): void;
  zoomBy(steps: number): void;
  close(): void;
}

const furthestZoom = 5;

/** A box of one point would be shown at the closest zoom of all. */
const closestFit = 18;
const fitPaddingPixels = 20;

/** Leaflet reckons in world units here, x for longitude and y for latitude: degrees and their systems end at mercator.ts. */
const worldCrs: CRS = Object.assign({}, CRS.Simple, { transformation: new Transformation(1, 0, 1, 0) });
const toLatLng = ({ x, y }: WorldPoint): LatLngTuple => [y, x];

/** `element` must have a size. `isCalm`: nothing glides. */
export function openMap(
  element: HTMLElement,
  start: { box: WorldBox; colours: Colours; isCalm: boolean },
  events: MapEvents
): OpenMap {
  const { isCalm } = start;
  const map = new LeafletMap(element, {
    crs: worldCrs,
    zoomControl: false,
    attributionControl: false,
    keyboard: false,
    boxZoom: false,
    tapHold: false,
    zoomSnap: 0.5,
    zoomDelta: 1,
    wheelPxPerZoomLevel: 90,
    minZoom: furthestZoom,
    maxZoom: closestZoom,
    zoomAnimation: !isCalm,
    fadeAnimation: false,
    markerZoomAnimation: false,
    inertia: !isCalm
  });
  const painter = new MapPainter(map, start.colours);
  reportViews(map, events);
  const stopGestures = reportGestures(map, element, events);

  const fit = (box: WorldBox, closest = closestFit) =>
    map.fitBounds(new LatLngBounds([box.north, box.west], [box.south, box.east]), {
      padding: [fitPaddingPixels, fitPaddingPixels],
      maxZoom: closest,
      animate: !isCalm
    });
  fit(start.box);
  const resize = new ResizeObserver(() => map.invalidateSize({ animate: false }));
  resize.observe(element);

  return {
    drawGround: (shapes) => painter.drawGround(shapes),
    emphasise: (emphasis) => painter.emphasise(emphasis),
    setColours: (colours) => painter.setColours(colours),
    setPicking: (isPicking) => void map.doubleClickZoom[isPicking ? 'disable' : 'enable'](),
    fit,
    moveTo: (point) => void map.setView(toLatLng(point), map.getZoom(), { animate: !isCalm }),
    panBy: ({ x, y }) => void map.panBy([x, y], { animate: !isCalm }),
    zoomBy: (steps) => void map.setZoom(map.getZoom() + steps),
    close() {
      resize.disconnect();
      stopGestures();
      map.remove();
    }
  };
}

function reportViews(map: LeafletMap, { onview }: MapEvents): void {
  const viewNow = (): MapView => {
    const { x: width, y: height } = map.getSize();
    const { lat, lng } = map.containerPointToLatLng([width / 2, height / 2]);
    return { centre: { x: lng, y: lat }, zoom: map.getZoom(), width, height };
  };
  map.on('move', () => onview(viewNow(), 'moving'));
  map.on('moveend resize', () => onview(viewNow(), 'still'));
  map.on('zoomanim', ({ center, zoom }: ZoomAnimEvent) => {
    const { x: width, y: height } = map.getSize();
    onview({ centre: { x: center.lng, y: center.lat }, zoom, width, height }, 'zooming');
  });
}

function reportGestures(map: LeafletMap, element: HTMLElement, { ontap, onhold }: MapEvents): () => void {
  // A drag or a long press ends with a click, on some browsers late: that is meant for nothing, ground or marker.
  let isSpent = false;
  const listeners = new AbortController();
  const early = { capture: true, signal: listeners.signal };
  element.addEventListener('pointerdown', () => (isSpent = false), early);
  element.addEventListener(
    'click',
    (event) => {
      const isByKeyboard = event.detail === 0;
      if (!isSpent || isByKeyboard) return;
      event.stopImmediatePropagation();
      event.preventDefault();
    },
    early
  );
  map.on('dragstart', () => (isSpent = true));
  map.on('click', ({ originalEvent, containerPoint }) => {
    if (!(originalEvent.target as Element).closest('button')) ontap(containerPoint);
  });
  const stopHold = watchHold(element, (event) => {
    isSpent = true;
    onhold(map.mouseEventToContainerPoint(event));
  });
  return () => {
    stopHold();
    listeners.abort();
  };
}
