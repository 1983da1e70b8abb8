/** Whether a write failed for want of room: Dexie wraps what the browser said where a whole transaction was given up. */
export function isStoreFull(fault: unknown): boolean {
  const { name, inner, failures } = fault as { name?: string; inner?: unknown; failures?: unknown[] };
  if (name === 'QuotaExceededError') return true;
  return [inner, ...(failures ?? [])].some((one) => one !== undefined && one !== null && isStoreFull(one));
}
