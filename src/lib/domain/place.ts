import * as z from 'zod/mini';
import { BuildingCode, GridCode } from './area';
import { Position } from './geometry';

/**
 * Where something is. The source says how it is known; `none` is lawful, a record never waits for a fix.
 * It ends at the building, an issue's at the floor: where a resident lives belongs to the vaults.
 */
export const Place = z.object({
  source: z.enum(['gps', 'map', 'building', 'none']),
  position: z.optional(Position),
  /** Radius of the 68 % circle the device reported, metres. */
  accuracyMetres: z.optional(z.number().check(z.minimum(0))),
  /** How old the fix was when the record was saved. */
  fixAgeSeconds: z.optional(z.number().check(z.minimum(0))),
  buildingCode: z.optional(BuildingCode),
  /** One of the building's, chosen by hand. */
  stairwell: z.optional(z.string().check(z.maxLength(20))),
  /** Above the ground, from 1, chosen by hand: no position tells it. */
  floor: z.optional(z.number()),
  /** The grid or micro-grid the position lies in, found on the tablet; not the same as whose it is. */
  gridCode: z.optional(GridCode),
  words: z.optional(z.string().check(z.maxLength(200)))
});
export type Place = z.infer<typeof Place>;

/** A fix above this is marked as poor and not drawn as truth. */
export const poorAccuracyMetres = 100;
