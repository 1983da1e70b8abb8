import { isWithin, type CommunityCode } from '../domain/area';
import { roles, type Grant, type Role } from '../domain/grant';

/**
 * Step 10: what a cursor says of the grants it was read under, `role:area` each, sorted. `grants` are those in force.
 * Grants elsewhere show nothing here and are left out.
 */
export function scopeOf(grants: readonly Grant[], community: CommunityCode): string[] {
  const here = grants.filter(({ area }) => isWithin(area, community) || isWithin(community, area));
  return [...new Set(here.map(({ role, area }) => `${role}:${area}`))].sort();
}

/** The grants a scope speaks of, without their dates: they were in force. A role this build does not know shows nothing. */
export function grantsOfScope(scope: readonly string[]): Grant[] {
  return scope.flatMap((text) => {
    const [role, area] = text.split(':');
    return area && (roles as readonly string[]).includes(role!) ? [{ role: role as Role, area }] : [];
  });
}

export function isSameScope(
  one: readonly string[] | undefined,
  other: readonly string[] | undefined
): boolean {
  return one?.join() === other?.join();
}
