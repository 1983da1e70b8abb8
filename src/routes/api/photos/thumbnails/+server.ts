import { isOtherAccount } from '$lib/server/account-check';
import { discardBody } from '$lib/server/discard-body';
import { maxThumbnailFormBytes, storeThumbnails } from '$lib/server/photo-store';
import { problem } from '$lib/server/problem';
import type { RequestHandler } from './$types';

/** Step 3: thumbnails travel after the texts and before the photos, many in one multipart form. */
export const POST: RequestHandler = async ({ request, locals }) => {
  const { session, store } = locals;
  const length = Number(request.headers.get('content-length') ?? NaN);
  const isShort = length <= maxThumbnailFormBytes;
  const form = isShort ? await request.formData().catch(() => null) : await discardBody(request);
  if (!session) return problem({ code: 'not-signed-in' });
  if (isOtherAccount(request, session)) return problem({ code: 'account-mismatch' });
  if (!isShort) return problem({ code: 'too-large', details: { maximum: maxThumbnailFormBytes } });
  if (!form) return problem({ code: 'malformed' });
  return Response.json(await storeThumbnails(store, session, form), {
    headers: { 'cache-control': 'no-store' }
  });
};
