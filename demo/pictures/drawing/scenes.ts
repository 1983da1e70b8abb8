import type { PictureName } from '../names.ts';
import { walker } from './gym.ts';
import { eBikeInStairwell, sofaInHall, sofaOnStairs, stairsCleared } from './stairwell.ts';

/** Every picture of the demo as SVG. */
export const scenes: Record<string, () => string> = {
  'walker-loose': () => walker(false),
  'walker-fixed': () => walker(true),
  'sofa-on-stairs': sofaOnStairs,
  'sofa-in-hall': sofaInHall,
  'stairs-cleared': stairsCleared,
  'e-bike-in-stairwell': eBikeInStairwell
};
