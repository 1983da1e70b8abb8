import type { ReportView } from '$lib/data/report-view';
import { isRecording, type HistoryEntry } from '$lib/domain/history';

/** The one timeline of a report: what made it, what the office told, and what this tablet did since. */
export function historyOf(view: ReportView): HistoryEntry[] {
  const { report, history, own, marks } = view;
  const made = own.find(
    ({ change }) =>
      change.baseVersion === 0 && 'recordId' in change.facts && change.facts.recordId === report.id
  );
  const carried = history.find(isRecording);
  const creation: HistoryEntry = {
    carriedBy: carried?.carriedBy,
    carriedByName: carried?.carriedByName,
    id: made?.change.id ?? carried?.id ?? (report.id as unknown as HistoryEntry['id']),
    kind: report.kind === 'issue' ? 'issue-recorded' : 'need-recorded',
    at: report.at,
    receivedAt: report.receivedAt ?? (marks.arrived || (made && !made.isUnsent) ? report.at : undefined),
    author: report.author,
    facts: {}
  };
  const known = new Set([creation.id, ...history.map((entry) => entry.id)]);
  const since = own
    .filter(({ change }) => !known.has(change.id))
    .map(({ change, isUnsent }): HistoryEntry => {
      const { id, kind, at, author, facts } = change;
      return { id, kind, at, receivedAt: isUnsent ? undefined : at, author, facts };
    });
  // A change that wrote both the report and its case is one line.
  const told = history.filter(
    (entry, index) => entry !== carried && history.findIndex((other) => other.id === entry.id) === index
  );
  return [creation, ...told, ...since];
}
