import type { PictureName } from '../names.ts';
import { greenwayRail } from './greenway.ts';
import { manhole, road, septicOverflow } from './ground.ts';
import { walker } from './gym.ts';
import { market } from './market.ts';
import { eBikeInStairwell, sofaInHall, sofaOnStairs, stairsCleared } from './stairwell.ts';
import { fallenBranch, fireLane, lamp } from './street.ts';
import { hangingCable, tooClose, wallLeak } from './walls.ts';

/** Every picture of the demo as SVG. */
export const scenes: Record<PictureName, () => string> = {
  'walker-loose': () => walker(false),
  'walker-fixed': () => walker(true),
  'sofa-on-stairs': sofaOnStairs,
  'sofa-in-hall': sofaInHall,
  'stairs-cleared': stairsCleared,
  'hanging-cable': hangingCable,
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
  'market-rubbish': () => market(false),
  'market-clean': () => market(true),
  'greenway-rail-broken': () => greenwayRail(false),
  'greenway-rail-mended': () => greenwayRail(true),
  'wall-leak': wallLeak,
  'branch-fallen': fallenBranch,
  'too-close': tooClose
};
