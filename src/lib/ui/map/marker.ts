import type { Position } from '../../domain/geometry';

/** `open`: at the office, not done · `due`: due or overdue · `done` · `local`: on this tablet only. */
export type MarkerTone = 'open' | 'due' | 'done' | 'local';

export interface MapMarker {
  id: string;
  /** WGS-84. */
  position: Position;
  tone: MarkerTone;
  /** What it is, in words, its state included: read aloud and shown beside it. */
  label: string;
}

/** Each tone has a shape of its own, on a 40-unit square: colour alone says nothing to many eyes. */
export const markerShapes: Record<MarkerTone, { body: string; sign: string }> = {
  open: { body: 'M20 5a15 15 0 1 0 0 30a15 15 0 0 0 0-30z', sign: 'M13.5 20h.1M20 20h.1M26.5 20h.1' },
  due: {
    body: 'M20 3.5L37 33.5a1.6 1.6 0 0 1-1.4 2.5H4.4A1.6 1.6 0 0 1 3 33.5z',
    sign: 'M20 14.5v9.5M20 30v.1'
  },
  done: { body: 'M13.5 5h13L35 13.5v13L26.5 35h-13L5 26.5v-13z', sign: 'M12.5 20.5l5.5 5.5L28 15' },
  local: {
    body: 'M10 5h20a4 4 0 0 1 4 4v22a4 4 0 0 1-4 4H10a4 4 0 0 1-4-4V9a4 4 0 0 1 4-4z',
    sign: 'M20 28V13M13.5 19.5L20 13l6.5 6.5'
  }
};
