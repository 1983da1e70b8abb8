import { fail, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { v7 as uuidV7 } from 'uuid';
import type { CloseKind } from '$lib/domain/case';
import type { RecordId, UnitId } from '$lib/domain/ids';
import type { NextAct } from '$lib/domain/lawful-acts';
import type { Refusal } from '$lib/domain/refusal';
import { makeChanges, type DeskAct } from '$lib/server/desk-change';
import { statusOf } from '$lib/server/problem';
import { readForm } from '$lib/server/read-form';
import { actForms, parseActForm, type ActFailure } from './act-form';
import { findOnDesk, type FoundRecord } from './find-record.server';
import { findToLink, link } from './link.server';
import { noteOpened } from './note-opened.server';
import { receiveResult } from './result-photos.server';

type Event = Pick<RequestEvent, 'locals' | 'url' | 'cookies' | 'request'> & { params: { id: string } };
type Outcome = { done: NextAct } | ActionFailure<ActFailure>;
type Values = { words: string; unit: UnitId; to: 'report' | 'case'; agreed?: string };

/** The changes each act is made of. Who may do it, and whether it is lawful now, is judged where they are received. */
const changesOf: Record<Exclude<NextAct, 'handle'>, (found: FoundRecord, values: Values) => DeskAct[]> = {
  accept: (found) => [opening(found).change],
  dispatch: (found, { unit, words }) => {
    const { recordId, changes } = caseOrNew(found);
    return [...changes, { kind: 'case-dispatched', facts: { recordId, unit, instruction: words } }];
  },
  askDetail: ({ report }, { words }) => [
    { kind: 'detail-requested', facts: { recordId: report.id, reason: words } }
  ],
  reject: ({ report }, { words }) => [
    { kind: 'report-rejected', facts: { recordId: report.id, reason: words } }
  ],
  closeSolved: (found) => {
    const { recordId, changes } = caseOrNew(found);
    return [...changes, closing(recordId, found.report.id, 'solvedOnSpot', '')];
  },
  return: ({ work, report }, { words }) => [
    { kind: 'case-returned', facts: { recordId: work?.id ?? report.id, reason: words } }
  ],
  pass: (found) => [checking(found, true, '')],
  fail: (found, { words }) => [checking(found, false, words)],
  close: ({ work, report }, { words }) => [closing(work?.id ?? report.id, report.id, 'done', words)],
  drop: ({ work, report }, { words }) => [closing(work?.id ?? report.id, report.id, 'noLongerNeeded', words)],
  tell: ({ report, work }, { words }) => [
    { kind: 'resident-told', facts: { recordId: report.id, caseId: work?.id, words } }
  ],
  comment: ({ report, work, sees }, { words, to }) => {
    const isOnCase = work && (sees === 'unit' || to === 'case');
    return [{ kind: 'comment-added', facts: { recordId: isOnCase ? work.id : report.id, text: words } }];
  }
};

function opening({ report, reference }: FoundRecord): { recordId: RecordId; change: DeskAct } {
  const recordId = uuidV7() as RecordId;
  const code = report.kind === 'issue' ? report.categoryCode : undefined;
  const afterPhoto = reference.categories.find((category) => category.code === code)?.afterPhoto ?? 'no';
  return { recordId, change: { kind: 'case-opened', facts: { recordId, subjectId: report.id, afterPhoto } } };
}

/** Sending out, or closing, what is not accepted yet accepts it on the way. */
function caseOrNew(found: FoundRecord): { recordId: RecordId; changes: DeskAct[] } {
  if (found.work) return { recordId: found.work.id, changes: [] };
  const { recordId, change } = opening(found);
  return { recordId, changes: [change] };
}

function closing(recordId: RecordId, subjectId: RecordId, how: CloseKind, words: string): DeskAct {
  return { kind: 'case-closed', facts: { recordId, subjectId, how, words } };
}

function checking({ work, report }: FoundRecord, passed: boolean, words: string): DeskAct {
  return { kind: 'case-checked', facts: { recordId: work?.id ?? report.id, passed, words } };
}

function action(act: Exclude<NextAct, 'handle'>) {
  return async (event: Event): Promise<Outcome> => {
    // First the body, which may take its time: the act is done when all of it is here.
    const form = await readForm(event.request);
    const found = await findOnDesk(event);
    const parsed = parseActForm(act, form);
    if ('failure' in parsed) return fail(400, parsed.failure);
    const values = parsed.value as Values;
    const refuse = ({ code, details }: Refusal) =>
      fail(statusOf(code), { act, code, details, words: values.words, unit: values.unit });
    // Judged before anything is written: opening a case and failing to send it out would be half an act.
    if (act === 'dispatch' && !found.reference.units.some(({ id }) => id === values.unit))
      return refuse({ code: 'unknown-unit' });
    if (act === 'closeSolved' && !found.report.solvedOnSpot) return refuse({ code: 'wrong-state' });
    // Whoever chose 仅社区可见 was told that only the office sees it: a unit does not by mere habit.
    if (act === 'dispatch' && found.report.communityOnly && values.agreed !== 'yes')
      return fail(400, { act, missing: 'agreed', words: values.words, unit: values.unit });
    const acts = changesOf[act](found, values);
    const { desk, community } = found;
    const result = await makeChanges(event.locals.store, desk.session, community, acts, desk.now);
    if ('refusal' in result) return refuse(result.refusal);
    await noteOpened(event.locals.store, found);
    return { done: act };
  };
}

async function handle(event: Event): Promise<Outcome> {
  const form = await readForm(event.request);
  const found = await findOnDesk(event);
  const parsed = parseActForm('handle', form);
  if ('failure' in parsed) return fail(400, parsed.failure);
  const { words } = parsed.value;
  const result = await receiveResult(event.locals.store, found, words, form);
  if ('ok' in result) {
    await noteOpened(event.locals.store, found);
    return { done: 'handle' };
  }
  const { code, details } = result.refusal;
  return fail(statusOf(code), { act: 'handle', code, details, words });
}

/** 社区已查看: the page says so itself once it was shown (step 7). Told twice it is true once. */
async function opened(event: Event): Promise<{ opened: boolean }> {
  return { opened: await noteOpened(event.locals.store, await findOnDesk(event)) };
}

const names = Object.keys(actForms).filter((name): name is Exclude<NextAct, 'handle'> => name !== 'handle');

/** The form actions of every page that shows a record. */
export const recordActions = {
  ...(Object.fromEntries(names.map((name) => [name, action(name)])) as Record<
    Exclude<NextAct, 'handle'>,
    ReturnType<typeof action>
  >),
  handle,
  opened,
  findToLink,
  link
};
