import { error, type RequestEvent } from '@sveltejs/kit';
import type { CommunityCode } from '$lib/domain/area';
import type { Case } from '$lib/domain/case';
import { RecordId } from '$lib/domain/ids';
import { isReport, visibilityOf, type AnyRecord } from '$lib/domain/record';
import type { Reference } from '$lib/domain/reference';
import type { Report } from '$lib/domain/report';
import { mayDo } from '$lib/domain/rights';
import { findRecord } from '$lib/server/records/desk';
import { loadRecords } from '$lib/server/records/records';
import { loadReference } from '$lib/server/records/reference';
import { openDesk, pagesOf, type Desk } from '../../desk.server';

/** A report and the case opened from it, as somebody at the desk may work with them. */
export interface FoundRecord {
  desk: Desk;
  community: CommunityCode;
  reference: Reference;
  report: Report;
  work?: Case;
  /** A unit sees its cases projected: never who reported. */
  sees: 'office' | 'unit';
}

type Event = Pick<RequestEvent, 'locals' | 'url' | 'cookies'> & { params: { id: string } };

/** The report or case the address names, in any community of the desk. Foreign and unknown are one answer: 404. */
export async function openRecord(event: Event): Promise<FoundRecord> {
  const desk = await openDesk(event);
  const { store } = event.locals;
  const id = RecordId.safeParse(event.params.id);
  const codes = desk.communities.map(({ code }) => code);
  const record = id.success && codes.length ? await findRecord(store, codes, id.data) : undefined;
  if (!record || record.kind === 'patrol' || !mayRead(desk, record)) error(404);
  const { community } = record;
  const otherId = isReport(record) ? record.caseId : record.subjectId;
  const other = otherId && (await loadRecords(store.connection, community, [otherId])).get(otherId);
  const [report, work] = (isReport(record) ? [record, other] : [other, record]) as [Report, Case?];
  const reference = await loadReference(store, community);
  if (!reference) error(404);
  const isOffice = pagesOf(desk.session, community, desk.now).includes('inbox') && mayRead(desk, report);
  // Who may not read the report itself sees no more than its case, and that as a unit does.
  if (!isOffice && (!work || !mayRead(desk, work))) error(404);
  return { desk, community, reference, report, work, sees: isOffice ? 'office' : 'unit' };
}

function mayRead({ session, now }: Desk, record: AnyRecord): boolean {
  return mayDo(session, 'read', visibilityOf(record), now);
}
