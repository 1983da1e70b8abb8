import { redirect, type Actions } from '@sveltejs/kit';
import { languageCookie, parseLanguage } from '$lib/messages/language';
import { readForm } from '$lib/server/read-form';
import { revokeSession, sessionCookie } from '$lib/server/session';
import { homeOf, openDesk } from '../desk.server';
import type { PageServerLoad } from './$types';

const yearSeconds = 365 * 24 * 3_600;

/** The desk itself is whatever page is a person's first. */
export const load: PageServerLoad = async (event) => {
  redirect(303, homeOf(await openDesk(event)));
};

export const actions: Actions = {
  language: async ({ request, cookies, url }) => {
    const form = await readForm(request);
    // The tablet's pages read it in the browser.
    cookies.set(languageCookie, parseLanguage(textOf(form, 'language')), {
      path: '/',
      httpOnly: false,
      maxAge: yearSeconds,
      sameSite: 'lax',
      secure: url.protocol === 'https:'
    });
    const next = textOf(form, 'next');
    redirect(303, /^\/office([/?]|$)/.test(next) ? next : '/office');
  },
  signOut: async ({ locals, cookies }) => {
    if (locals.session) await revokeSession(locals.store, locals.session.tokenHash, new Date().toISOString());
    cookies.delete(sessionCookie, { path: '/' });
    redirect(303, '/sign-in');
  }
};

function textOf(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === 'string' ? value : '';
}
