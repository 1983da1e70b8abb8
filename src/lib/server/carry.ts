import { grantsSince, type Actor } from '../domain/grant';
import type { Instant } from '../domain/instant';
import type { Refusal } from '../domain/refusal';
import type { PushHead } from '../protocol/push';
import type { Sender } from './batch';
import { loadAuthor } from './records/accounts';
import type { Session } from './session';
import type { Store } from './store';

/**
 * Step 14: who hands in is always the session's account; where it carries somebody else's work, the author is judged.
 * Whether it may carry is asked for each community, when its changes are received.
 */
export async function senderOf(
  store: Store,
  session: Session,
  { device, carrying }: PushHead
): Promise<Sender | { refusal: Refusal }> {
  if (carrying === undefined || carrying === session.account) return { actor: session, device };
  const author = await loadAuthor(store, carrying);
  return author ? { actor: author, device, carrier: session } : { refusal: { code: 'not-found' } };
}

/** With whose rights a change written at `then` is judged; decision 0017 says why those of then count when it is carried. */
export function authorOf({ actor, carrier }: Sender, then: Instant, now: Instant): Actor | 'server' {
  if (!carrier || actor === 'server') return actor;
  return { account: actor.account, grants: grantsSince(actor.grants, then, now) };
}
