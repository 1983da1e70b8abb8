import { metricsText } from '$lib/server/metrics-text';
import { problem } from '$lib/server/problem';
import type { RequestHandler } from './$types';

/** Prometheus text, for a scraper on this machine only: behind a proxy the address is not the visitor's. */
export const GET: RequestHandler = async ({ getClientAddress, locals, request }) => {
  const address = getClientAddress();
  const isLocal = address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1';
  if (!isLocal || request.headers.has('x-forwarded-for')) return problem({ code: 'not-found' });
  return new Response(await metricsText(locals.store), {
    headers: { 'content-type': 'text/plain; version=0.0.4' }
  });
};
