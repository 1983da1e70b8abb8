import { fail } from '@sveltejs/kit';
import { RecordId } from '$lib/domain/ids';
import { maxTextLength } from '$lib/domain/report';
import { makeChanges } from '$lib/server/desk-change';
import { readForm, textOf } from '$lib/server/read-form';
import { listDeskOpinions } from '$lib/server/records/desk-opinions';
import { openPage } from '../../desk.server';
import type { Actions, PageServerLoad } from './$types';

/** What people think of the app, for whoever administers it. */
export const load: PageServerLoad = async (event) => {
  const { reading, now } = await openPage(event, 'opinions');
  return { now, opinions: await listDeskOpinions(reading) };
};

export const actions: Actions = {
  answer: async (event) => {
    const { reading, session, now } = await openPage(event, 'opinions');
    const form = await readForm(event.request);
    const recordId = RecordId.safeParse(textOf(form, 'opinion'));
    if (!recordId.success) return fail(400, { refusal: { code: 'malformed' as const } });
    const text = textOf(form, 'text').trim().slice(0, maxTextLength);
    const facts = { recordId: recordId.data, text };
    const act = { kind: 'opinion-answered', facts } as const;
    const result = await makeChanges(reading.store, session, reading.community, [act], now);
    return 'refusal' in result ? fail(400, { refusal: result.refusal }) : { answered: recordId.data };
  }
};
