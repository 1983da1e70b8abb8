import { version } from '$app/environment';
import { openApi } from '$lib/server/openapi';
import type { RequestHandler } from './$types';

/** The same for everyone, so that it can be read before signing in. */
export const GET: RequestHandler = () => Response.json(openApi(version));
