import * as z from 'zod/mini';
import { AreaCode, type CommunityCode } from './area';
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

/**
 * What somebody might do when they wrote a thing, beside what they may do now: for a change that an officer hands in for
 * them, since the end of a grant must not take back what was found before. A time to come is no time.
 */
export function grantsSince(grants: readonly Grant[], then: Instant, now: Instant): Grant[] {
  const wasThen = then < now ? grantsInForce(grants, then) : [];
  const all = new Set([...wasThen, ...grantsInForce(grants, now)]);
  return [...all].map(({ role, area, unit }) => ({ role, area, unit }));
}

/** Of how many digits the area of a role is: a worker's is a grid, an officer's a community, a street officer's a street. */
const areaLengths: Record<Role, readonly number[]> = {
  gridWorker: [15],
  microGridWorker: [15, 17],
  gridLead: [12, 15],
  communityOfficer: [12],
  streetOfficer: [9],
  unitHandler: [6, 9, 12],
  admin: [2, 4, 6, 9, 12]
};

export function fitsRole(role: Role, area: AreaCode): boolean {
  return areaLengths[role].includes(area.length);
}

/** The area of a role that has no grid of its own, as seen from a community; undefined where it needs one. */
export function wholeAreaOf(role: Role, community: CommunityCode): AreaCode | undefined {
  return [community, community.slice(0, 9)].find((code) => fitsRole(role, code));
}

export function grantsInForce(grants: readonly Grant[], now: Instant): Grant[] {
  return grants.filter((grant) => (!grant.from || grant.from <= now) && (!grant.to || now < grant.to));
}

/** In force or to come; of somebody whose grants are all over, those: where they last belonged. */
export function standingGrants<One extends Pick<Grant, 'to'>>(
  grants: readonly One[],
  now: Instant
): readonly One[] {
  const standing = grants.filter(({ to }) => !to || now < to);
  return standing.length > 0 ? standing : grants;
}
