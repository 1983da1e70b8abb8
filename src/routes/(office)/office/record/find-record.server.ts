import { error, type RequestEvent } from '@sveltejs/kit';
import type { CommunityCode } from '$lib/domain/area';
import type { Case } from '$lib/domain/case';
import { RecordId } from '$lib/domain/ids';
import { isReport, isReportOrCase, visibilityOf, type AnyRecord } from '$lib/domain/record';
import type { Reference } from '$lib/domain/reference';
import type { Report } from '$lib/domain/report';
import { mayDo } from '$lib/domain/rights';
import { noteOpening, noteRefused, type OpeningPurpose } from '$lib/server/access-log';
import { findRecord } from '$lib/server/records/desk';
import { loadRecords } from '$lib/server/records/records';
import { loadReference } from '$lib/server/records/reference';
import type { Store } from '$lib/server/store';
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
export async function findOnDesk(event: Event): Promise<FoundRecord> {
  const found = await find(event);
  if (found) return found;
  await noteNotFound(event, 'case');
  error(404);
}

/** The same for a page that shows it: a line says who opened it, or was refused. */
export async function openRecord(event: Event, page: 'inbox' | 'case'): Promise<FoundRecord> {
  const purpose = event.url.searchParams.get('q') ? 'search' : page;
  const found = await find(event);
  if (!found) {
    await noteNotFound(event, purpose);
    error(404);
  }
  await noteRecord(event.locals.store, found, found.report, purpose);
  return found;
}

/** One of the records that this reader was shown, and for what. */
export async function noteRecord(
  store: Store,
  { desk: { session, now }, community }: FoundRecord,
  { id: recordId }: Report,
  purpose: OpeningPurpose
): Promise<void> {
  const { account } = session;
  await noteOpening(store, { account, community, what: 'record', recordId, purpose, isRefused: false }, now);
}

async function noteNotFound({ locals, params }: Event, purpose: OpeningPurpose): Promise<void> {
  const id = RecordId.safeParse(params.id);
  const { store, session } = locals;
  if (!id.success || !session) return;
  const refused = { account: session.account, what: 'record', purpose, recordId: id.data } as const;
  await noteRefused(store, refused, new Date().toISOString());
}

async function find(event: Event): Promise<FoundRecord | undefined> {
  const desk = await openDesk(event);
  const { store } = event.locals;
  const id = RecordId.safeParse(event.params.id);
  const codes = desk.communities.map(({ code }) => code);
  const record = id.success && codes.length ? await findRecord(store, codes, id.data) : undefined;
  if (!isReportOrCase(record) || !mayRead(desk, record)) return undefined;
  const { community } = record;
  const otherId = isReport(record) ? record.caseId : record.subjectId;
  const other = otherId && (await loadRecords(store.connection, community, [otherId])).get(otherId);
  const [report, work] = (isReport(record) ? [record, other] : [other, record]) as [Report, Case?];
  const reference = await loadReference(store, community);
  if (!reference) return undefined;
  const isOffice = pagesOf(desk.session, community, desk.now).includes('inbox') && mayRead(desk, report);
  // Who may not read the report itself sees no more than its case, and that as a unit does.
  if (!isOffice && (!work || !mayRead(desk, work))) return undefined;
  return { desk, community, reference, report, work, sees: isOffice ? 'office' : 'unit' };
}

function mayRead({ session, now }: Desk, record: AnyRecord): boolean {
  return mayDo(session, 'read', visibilityOf(record), now);
}
