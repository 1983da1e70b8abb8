import * as z from 'zod/mini';
import { BuildingCode, GridCode } from './area';
import { Border, Line, Position } from './geometry';

/** A grid (网格, 15 digits) or a micro-grid (微网格, 17 digits) with its border. */
export const Grid = z.object({ code: GridCode, name: z.string(), border: Border });
export type Grid = z.infer<typeof Grid>;

/** Before its border is drawn a grid has none: nothing lies in it, and whoever records there chooses it by hand. */
export const undrawn: Border = { type: 'MultiPolygon', coordinates: [] };

export function isDrawn({ border }: Pick<Grid, 'border'>): boolean {
  return border.coordinates.length > 0;
}

/** One building of a courtyard (院落/小区), or a place worth naming such as a market. Found by name, alias or initials. */
export const Building = z.object({
  code: BuildingCode,
  courtyard: z.string(),
  /** Empty where the courtyard is the whole place. */
  name: z.string(),
  aliases: z.array(z.string()),
  /** Pinyin initials of courtyard, name and aliases, lower case, made by the server. */
  initials: z.array(z.string()),
  /** Missing where only its grid is known. */
  position: z.optional(Position),
  /** As the office says; else, and where the position lies in another one, the position tells. */
  gridCode: z.optional(GridCode),
  outline: z.optional(Border),
  /** 单元, as they are called there: `1`, `2`, or by name. */
  stairwells: z.optional(z.array(z.string())),
  /** How many there are above the ground. */
  floors: z.optional(z.number()),
  hasLift: z.optional(z.boolean()),
  /** What a worker should know before going there, such as a basement without signal. */
  note: z.optional(z.string())
});
export type Building = z.infer<typeof Building>;

/** What is drawn under the grids where no base map is installed. */
export const BasemapLine = z.object({
  kind: z.enum(['mainRoad', 'road', 'lane', 'path', 'water', 'green']),
  name: z.optional(z.string()),
  shape: z.union([Line, Border])
});
export type BasemapLine = z.infer<typeof BasemapLine>;

export function buildingLabel(building: Pick<Building, 'courtyard' | 'name'>): string {
  return building.name ? `${building.courtyard} ${building.name}` : building.courtyard;
}
