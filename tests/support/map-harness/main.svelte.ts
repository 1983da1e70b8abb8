// The page's side: mounts a map, lets the test change its values and read its callbacks, and times its frames.
import { mount, unmount, type Component } from 'svelte';
import '../../../src/app.css';
import type { Position } from '../../../src/lib/domain/geometry';
import type { Language } from '../../../src/lib/messages/language';
import { setLanguage } from '../../../src/lib/ui/language';
import type { GridMapProps } from '../../../src/lib/ui/map/grid-map-props';
import GridMap from '../../../src/lib/ui/map/GridMap.svelte';
import MiniMap from '../../../src/lib/ui/map/MiniMap.svelte';
import type { Ground } from '../../../src/lib/ui/map/shapes';

export interface StillValues extends Ground {
  position: Position;
  accuracyMetres?: number;
}

export interface OpenOptions {
  language?: Language;
  canPick?: boolean;
}

declare global {
  interface Window {
    mapHarness: MapHarness;
  }
}

export interface MapHarness {
  /** Opens a map with these values in place of the one before. */
  open(values: Partial<GridMapProps>, options?: OpenOptions): void;
  change(values: Partial<GridMapProps>): void;
  close(): void;
  /** The values the map has now. */
  last(): GridMapProps;
  openStill(values: StillValues, size: string): void;
  picks: Position[];
  selections: string[];
  grids: string[];
  /** Drags the ground to and fro; the milliseconds of every frame. */
  pan(frames: number): Promise<number[]>;
  /** Milliseconds from opening to the first frame that shows the ground. */
  timeFirstDraw(values: Partial<GridMapProps>): Promise<number>;
}

/** Mounts a component below the language, as the root layout does. */
function mountIn(language: Language, component: unknown, target: Element, props: object) {
  const wrapped: Component = (anchor, given) => {
    setLanguage(() => language);
    return (component as Component)(anchor, given);
  };
  return mount(wrapped, { target, props: props as Record<string, never> });
}

const nothing: GridMapProps = { grids: [], basemap: [], buildings: [], markers: [], label: '网格地图' };
let values = $state.raw<GridMapProps>(nothing);
let mounted: Record<string, unknown> | undefined;
let still: Record<string, unknown> | undefined;

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

const harness: MapHarness = {
  picks: [],
  selections: [],
  grids: [],
  open(given, { language = 'zh', canPick = true } = {}) {
    harness.close();
    values = {
      ...nothing,
      onselect: (id) => {
        harness.selections.push(id);
        values = { ...values, selectedId: id };
      },
      ongrid: (code) => harness.grids.push(code),
      onpick: canPick
        ? (position) => {
            harness.picks.push(position);
            values = { ...values, picked: position };
          }
        : undefined,
      ...given
    };
    const props = {} as GridMapProps;
    const names: (keyof GridMapProps)[] = [
      ...(Object.keys(values) as (keyof GridMapProps)[]),
      'position',
      'picked',
      'selectedId',
      'picking'
    ];
    for (const name of names)
      Object.defineProperty(props, name, { get: () => values[name], enumerable: true, configurable: true });
    mounted = mountIn(language, GridMap, document.querySelector('#map')!, props);
  },
  change: (given) => (values = { ...values, ...given }),
  last: () => values,
  close() {
    if (mounted) void unmount(mounted);
    mounted = undefined;
    Object.assign(harness, { picks: [], selections: [], grids: [] });
  },
  openStill(props, size) {
    if (still) void unmount(still);
    const target = document.querySelector<HTMLElement>('#still')!;
    target.style.cssText += size;
    still = mountIn('zh', MiniMap, target, props);
  },
  async pan(frames) {
    const ground = document.querySelector<HTMLElement>('.leaflet-container')!;
    const { width, height } = ground.getBoundingClientRect();
    let [x, y] = [width / 2, height / 2];
    const send = (type: string, to: EventTarget) =>
      to.dispatchEvent(
        new MouseEvent(type, {
          bubbles: true,
          button: 0,
          buttons: 1,
          clientX: x,
          clientY: y,
          cancelable: true
        })
      );
    send('mousedown', ground);
    const times = [await nextFrame()];
    for (let frame = 0; frame < frames; frame += 1) {
      const isBack = Math.floor(frame / 40) % 2 === 1;
      x += isBack ? 9 : -9;
      y += isBack ? 5 : -5;
      send('mousemove', ground);
      times.push(await nextFrame());
    }
    send('mouseup', ground);
    return times.slice(1).map((time, at) => time - times[at]!);
  },
  async timeFirstDraw(given) {
    harness.close();
    await nextFrame();
    const start = performance.now();
    harness.open(given);
    while (!document.querySelector('.leaflet-tile-loaded, .leaflet-overlay-pane path')) await nextFrame();
    // The frame after the one that drew it: by then it is on the glass.
    await nextFrame();
    return performance.now() - start;
  }
};

window.mapHarness = harness;
