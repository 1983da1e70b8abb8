import type { SignedIn } from '$lib/data/signed-in';
import { grantsInForce } from '$lib/domain/grant';
import { mayEver } from '$lib/domain/rights';

/** Where a person starts: with the tablet who walks, at the desk who sits. */
export function homeOf({ account, grants }: SignedIn): string {
  const now = new Date().toISOString();
  return mayEver({ account, grants: grantsInForce(grants, now) }, 'patrol', now) ? '/' : '/office';
}
