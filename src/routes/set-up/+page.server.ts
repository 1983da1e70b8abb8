import { fail, redirect } from '@sveltejs/kit';
import * as z from 'zod/mini';
import { AreaCode } from '$lib/domain/area';
import { DeviceId } from '$lib/domain/ids';
import { maxNameLength } from '$lib/domain/report';
import type { Refusal } from '$lib/domain/refusal';
import { readForm } from '$lib/server/read-form';
import { openSession, sessionCookie } from '$lib/server/session';
import { cookieOptions } from '$lib/server/session-cookie';
import { isSetUpOffered, setUp } from '$lib/server/set-up';
import { v7 as uuidV7 } from 'uuid';
import type { Actions, PageServerLoad } from './$types';

const Form = z.object({
  token: z.string().check(z.minLength(1), z.maxLength(100)),
  login: z.string().check(z.regex(/^[a-z0-9][a-z0-9._-]{1,39}$/)),
  name: z.string().check(z.minLength(1), z.maxLength(maxNameLength)),
  password: z.string().check(z.maxLength(200)),
  area: AreaCode
});

export const load: PageServerLoad = async ({ locals, url }) => {
  const token = url.searchParams.get('token') ?? '';
  return {
    language: locals.language,
    token,
    isOffered: await isSetUpOffered(locals.store, token, Date.now())
  };
};

export const actions: Actions = {
  default: async ({ request, locals, cookies, url }) => {
    const given = Object.fromEntries(await readForm(request));
    // What was typed comes back, but for the password.
    const kept = { login: text(given.login), name: text(given.name), area: text(given.area) };
    const form = Form.safeParse(given);
    if (!form.success)
      return refuse({ code: 'malformed', details: { field: String(form.error.issues[0]?.path[0]) } }, kept);
    const now = Date.now();
    const result = await setUp(locals.store, form.data, now);
    if ('refusal' in result) return refuse(result.refusal, kept);
    const { token, session } = await openSession(locals.store, result.account, DeviceId.parse(uuidV7()), now);
    cookies.set(sessionCookie, token, cookieOptions(url, session));
    redirect(303, '/office');
  }
};

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function refuse(refusal: Refusal, kept: { login: string; name: string; area: string }) {
  return fail(400, { ...refusal, ...kept });
}
