import type { BasemapLine } from '../../src/lib/domain/grid';
import { area, riverside, way } from './basemap-plan.ts';
import { roundPatch } from './plane.ts';

export const neighbourLandscape: BasemapLine[] = [
  ...riverside('r6', 'z2'),
  area('green', '槐荫公园', roundPatch([720, -210], [58, 40])),
  area('green', '', roundPatch([546, 220], [44, 22])),
  way('lane', '金桂巷', 'e3 y1 x3'),
  way('lane', '槐店巷', [646, 140], [700, 168], [812, 172]),
  way('road', '厂北路', 'n7 x1 x2', [940, 390]),
  way('road', '槐荫街', 'x1 y1 y2'),
  way('road', '金桂路', [806, 500], 'x2 x3 x4', [822, -500]),
  way('mainRoad', '长天路', 'e2', [640, 150], [810, 140], [940, 146])
];
