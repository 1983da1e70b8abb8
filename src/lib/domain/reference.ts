import * as z from 'zod/mini';
import { Area, CommunityCode } from './area';
import { Category, NeedType } from './category';
import { BasemapLine, Building, Grid } from './grid';
import { UnitId } from './ids';
import { AccountId } from './ids';
import { Role } from './grant';

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
  /** Why tracks are recorded, in the administrator's words; empty: they are off. */
  trackPurpose: z.string(),
  /** Fictitious data: every screen says so. */
  isDemo: z.boolean()
});
export type Reference = z.infer<typeof Reference>;
