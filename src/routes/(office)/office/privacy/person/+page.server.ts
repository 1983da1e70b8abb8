import { fail } from '@sveltejs/kit';
import { blankReasons } from '$lib/domain/blanking';
import { RecordId } from '$lib/domain/ids';
import { isOpen, reportStatus } from '$lib/domain/status';
import { notePersonAnswered } from '$lib/server/access-log';
import { blankRecords } from '$lib/server/blank';
import { eraseRecord } from '$lib/server/erase';
import { notePurge } from '$lib/server/keeping';
import { findPerson, loadReports, minQueryLength } from '$lib/server/person';
import { readForm, textOf } from '$lib/server/read-form';
import { openPerson } from './person.server';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await openPerson(event);
  return { minQueryLength };
};

export const actions: Actions = {
  /** What is asked for travels in a form, never in an address: addresses are logged. */
  find: async (event) => {
    const { reference, session, now } = await openPerson(event);
    const query = textOf(await readForm(event.request), 'query').trim();
    if (query.length < minQueryLength) return fail(400, { query, isShort: true });
    const { store } = event.locals;
    const { community } = reference;
    const { found, isCut } = await findPerson(store, community, query);
    const recordIds = found.map(({ report }) => report.id);
    await notePersonAnswered(
      store,
      { account: session.account, community, recordIds, reason: 'search' },
      now
    );
    return {
      query,
      isCut,
      found: found.map(({ report, cases, excerpts }) => ({
        id: report.id,
        kind: report.kind,
        number: report.number,
        at: report.at,
        cases: cases.flatMap(({ number }) => number ?? []),
        isOpen: [undefined, ...cases].some((work, index) => {
          const isOnly = index > 0 || !cases.length;
          return isOnly && isOpen(reportStatus(report, work));
        }),
        excerpts
      }))
    };
  },

  erase: async (event) => {
    const { reference, session, now } = await openPerson(event);
    const form = await readForm(event.request);
    const why = blankReasons.find((one) => one === textOf(form, 'reason') && one !== 'retention');
    const chosen = [...form].flatMap(([field, choice]) => {
      const id = RecordId.safeParse(field);
      return id.success && (choice === 'blank' || choice === 'erase') ? [{ id: id.data, choice }] : [];
    });
    if (!why || !chosen.length || !form.has('sure')) return fail(400, { nothingChosen: true });
    const { store } = event.locals;
    const { community } = reference;
    const by = { account: session.account, community, reason: why };
    const reports = await loadReports(
      store,
      community,
      chosen.map(({ id }) => id)
    );
    await notePersonAnswered(store, { ...by, recordIds: reports.map(({ report }) => report.id) }, now);
    let [blanked, erased] = [0, 0];
    for (const { report, cases } of reports) {
      const { choice } = chosen.find(({ id }) => id === report.id)!;
      const isOver = !isOpen(reportStatus(report, cases.find(({ state }) => state !== 'closed') ?? cases[0]));
      if (choice === 'erase' && isOver) {
        if ((await eraseRecord(store, community, report.id, now)).length) erased++;
      } else {
        const ids = [report.id, ...cases.map(({ id }) => id)];
        const asked = { what: 'words', why, author: session.account } as const;
        if ((await blankRecords(store, community, ids, asked, now)).length) blanked++;
      }
    }
    const line = { community, at: now, why, author: session.account };
    await notePurge(store, { ...line, what: 'words', count: blanked });
    await notePurge(store, { ...line, what: 'record', count: erased });
    return { done: { blanked, erased } };
  }
};
