import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { RecordId } from '$lib/domain/ids';
import { isReport, visibilityOf } from '$lib/domain/record';
import type { Report } from '$lib/domain/report';
import { mayDo } from '$lib/domain/rights';
import { makeChanges } from '$lib/server/desk-change';
import { statusOf } from '$lib/server/problem';
import { readForm } from '$lib/server/read-form';
import { findReportsByNumber } from '$lib/server/records/desk-reports';
import { loadRecords } from '$lib/server/records/records';
import { findOnDesk, noteRecord, type FoundRecord } from './find-record.server';
import type { LinkAnswer } from './link-form';
import { describeLinked } from './linked-record.server';
import { noteOpened } from './note-opened.server';

type Event = Pick<RequestEvent, 'locals' | 'url' | 'cookies' | 'request'> & { params: { id: string } };
type Outcome = { link: LinkAnswer } | ActionFailure<{ link: LinkAnswer }>;

/** Longer is no number, and nobody's to be shown again. */
const maxTypedLength = 100;

/** Looks a number up, so that whoever links sees first what it is. Stores nothing. */
export async function findToLink(event: Event): Promise<Outcome> {
  const form = await readForm(event.request);
  const found = await findOnDesk(event);
  const typed = textOf(form, 'number').slice(0, maxTypedLength + 1);
  if (!mayLink(found, found.report)) return refuse('not-granted', typed);
  const number = asPrinted(typed);
  if (!number) return refuse('empty', typed);
  if (number.length > maxTypedLength) return refuse('not-found', typed);
  const { desk, community, reference, report } = found;
  const reading = { store: event.locals.store, actor: desk.session, community, now: desk.now };
  const rows = (await findReportsByNumber(reading, number)).filter((row) => mayLink(found, row.report));
  const others = rows.filter((row) => row.report.id !== report.id);
  if (others.length === 0) return refuse(rows.length ? 'itself' : 'not-found', typed);
  for (const other of others) await noteRecord(reading.store, found, other.report, 'link');
  return { link: { number: typed, found: others.map((row) => describeLinked(row, reference)) } };
}

export async function link(event: Event): Promise<Outcome> {
  const form = await readForm(event.request);
  const found = await findOnDesk(event);
  const { store } = event.locals;
  const { desk, community, report } = found;
  const typed = textOf(form, 'number').slice(0, maxTypedLength);
  if (!mayLink(found, report)) return refuse('not-granted', typed);
  const otherId = RecordId.safeParse(form.get('otherId')).data;
  if (otherId === report.id) return refuse('itself', typed);
  const other = otherId && (await loadRecords(store.connection, community, [otherId])).get(otherId);
  if (!other || !isReport(other) || !mayLink(found, other)) return refuse('not-found', typed);
  if (report.linkedIds.includes(other.id)) return refuse('already-exists', typed);
  const facts = { recordId: report.id, otherId: other.id };
  const acts = [{ kind: 'reports-linked' as const, facts }];
  const result = await makeChanges(store, desk.session, community, acts, desk.now);
  if ('refusal' in result) return refuse(result.refusal.code, typed);
  await noteOpened(store, found);
  return { link: { done: true } };
}

function mayLink({ desk: { session, now } }: FoundRecord, report: Report): boolean {
  return mayDo(session, 'link', visibilityOf(report), now);
}

function refuse(code: NonNullable<LinkAnswer['code']>, number: string): Outcome {
  const status = code === 'empty' || code === 'itself' ? 400 : statusOf(code);
  return fail(status, { link: { code, number } });
}

/** Full-width digits and the many dashes of an input method are those of the printed number. */
function asPrinted(typed: string): string {
  return typed
    .normalize('NFKC')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .trim();
}

function textOf(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === 'string' ? value : '';
}
