import type { Instead } from '$lib/data/send-again';
import type { FactsOf } from '$lib/domain/changes';
import type { Reference } from '$lib/domain/reference';
import type { Report } from '$lib/domain/report';
import type { Instant } from '$lib/domain/instant';
import type { Language } from '$lib/messages/language';
import { waitingWords } from '$lib/messages/waiting';
import { fieldValue } from './field-value';

/** What an amendment wanted, as words for the office: a comment is lawful when the report itself is out of reach. Pure. */
export function asComment(
  { recordId, edits }: FactsOf<'report-amended'>,
  report: Report,
  reference: Reference | undefined,
  language: Language,
  now: Instant
): Instead {
  const words = waitingWords[language];
  const names: Record<string, string> = words.fieldNames;
  const categoryCode = report.kind === 'issue' ? report.categoryCode : undefined;
  const lines = Object.entries(edits).map(([field, edit]) =>
    words.fieldLine(
      names[field] ?? field,
      fieldValue(field, edit?.to, { reference, categoryCode, language, now })
    )
  );
  return { kind: 'comment-added', facts: { recordId, text: lines.join('\n') } };
}
