import type { Reference } from '$lib/domain/reference';
import { reportStatus } from '$lib/domain/status';
import type { ReportRow } from '$lib/server/records/desk-reports';
import { subjectOf } from '../list-rows.server';

const shownTextLength = 60;

/** As much of a linked report as tells which one it is. */
export function describeLinked({ report, work }: ReportRow, reference: Reference) {
  const { id, kind, number, text } = report;
  return {
    id: id as string,
    kind,
    status: reportStatus(report, work),
    number: (work?.number ?? number) || undefined,
    subject: subjectOf(report, reference),
    text: text.slice(0, shownTextLength)
  };
}
export type LinkedRecord = ReturnType<typeof describeLinked>;
