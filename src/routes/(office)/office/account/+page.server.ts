import { fail } from '@sveltejs/kit';
import * as z from 'zod/mini';
import type { Refusal } from '$lib/domain/refusal';
import { loadOwnSignIn, setOwnPassword } from '$lib/server/own-password';
import { readForm } from '$lib/server/read-form';
import { openDesk } from '../../desk.server';
import type { Actions, PageServerLoad } from './$types';

const password = z.string().check(z.maxLength(200));
const Form = z.object({ current: z.optional(password), password });

export const load: PageServerLoad = async (event) => {
  const { session } = await openDesk(event);
  return loadOwnSignIn(event.locals.store, session.account);
};

export const actions: Actions = {
  default: async (event) => {
    const { session, now } = await openDesk(event);
    const form = Form.safeParse(Object.fromEntries(await readForm(event.request)));
    if (!form.success) return refuse({ code: 'malformed' });
    const { account, tokenHash } = session;
    const given = { current: '', ...form.data, account, tokenHash, address: event.getClientAddress() };
    const refusal = await setOwnPassword(event.locals.store, given, Date.parse(now));
    return refusal ? refuse(refusal) : { done: true };
  }
};

function refuse(refusal: Refusal) {
  return fail(400, { refusal });
}
