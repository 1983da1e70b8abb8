import { isOtherAccount } from '$lib/server/account-check';
import { readThumbnail } from '$lib/server/photo-reading';
import { problem } from '$lib/server/problem';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request, params, locals }) => {
  const { session, store } = locals;
  if (!session) return problem({ code: 'not-signed-in' });
  if (isOtherAccount(request, session)) return problem({ code: 'account-mismatch' });
  return readThumbnail(store, session, params.id, new Date().toISOString());
};
