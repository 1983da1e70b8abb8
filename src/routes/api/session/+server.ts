import { SignInRequest } from '$lib/protocol/session';
import { signedOutCookie } from '$lib/protocol/signed-out';
import { problem } from '$lib/server/problem';
import { readJson } from '$lib/server/read-body';
import { describeSession, revokeSession, sessionCookie, sessionCookieOf, signIn } from '$lib/server/session';
import { cookieOptions } from '$lib/server/session-cookie';
import { redeemSlip } from '$lib/server/slip';
import { listStoreSecrets } from '$lib/server/store-secret';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
  if (!locals.session) return problem({ code: 'not-signed-in' });
  return Response.json(await describeSession(locals.store, locals.session, new Date().toISOString()), {
    headers: { 'cache-control': 'no-store' }
  });
};

export const POST: RequestHandler = async ({ request, locals, cookies, url, getClientAddress }) => {
  const body = await readJson(request, SignInRequest);
  if ('refusal' in body) return problem(body.refusal);
  const now = Date.now();
  const asked = body.value;
  const result =
    'slip' in asked
      ? await redeemSlip(locals.store, { token: asked.slip, device: asked.device }, now)
      : await signIn(locals.store, { ...asked, address: getClientAddress() }, now);
  if ('refusal' in result) return problem(result.refusal);
  for (const name of [sessionCookie, sessionCookieOf(result.session.account)])
    cookies.set(name, result.token, cookieOptions(url, result.session));
  if (cookies.get(signedOutCookie)) cookies.delete(signedOutCookie, { path: '/' });
  const session = await describeSession(locals.store, result.session, new Date(now).toISOString());
  return Response.json({ ...session, storeSecrets: await listStoreSecrets(locals.store, result.session) });
};

/** The cookie stays, and opens nothing: this answer may come late, and would take the one of who signed in since. */
export const DELETE: RequestHandler = async ({ locals }) => {
  if (locals.session) await revokeSession(locals.store, locals.session.tokenHash, new Date().toISOString());
  return new Response(null, { status: 204 });
};
