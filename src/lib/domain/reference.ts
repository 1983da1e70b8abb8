import * as z from 'zod/mini';
import { Area, CommunityCode, type GridCode } from './area';
import { CalendarDay } from './calendar';
import { Category, NeedType } from './category';
import { BasemapLine, Building, Grid } from './grid';
import { AccountId, UnitId } from './ids';
import type { CommunityRules } from './change';
import { grantsInForce, Role, type Grant } from './grant';
import type { Instant } from './instant';
import { rights } from './rights';

/** A number to call, offline, one tap away. */
export const Phone = z.object({ zh: z.string(), en: z.string(), number: z.string(), urgent: z.boolean() });
export type Phone = z.infer<typeof Phone>;

/** A property firm, a department, a police station. */
export const Unit = z.object({
  id: UnitId,
  name: z.string(),
  kind: z.enum(['property', 'department', 'police', 'other'])
});
export type Unit = z.infer<typeof Unit>;

/** A colleague's name for the timeline; no phone, nothing private. */
export const Person = z.object({ id: AccountId, name: z.string(), roles: z.array(Role) });
export type Person = z.infer<typeof Person>;

/** What a community has decided and drawn: everything a tablet needs offline besides records. */
export const Reference = z.object({
  community: CommunityCode,
  /** A hash of the content: the tablet fetches again when it changes. */
  revision: z.string(),
  name: z.string(),
  areas: z.array(Area),
  grids: z.array(Grid),
  buildings: z.array(Building),
  basemap: z.array(BasemapLine),
  categories: z.array(Category),
  needTypes: z.array(NeedType),
  units: z.array(Unit),
  phones: z.array(Phone),
  people: z.array(Person),
  /** By date; missing in what older servers assembled. */
  calendar: z.optional(z.array(CalendarDay)),
  /** Why tracks are recorded, in the administrator's words; empty: they are off. */
  trackPurpose: z.string(),
  /** So many days without the office a PIN opens a tablet; missing where nobody has said. */
  offlineDays: z.optional(z.int()),
  /** Fictitious data: every screen says so. */
  isDemo: z.boolean()
});
export type Reference = z.infer<typeof Reference>;

/** Without reference data (before the first sync) nothing but dispatching and tracks is held back: the office decides. */
export function rulesOf(reference: Reference | undefined): CommunityRules {
  return {
    unitIds: new Set(reference?.units.map((unit) => unit.id)),
    trackPurposeStated: Boolean(reference?.trackPurpose),
    categoriesByCode: new Map(reference?.categories.map((category) => [category.code, category]))
  };
}

/** The grids of a community these grants let one record for: their scopes, as drawn grids where a scope covers several. */
export function recordableGrids(
  grants: readonly Grant[],
  reference: Reference | undefined,
  community: CommunityCode,
  now: Instant
): GridCode[] {
  const areas = grantsInForce(grants, now)
    .filter((grant) => rights[grant.role].record !== undefined)
    .map((grant) => grant.area);
  const drawn = (reference?.grids ?? []).map((grid) => grid.code).filter((code) => code.length === 15);
  const covered = areas.flatMap((area) =>
    area.length >= 15 ? [area] : drawn.filter((code) => code.startsWith(area))
  );
  return [...new Set(covered)].filter((code) => code.startsWith(community));
}
