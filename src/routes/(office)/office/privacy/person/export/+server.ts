import { instantToDay } from '$lib/domain/instant';
import { RecordId } from '$lib/domain/ids';
import { notePersonAnswered } from '$lib/server/access-log';
import { loadKept } from '$lib/server/person';
import { problem } from '$lib/server/problem';
import { readForm, textOf } from '$lib/server/read-form';
import { privacyWords } from '$lib/messages/privacy';
import { openPerson } from '../person.server';
import { personFile } from '../person-file';
import type { RequestHandler } from './$types';

/** Everything the chosen records keep, as a text a person can read. Written into the log before it leaves. */
export const POST: RequestHandler = async (event) => {
  const { reference, session, now } = await openPerson(event);
  const { store, language } = event.locals;
  const form = await readForm(event.request);
  const reason = textOf(form, 'reason');
  if (!Object.hasOwn(privacyWords.zh.person.exportReasons, reason))
    return problem({ code: 'reason-required' });
  const { community } = reference;
  const ids = form.getAll('record').flatMap((id) => RecordId.safeParse(id).data ?? []);
  const kept = await loadKept(store, community, ids);
  const recordIds = kept.map(({ report }) => report.id);
  await notePersonAnswered(store, { account: session.account, community, recordIds, reason }, now);
  const text = personFile(kept, { reference, language, now, by: session.name, query: textOf(form, 'query') });
  return new Response(text, {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="personal-data-${instantToDay(now)}.txt"`,
      'cache-control': 'private, no-store'
    }
  });
};
