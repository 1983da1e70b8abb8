import {
  redirect,
  type Handle,
  type HandleServerError,
  type RequestEvent,
  type ServerInit
} from '@sveltejs/kit';
import { building } from '$app/environment';
import type { RefusalCode } from '$lib/domain/refusal';
import { htmlLanguage, languageCookie, parseLanguage } from '$lib/messages/language';
import { noteRefusedPlace } from '$lib/server/access-log';
import { backUpNightly } from '$lib/server/backup/nightly';
import { discardBody } from '$lib/server/discard-body';
import { environment } from '$lib/server/environment';
import { sweep } from '$lib/server/retention';
import { log } from '$lib/server/log';
import { requestSeconds } from '$lib/server/metrics';
import { problem, problemWith } from '$lib/server/problem';
import { loadSession, sessionCookie, sessionCookieOf } from '$lib/server/session';
import { offerSetUp } from '$lib/server/set-up';
import { openStore, type Store } from '$lib/server/store';

let store: Store;
const sweepMs = 24 * 3_600_000;

export const init: ServerInit = async () => {
  if (building) return;
  store = await openStore(environment.dataFolder);
  const token = await offerSetUp(store, Date.now());
  // On stdout only, once: whoever reads it becomes the administrator.
  if (token)
    console.log(
      `开通链接（一小时内有效，只能用一次）/ set-up link (one hour, once):\n${environment.origin}/set-up?token=${token}`
    );
  const sweepNow = () =>
    sweep(store, Date.now()).catch((fault: unknown) => log.error({ fault }, 'sweep failed'));
  await sweepNow();
  setInterval(() => void sweepNow(), sweepMs).unref();
  const { dataFolder, backupFolder } = environment;
  if (backupFolder) void backUpNightly(dataFolder, backupFolder);
};

export const handle: Handle = async ({ event, resolve }) => {
  if (building) return resolve(event);
  const started = performance.now();
  const response = await answer({ event, resolve });
  const labels = { route: event.route.id ?? 'none', status: String(response.status) };
  requestSeconds.observe(labels, (performance.now() - started) / 1000);
  return response;
};

const answer: Handle = async ({ event, resolve }) => {
  event.locals.store = store;
  event.locals.language = parseLanguage(event.cookies.get(languageCookie));
  event.locals.token = sessionToken(event);
  event.locals.session = event.locals.token
    ? await loadSession(store, event.locals.token, new Date().toISOString())
    : null;
  if (event.locals.session?.isLost && !mayBeHandedIn(event)) {
    const refused = { what: 'records', purpose: 'lost', asked: null } as const;
    await noteRefusedPlace(store, event.locals.session, refused, new Date().toISOString());
    if (isApi(event.url)) return problem({ code: 'tablet-lost' });
    event.locals.session = null;
  }
  if (isForeign(event.request, event.url)) {
    await discardBody(event.request);
    return problem({ code: 'foreign-origin' });
  }
  if (event.url.pathname.startsWith('/office') && !event.locals.session)
    redirect(303, `/sign-in?next=${encodeURIComponent(event.url.pathname + event.url.search)}`);
  const response = await resolve(event, {
    transformPageChunk: ({ html }) =>
      html.replace('lang="zh-CN"', `lang="${htmlLanguage[event.locals.language]}"`)
  });
  // Only what says so itself may be kept on the way.
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store');
  return isApi(event.url) ? inProblems(event, response) : response;
};

/**
 * Of the account that the request names, where it has a session in this browser; else of whoever signed in last. Pictures
 * and the stream of hints are asked for by the browser, which sends no header of ours.
 */
function sessionToken({ request, url, cookies }: RequestEvent): string | undefined {
  const account = request.headers.get('x-xunge-account') ?? url.searchParams.get('account');
  return (account && cookies.get(sessionCookieOf(account))) || cookies.get(sessionCookie);
}

/** A lost tablet may still give what it has, and say that it has cleared itself. */
function mayBeHandedIn({ request: { method }, url: { pathname } }: RequestEvent): boolean {
  const isPhoto = pathname.startsWith('/api/photos') && method !== 'GET';
  return isPhoto || pathname === '/api/sync/push' || (pathname === '/api/session' && method === 'DELETE');
}

function isApi({ pathname }: URL): boolean {
  return pathname === '/api' || pathname.startsWith('/api/');
}

const codeByStatus: Record<number, RefusalCode> = { 404: 'not-found', 413: 'too-large', 500: 'not-ready' };

/** An unknown address, a wrong method or a fault is answered by the framework itself, in a page or a line of text. */
async function inProblems({ request }: RequestEvent, response: Response): Promise<Response> {
  const { status, headers } = response;
  if (status < 400 || headers.get('content-type') === 'application/problem+json') return response;
  await Promise.all([response.body?.cancel(), discardBody(request)]);
  const allow = headers.get('allow');
  return problemWith({ code: codeByStatus[status] ?? 'malformed' }, allow ? { allow } : {}, status);
}

/** Every request that may change something must come from our own pages: the framework checks forms only, not JSON. */
function isForeign(request: Request, url: URL): boolean {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return false;
  return request.headers.get('origin') !== url.origin;
}

export const handleError: HandleServerError = ({ error, event, status }) => {
  if (status >= 500) log.error({ route: event.route.id, status, fault: error }, 'request failed');
  return { message: status === 404 ? 'not-found' : 'fault' };
};
