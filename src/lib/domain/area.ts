import * as z from 'zod/mini';

/**
 * Statistical area codes (统计用区划代码): province 2, city 4, county 6, street 9, community 12 digits;
 * our own grid adds 3 (15) and micro-grid 2 (17). Always text: leading digits carry the hierarchy.
 */
export const AreaCode = z
  .string()
  .check(z.regex(/^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12}|\d{15}|\d{17})$/, 'not an area code'));
export type AreaCode = z.infer<typeof AreaCode>;

export const CommunityCode = z.string().check(z.regex(/^\d{12}$/, 'not a community code'));
export type CommunityCode = z.infer<typeof CommunityCode>;

/** A grid (15 digits) or a micro-grid (17): what a record can belong to. */
export const GridCode = z.string().check(z.regex(/^(\d{15}|\d{17})$/, 'not a grid code'));
export type GridCode = z.infer<typeof GridCode>;

/** A building: its micro-grid's 17 digits and 3 more. */
export const BuildingCode = z.string().check(z.regex(/^\d{20}$/, 'not a building code'));
export type BuildingCode = z.infer<typeof BuildingCode>;

export const Area = z.object({ code: AreaCode, name: z.string() });
export type Area = z.infer<typeof Area>;

const parentLengths: Record<number, number> = { 17: 15, 15: 12, 12: 9, 9: 6, 6: 4, 4: 2 };

/** Whether `code` lies in `scope`: its prefix rule is the whole hierarchy. */
export function isWithin(code: string, scope: AreaCode): boolean {
  return code.startsWith(scope);
}

/** Of anything in or below a community: a grid, a micro-grid, a building. */
export function communityOf(code: string): CommunityCode {
  return code.slice(0, 12);
}

export function gridOf(code: GridCode): GridCode {
  return code.slice(0, 15);
}

/** The code of the area one tier up, or null for a province. */
export function parentOf(code: AreaCode): AreaCode | null {
  const length = parentLengths[code.length];
  return length === undefined ? null : code.slice(0, length);
}

/** 长天路社区居委会 is called 长天路 in speech and in case numbers. */
export function shortCommunityName(name: string): string {
  return name.replace(/(社区)?(居民委员会|居委会|村民委员会|村委会)$/, '').replace(/社区$/, '') || name;
}
