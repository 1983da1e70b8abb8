import type { Session } from './session';

/** Step 2: a request that names another account than the session's comes from a tablet that changed hands in between. */
export function isOtherAccount(request: Request, session: Session): boolean {
  const account = request.headers.get('x-xunge-account');
  return account !== null && account !== session.account;
}
