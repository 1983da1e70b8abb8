import type { Instead } from '$lib/data/send-again';
import type { Change } from '$lib/domain/changes';
import { editsOn } from '$lib/domain/edits-on';
import type { AnyRecord } from '$lib/domain/record';
import { isReport } from '$lib/domain/record';

/** What a person wrote into a change and may put differently, by the name of the fact. */
export type Texts = Partial<Record<'text' | 'whom' | 'promise' | 'words' | 'note', string>>;

export function textsOf(change: Change): Texts {
  switch (change.kind) {
    case 'comment-added':
    case 'opinion-given':
      return { text: change.facts.text };
    case 'follow-up-noted':
      return { whom: change.facts.whom, promise: change.facts.promise };
    case 'resident-told':
    case 'case-checked':
      return { words: change.facts.words };
    case 'shift-handed-over':
      return { note: change.facts.note };
    case 'report-amended':
      return change.facts.edits.text ? { text: change.facts.edits.text.to } : {};
    default:
      return {};
  }
}

/** The same said again, with these texts; an amendment as one of what the record holds now. Pure. */
export function insteadOf(change: Change, record: AnyRecord | undefined, texts: Texts = {}): Instead {
  if (change.kind !== 'report-amended')
    return { kind: change.kind, facts: { ...change.facts, ...texts } } as Instead;
  const { recordId, edits } = change.facts;
  const wanted =
    edits.text && texts.text !== undefined ? { ...edits, text: { ...edits.text, to: texts.text } } : edits;
  const now = isReport(record) ? editsOn(record, wanted) : wanted;
  return { kind: 'report-amended', facts: { recordId, edits: now } };
}
