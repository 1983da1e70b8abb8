import type { CommunityCode } from '../domain/area';
import type { CommunityRules } from '../domain/change';
import type { Change } from '../domain/changes';
import type { ChangeId, RecordId } from '../domain/ids';
import { allowChange, applyChange, touchedIn } from '../domain/judge';
import type { AnyRecord } from '../domain/record';

/**
 * Re-applies unsent changes, in order, on the office's records (step 9). A change that is no longer lawful is left out
 * and named, never dropped. Law: without unsent changes the result is the office's records themselves.
 */
export function rebase(
  bases: ReadonlyMap<RecordId, AnyRecord>,
  unsent: readonly Change[],
  rulesOf: (community: CommunityCode) => CommunityRules
): { shown: Map<RecordId, AnyRecord>; unlawful: ChangeId[] } {
  const shown = new Map(bases);
  const unlawful: ChangeId[] = [];
  for (const change of unsent) {
    const before = touchedIn(shown, change);
    const after = reapply(change, before, rulesOf(change.community));
    if (after) for (const record of after) shown.set(record.id, record);
    else unlawful.push(change.id);
  }
  return { shown, unlawful };
}

/** Null where it is not lawful any more. What the office sends may be of a shape this build has never seen: one such record must not keep all others out. */
function reapply(
  change: Change,
  before: ReadonlyMap<RecordId, AnyRecord>,
  rules: CommunityRules
): AnyRecord[] | null {
  try {
    return allowChange(change, before, rules).verdict === 'allowed' ? applyChange(change, before) : null;
  } catch {
    return null;
  }
}
