import type { CommunityRules } from '../domain/change';
import type { Change } from '../domain/changes';
import type { ChangeId, RecordId } from '../domain/ids';
import { allowChange, applyChange, touchedBy } from '../domain/judge';
import type { AnyRecord } from '../domain/record';

/**
 * Re-applies unsent changes, in order, on the office's records (step 9). A change that is no longer lawful is left out
 * and named, never dropped. Law: without unsent changes the result is the office's records themselves.
 */
export function rebase(
  bases: ReadonlyMap<RecordId, AnyRecord>,
  unsent: readonly Change[],
  rules: CommunityRules
): { shown: Map<RecordId, AnyRecord>; unlawful: ChangeId[] } {
  const shown = new Map(bases);
  const unlawful: ChangeId[] = [];
  for (const change of unsent) {
    const before = new Map(
      touchedBy(change).flatMap((id) => {
        const record = shown.get(id);
        return record ? [[id, record] as const] : [];
      })
    );
    if (allowChange(change, before, rules).verdict === 'allowed')
      for (const record of applyChange(change, before)) shown.set(record.id, record);
    else unlawful.push(change.id);
  }
  return { shown, unlawful };
}
