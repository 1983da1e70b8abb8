import type { ShapeKind } from './shapes';

/** The custom properties of map-colours.css that shapes are painted with, without their `--map-`. */
const colourNames = [
  'green',
  'water',
  'shore',
  'building',
  'wall',
  'main-road',
  'main-edge',
  'road',
  'road-edge',
  'path',
  'grid',
  'grid-glow',
  'micro',
  'own',
  'glow',
  'chosen',
  'veil'
] as const;
export type ColourName = (typeof colourNames)[number];
export type Colours = Record<ColourName, string>;

/** Pixels at zoom 17, and how far a line may shrink and grow with the zoom. */
interface Width {
  at17: number;
  least: number;
  most: number;
  /** Added to what the zoom gives: an edge on both sides. */
  edge?: number;
}

/** One stroke of the brush over all shapes of a kind. */
export interface Pass {
  kind: ShapeKind;
  of: 'areas' | 'lines';
  fill?: ColourName;
  stroke?: ColourName;
  width?: Width;
  dash?: readonly number[];
  /** Not drawn further out. */
  fromZoom?: number;
}

const hair: Width = { at17: 1, least: 0.75, most: 1.5 };
const mainRoad: Width = { at17: 13, least: 2.2, most: 56 };
const road: Width = { at17: 8, least: 1.4, most: 40 };
const lane: Width = { at17: 4.5, least: 1, most: 26 };
const path: Width = { at17: 1.4, least: 1, most: 4 };
const micro: Width = { at17: 1.1, least: 1, most: 1.5 };
const edged = (width: Width): Width => ({ ...width, edge: 2 });

/** The picture from the ground up: first painted, first covered. */
export const passes: Pass[] = [
  { kind: 'green', of: 'areas', fill: 'green' },
  { kind: 'green', of: 'lines', stroke: 'green', width: road },
  { kind: 'water', of: 'areas', fill: 'water', stroke: 'shore', width: hair },
  { kind: 'water', of: 'lines', stroke: 'water', width: road },
  { kind: 'path', of: 'areas', fill: 'road', stroke: 'road-edge', width: hair },
  { kind: 'path', of: 'lines', stroke: 'path', width: path, dash: [4, 3], fromZoom: 16 },
  { kind: 'lane', of: 'lines', stroke: 'road-edge', width: edged(lane), fromZoom: 14.5 },
  { kind: 'road', of: 'lines', stroke: 'road-edge', width: edged(road) },
  { kind: 'mainRoad', of: 'lines', stroke: 'main-edge', width: edged(mainRoad) },
  { kind: 'lane', of: 'areas', fill: 'road' },
  { kind: 'lane', of: 'lines', stroke: 'road', width: lane, fromZoom: 14.5 },
  { kind: 'road', of: 'areas', fill: 'road' },
  { kind: 'road', of: 'lines', stroke: 'road', width: road },
  { kind: 'mainRoad', of: 'areas', fill: 'main-road' },
  { kind: 'mainRoad', of: 'lines', stroke: 'main-road', width: mainRoad },
  { kind: 'building', of: 'areas', fill: 'building', stroke: 'wall', width: hair, fromZoom: 14.5 },
  { kind: 'microGrid', of: 'areas', stroke: 'micro', width: micro, fromZoom: 17 },
  { kind: 'grid', of: 'areas', stroke: 'grid-glow', width: { at17: 8, least: 3, most: 12 }, fromZoom: 14 },
  { kind: 'grid', of: 'areas', stroke: 'grid', width: { at17: 1.8, least: 0.7, most: 2.5 } }
];

/** The widest a line gets, half of it: how far a shape may reach beyond its box. */
export const reachPixels = mainRoad.most / 2 + 2;

export function widthAt({ at17, least, most, edge = 0 }: Width, zoom: number): number {
  return Math.min(most, Math.max(least, at17 * 1.65 ** (zoom - 17))) + edge;
}

export function isDrawnAt({ fromZoom = 0 }: Pass, zoom: number): boolean {
  return zoom >= fromZoom;
}

/** What the colours are at this moment, in the theme of `element`. */
export function readColours(element: Element): Colours {
  const style = getComputedStyle(element);
  const entries = colourNames.map((name) => [name, style.getPropertyValue(`--map-${name}`).trim()]);
  return Object.fromEntries(entries) as Colours;
}

/** Calls back whenever the theme may have changed. Returns how to stop. */
export function watchTheme(callback: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const attributes = new MutationObserver(callback);
  dark.addEventListener('change', callback);
  attributes.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme', 'class']
  });
  return () => {
    dark.removeEventListener('change', callback);
    attributes.disconnect();
  };
}
