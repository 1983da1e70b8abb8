import { isSame, type Edits } from './changes/report-amended';
import type { Report } from './report';

/** The same wish, said of what the report holds now; fields that hold it already are left out. */
export function editsOn(report: Report, edits: Edits): Edits {
  const now = report as unknown as Record<string, unknown>;
  const said = Object.entries(edits).flatMap(([field, value]) =>
    !value || isSame(now[field], value.to) ? [] : [[field, { from: now[field] ?? null, to: value.to }]]
  );
  return Object.fromEntries(said) as Edits;
}
