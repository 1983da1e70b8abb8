import { redirect, type Actions } from '@sveltejs/kit';
import { languageCookie, parseLanguage } from '$lib/messages/language';
import { signedOutCookie } from '$lib/protocol/signed-out';
import { readForm, textOf } from '$lib/server/read-form';
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
    cookies.set(languageCookie, parseLanguage(textOf(form, 'language')), readableCookie(url));
    const next = textOf(form, 'next');
    redirect(303, /^\/office([/?]|$)/.test(next) ? next : '/office');
  },
  signOut: async ({ locals, cookies, url }) => {
    const { session, store } = locals;
    if (session) {
      await revokeSession(store, session.tokenHash, new Date().toISOString());
      cookies.set(signedOutCookie, session.account, readableCookie(url));
    }
    cookies.delete(sessionCookie, { path: '/' });
    redirect(303, '/sign-in');
  }
};

/** The tablet's pages read it in the browser. */
function readableCookie({ protocol }: URL) {
  return {
    path: '/',
    httpOnly: false,
    maxAge: yearSeconds,
    sameSite: 'lax' as const,
    secure: protocol === 'https:'
  };
}
