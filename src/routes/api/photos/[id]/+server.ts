import { isOtherAccount } from '$lib/server/account-check';
import { readPhoto } from '$lib/server/photo-reading';
import { handleUpload } from '$lib/server/photo-upload';
import { problem } from '$lib/server/problem';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request, params, locals }) => {
  const { session, store } = locals;
  if (!session) return problem({ code: 'not-signed-in' });
  if (isOtherAccount(request, session)) return problem({ code: 'account-mismatch' });
  return readPhoto(store, session, params.id, request.headers.get('range'), new Date().toISOString());
};

/** Step 8. HEAD belongs to tus: how much of the author's own upload is here, not what a GET would say. */
const upload: RequestHandler = ({ request, locals }) => handleUpload(locals.store, locals.session, request);

export const HEAD = upload;
export const PATCH = upload;
