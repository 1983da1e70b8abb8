/** Tries per account and per address within the window, but for right ones; then wait. In memory: a restart forgives. */
const windowMs = 15 * 60_000;
const maxFailures = { account: 8, address: 40 };

const failures = new Map<string, { count: number; since: number }>();

function failed(key: string, now: number) {
  const entry = failures.get(key);
  return entry && now - entry.since < windowMs ? entry : undefined;
}

/** Minutes to wait, or 0 where a try is allowed. */
export function minutesToWait(login: string, address: string, now: number): number {
  const account = failed(`account:${login}`, now);
  const from = failed(`address:${address}`, now);
  const blocked =
    (account && account.count >= maxFailures.account && account) ||
    (from && from.count >= maxFailures.address && from);
  return blocked ? Math.ceil((blocked.since + windowMs - now) / 60_000) : 0;
}

/** Counted before the password is looked at: of many tries at once each must know of the others. */
export function noteTry(login: string, address: string, now: number): void {
  for (const key of [`account:${login}`, `address:${address}`]) {
    const entry = failed(key, now);
    failures.set(key, { count: (entry?.count ?? 0) + 1, since: entry?.since ?? now });
  }
  if (failures.size > 10_000) for (const key of failures.keys()) if (!failed(key, now)) failures.delete(key);
}

/** The password was right: the account starts anew, and the try does not count for its address. */
export function noteSuccess(login: string, address: string): void {
  failures.delete(`account:${login}`);
  const from = failures.get(`address:${address}`);
  if (from) from.count--;
}
