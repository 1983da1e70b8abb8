import { StoreSecret, type StoreSecretReply } from '$lib/protocol/session';
import { isOtherAccount } from '$lib/server/account-check';
import { problem } from '$lib/server/problem';
import { readJson } from '$lib/server/read-body';
import { keepStoreSecret } from '$lib/server/store-secret';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request, locals }) => {
  const body = await readJson(request, StoreSecret);
  if ('refusal' in body) return problem(body.refusal);
  if (!locals.session) return problem({ code: 'not-signed-in' });
  if (isOtherAccount(request, locals.session)) return problem({ code: 'account-mismatch' });
  await keepStoreSecret(locals.store, locals.session, body.value.secret, new Date().toISOString());
  const reply: StoreSecretReply = {};
  return Response.json(reply);
};
