import { deskDevice } from '$lib/server/desk-change';
import { openPage } from '../../desk.server';
import type { PageServerLoad } from './$types';

/** Step 14. The file is read in the browser: what the server comes to know of it is what is handed in. */
export const load: PageServerLoad = async (event) => {
  const { session, reference, now } = await openPage(event, 'hand-in');
  return {
    now,
    account: session.account,
    device: deskDevice,
    /** What the codes in the file are called. */
    subjects: [...reference.categories, ...reference.needTypes].map(({ code, words }) => ({ code, words })),
    units: reference.units.map(({ id, name }) => ({ id, name }))
  };
};
