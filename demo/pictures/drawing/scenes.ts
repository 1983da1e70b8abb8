import type { PictureName } from '../names.ts';
import { manhole, road, septicOverflow } from './ground.ts';
import { walker } from './gym.ts';
import { eBikeInStairwell, sofaInHall, sofaOnStairs, stairsCleared } from './stairwell.ts';
import { fallenBranch, fireLane, lamp } from './street.ts';

/** Every picture of the demo as SVG. */
export const scenes: Record<string, () => string> = {
  'walker-loose': () => walker(false),
  'walker-fixed': () => walker(true),
  'sofa-on-stairs': sofaOnStairs,
  'sofa-in-hall': sofaInHall,
  'stairs-cleared': stairsCleared,
  'septic-overflow': septicOverflow,
  'lamp-dark': () => lamp(false),
  'lamp-lit': () => lamp(true),
  'fire-lane-blocked': () => fireLane(true),
  'fire-lane-cleared': () => fireLane(false),
  'manhole-broken': () => manhole(true),
  'manhole-replaced': () => manhole(false),
  'e-bike-in-stairwell': eBikeInStairwell,
  'road-sunken': () => road(true),
  'road-mended': () => road(false),
  'branch-fallen': fallenBranch
};
