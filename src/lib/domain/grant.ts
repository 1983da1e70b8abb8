import * as z from 'zod/mini';
import { AreaCode } from './area';
import { Instant } from './instant';
import { AccountId, UnitId } from './ids';

export const roles = [
  'gridWorker',
  'microGridWorker',
  'gridLead',
  'communityOfficer',
  'streetOfficer',
  'unitHandler',
  'admin'
] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** A role in an area, for a time: covers everything whose code starts with `area`. 代班 is a grant with an end. */
export const Grant = z.object({
  role: Role,
  area: AreaCode,
  /** Of a unitHandler only. */
  unit: z.optional(UnitId),
  from: z.optional(Instant),
  to: z.optional(Instant)
});
export type Grant = z.infer<typeof Grant>;

/** Who acts: always the session's account, never what a request says of itself. */
export interface Actor {
  account: AccountId;
  grants: readonly Grant[];
}

export function grantsInForce(grants: readonly Grant[], now: Instant): Grant[] {
  return grants.filter((grant) => (!grant.from || grant.from <= now) && (!grant.to || now < grant.to));
}
