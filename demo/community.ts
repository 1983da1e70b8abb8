import type { BasemapLine, Grid } from '../src/lib/domain/grid';
import { drawBuildings, type PlacedBuilding } from './geography/building-plan.ts';
import { drawGrids, neighbourGridPlans, townGridPlans } from './geography/grid-plan.ts';
import { neighbourLandscape } from './geography/neighbour-basemap.ts';
import { neighbourBuildingPlans } from './geography/neighbour-buildings.ts';
import { townBasemap } from './geography/town-basemap.ts';
import { townBuildingPlans } from './geography/town-buildings.ts';

/**
 * The two communities of the demo. Their codes and names are real, the geography is invented: drawn by hand in
 * metres (geography/), turned into WGS-84, true to no street of Chengdu.
 */

/** 长天路社区 of 万年场街道, 成华区. */
export const demoCommunityCode = '510108011007';
/** 槐树店社区, next door to the east, there to show what may not be seen. */
export const neighbourCommunityCode = '510108011005';

/** Eight grids of 15 digits, each followed by its three micro-grids of 17. */
export const demoGrids: Grid[] = drawGrids(demoCommunityCode, townGridPlans);
/** The server fills in the pinyin initials. */
export const demoBuildings: PlacedBuilding[] = drawBuildings(demoCommunityCode, townBuildingPlans);
export const demoBasemap: BasemapLine[] = townBasemap;

export const neighbourGrids: Grid[] = drawGrids(neighbourCommunityCode, neighbourGridPlans);
export const neighbourBuildings: PlacedBuilding[] = drawBuildings(
  neighbourCommunityCode,
  neighbourBuildingPlans
);
export const neighbourBasemap: BasemapLine[] = neighbourLandscape;
