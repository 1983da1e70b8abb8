// The office's own routes without a server process: requests in, responses out, as the network would bring them.
import type { Session } from '../../src/lib/server/session';
import type { Store } from '../../src/lib/server/store';

export const origin = 'http://office';

type Handler = (event: {
  request: Request;
  url: URL;
  params: Record<string, string>;
  locals: { store: Store; session: Session | null };
}) => Response | Promise<Response>;

const routes = Object.entries(
  import.meta.glob<Partial<Record<string, Handler>>>('../../src/routes/api/**/+server.ts')
).map(([file, load]) => {
  const path = file.replace('../../src/routes', '').replace('/+server.ts', '');
  const isFixed = !path.includes('[');
  return { pattern: new RegExp(`^${path.replace('[id]', '(?<id>[^/]+)')}$`), isFixed, load };
});

/** Answers like the server: 404 where this build has no such address. */
export async function answer(store: Store, session: Session | null, request: Request): Promise<Response> {
  const url = new URL(request.url);
  const fitting = routes.filter(({ pattern }) => pattern.test(url.pathname));
  const route = fitting.find(({ isFixed }) => isFixed) ?? fitting[0];
  const handler = (await route?.load())?.[request.method];
  if (!route || !handler) return new Response('', { status: 404 });
  const params = { ...route.pattern.exec(url.pathname)?.groups };
  return handler({ request, url, params, locals: { store, session } });
}
