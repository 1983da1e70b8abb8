/** Wrong passwords per account and per address within the window; then wait. In memory: a restart forgives. */
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

export function noteFailure(login: string, address: string, now: number): void {
  for (const key of [`account:${login}`, `address:${address}`]) {
    const entry = failed(key, now);
    failures.set(key, { count: (entry?.count ?? 0) + 1, since: entry?.since ?? now });
  }
  if (failures.size > 10_000) for (const key of failures.keys()) if (!failed(key, now)) failures.delete(key);
}

export function noteSuccess(login: string): void {
  failures.delete(`account:${login}`);
}
