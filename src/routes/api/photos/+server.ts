import { handleUpload } from '$lib/server/photo-upload';
import type { RequestHandler } from './$types';

/** Step 8: a tus creation, and what this server knows of tus. */
const upload: RequestHandler = ({ request, locals }) => handleUpload(locals.store, locals.session, request);

export const POST = upload;
export const OPTIONS = upload;
