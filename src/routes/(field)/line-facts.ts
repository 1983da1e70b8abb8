import type { UnsentSummary } from '$lib/data/reads';
import type { Instant } from '$lib/domain/instant';
import { wholeProgress } from '$lib/sync/upload-progress';
import type { SyncFacts } from '$lib/ui/sync/sync-line';
import type { Tablet } from './tablet.svelte';

/** Whole days (or other units) that have passed; never less than none, whatever a clock that was set says. */
function passed(since: Instant | null, nowMs: number, unitMs: number): number {
  return since === null ? 0 : Math.max(0, Math.floor((nowMs - Date.parse(since)) / unitMs));
}

export function daysSince(since: Instant | null, nowMs: number): number {
  return passed(since, nowMs, 86_400_000);
}

export function hoursSince(since: Instant, nowMs: number): number {
  return passed(since, nowMs, 3_600_000);
}

/** What the line on top follows from, as this tablet stands. */
export function lineFacts(tablet: Tablet, unsent: UnsentSummary, lastContactAt: Instant | null): SyncFacts {
  const { minute, confirmed, others, sync } = tablet;
  return {
    ...unsent,
    oldestDays: daysSince(unsent.oldestAt, minute),
    others: others.reduce((sum, { count }) => sum + count, 0),
    othersOldestDays: Math.max(0, ...others.map(({ oldestAt }) => daysSince(oldestAt, minute))),
    upload: Object.keys(confirmed).length ? wholeProgress(unsent.waitingPhotos, confirmed) : null,
    phase: sync.phase,
    outcome: sync.outcome,
    held: tablet.saved !== null,
    justSaved: tablet.justSaved,
    hoursSinceContact: lastContactAt === null ? null : hoursSince(lastContactAt, minute),
    outdated: tablet.outdated,
    notSaved: tablet.notSaved
  };
}
