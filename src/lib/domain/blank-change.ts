import { blankAnswers, blankPlace, blankText, type Blanking } from './blanking';
import type { Change } from './changes';
import { blankedFactsOf } from './personal-data';
import type { AnyRecord } from './record';

/** What was never said stays unsaid. */
function blankFact(field: string, value: unknown): unknown {
  if (typeof value === 'string') return blankText(value);
  if (typeof value !== 'object' || value === null) return value;
  return field.endsWith('place') ? blankPlace(value) : blankAnswers(value);
}

/** The change as it may be kept: what it says of people made illegible. */
export function blankChange<Kept extends Change>(change: Kept, what: Blanking): Kept {
  const fields = blankedFactsOf(change.kind, what);
  const facts = Object.fromEntries(
    Object.entries(change.facts).map(([field, value]) => {
      if (field === 'edits') return [field, blankEdits(value as object, fields)];
      return [field, fields.includes(field) ? blankFact(field, value) : value];
    })
  );
  return { ...change, facts };
}

function blankEdits(edits: object, fields: readonly string[]): object {
  return Object.fromEntries(
    Object.entries(edits).map(([field, edit]) => [
      field,
      fields.includes(`edits.${field}`) ? blankEdit(field, edit as { from: unknown; to: unknown }) : edit
    ])
  );
}

function blankEdit(field: string, { from, to }: { from: unknown; to: unknown }) {
  return { from: blankFact(field, from), to: blankFact(field, to) };
}

/**
 * Whether the change says something that was blanked, and was written before that. A voice always was: it is recorded before
 * its report is saved, and may be declared long after.
 */
export function bringsBack(change: Change, record: AnyRecord | undefined): boolean {
  if (!record || record.kind === 'patrol' || !record.blanked) return false;
  if (change.kind === 'voice-attached') return true;
  const { what, from } = record.blanked;
  return change.baseVersion < from && blankedFactsOf(change.kind, what).length > 0;
}
