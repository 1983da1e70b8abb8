import * as z from 'zod/mini';
import { allowed, defineChange, refused, type FieldConflict } from '../change';
import { RecordId } from '../ids';
import { Instant } from '../instant';
import { Place } from '../place';
import { reportOf } from '../record';
import { Text, withDetail, type Report } from '../report';

const edit = <Value extends z.ZodMiniType>(value: Value) => z.optional(z.object({ from: value, to: value }));

const Edits = z.object({
  text: edit(Text),
  place: edit(Place),
  categoryCode: edit(z.string().check(z.regex(/^C\d{2,3}$/))),
  publicFacility: edit(z.boolean()),
  answers: edit(z.record(z.string(), z.union([z.string().check(z.maxLength(500)), z.number()]))),
  needTypeCode: edit(z.string().check(z.regex(/^N\d{2,3}$/))),
  wishedAt: edit(z.nullable(Instant)),
  solvedOnSpot: edit(z.boolean()),
  communityOnly: edit(z.boolean())
});
export type Edits = z.infer<typeof Edits>;

/** What a report of this kind does not have. */
const fieldsOfOther: Record<Report['kind'], readonly (keyof Edits)[]> = {
  issue: ['needTypeCode', 'wishedAt'],
  need: ['categoryCode', 'publicFacility', 'answers']
};

/** The worker corrected or completed a report. Each field carries what it was, so that nobody is overwritten unseen. */
export const reportAmended = defineChange({
  kind: 'report-amended',
  act: 'amend',
  facts: z.object({ recordId: RecordId, edits: Edits }),
  touches: (facts) => [facts.recordId],
  allow: (facts, records) => {
    const report = reportOf(records, facts.recordId);
    if (report?.state !== 'reported' && report?.state !== 'needsDetail') return refused('wrong-state');
    const foreign = fieldsOfOther[report.kind].find((field) => facts.edits[field]);
    if (foreign) return refused('malformed', { field: foreign });
    const fields = conflicts(report, facts.edits);
    return fields.length ? { verdict: 'conflict', fields } : allowed;
  },
  apply: (facts, records, head) => {
    const report = reportOf(records, facts.recordId)!;
    const values = Object.fromEntries(
      Object.entries(facts.edits).map(([field, value]) => [field, value?.to ?? undefined])
    );
    // Another category is no public facility until the change says so: the narrower sight.
    const hidden = facts.edits.categoryCode && report.kind === 'issue' ? { publicFacility: false } : {};
    return [{ ...withDetail(report, head.at), ...hidden, ...values }];
  }
});

function conflicts(report: Report, edits: Edits): FieldConflict[] {
  return Object.entries(edits).flatMap(([field, value]) => {
    if (!value) return [];
    const current = (report as unknown as Record<string, unknown>)[field];
    const untouched = isSame(current, value.from) || isSame(current, value.to);
    return untouched ? [] : [{ field, from: value.from, current: current ?? null, to: value.to }];
  });
}

/** Compared as JSON with sorted keys: a missing field, undefined and null are one. */
export function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
    .join()}}`;
}
