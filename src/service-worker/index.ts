// The tablet app without a network: keeps one whole build on the tablet and opens every page of the app from it.
// It answers GET only. What a person wrote never passes through here; photos, answers of the server and office pages are
// never kept here.
import { build, files, prerendered, version } from '$service-worker';
import { cacheNames, clientsClaim, setCacheNameDetails } from 'workbox-core';
import { addPlugins, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { fingerprint } from './fingerprint';
import { answerKeyMessage } from './keep-keys';
import { onlyThisBuild } from './only-this-build';

/** Not in TypeScript's library yet. */
type InstallEvent = ExtendableEvent & {
  addRoutes?(rules: readonly { condition: { urlPattern: string }; source: 'network' }[]): Promise<void>;
};

const worker = self as unknown as ServiceWorkerGlobalScope;

const shell = '/shell';
/** The server's own: the desk, the interface, what operators ask. */
const notTheTablets = [/^\/office/, /^\/api/, /^\/set-up/, /^\/healthz/, /^\/metrics/];
/** Asked for by the system that installs the app, not by its pages. */
const notThePages = /^\/(icon-\d|icon-maskable|apple-touch-icon|robots\.txt)/;

/** What reads spreadsheets (scripts/chunks-by-reader.ts). */
const forTheDesk = /\/immutable\/spreadsheet\//;

// One cache for each build, also for two builds of one release: a shell must never meet the files of another build.
const revision = `${version}-${fingerprint([...build, ...files])}`;
const family = 'xunge-build-';
setCacheNameDetails({ prefix: 'xunge', precache: 'build', suffix: revision });

addPlugins([onlyThisBuild({ build, pages: prerendered }), { fetchDidSucceed: stepAsideIfGone }]);
precacheAndRoute(
  [
    ...build.filter((url) => !forTheDesk.test(url)).map((url) => ({ url, revision: null })),
    ...files.filter((url) => !notThePages.test(url)).map((url) => ({ url, revision })),
    ...prerendered.map((url) => ({ url, revision }))
  ],
  { cleanURLs: false, directoryIndex: '' }
);

// `vite dev` prerenders nothing.
if (prerendered.includes(shell))
  registerRoute(new NavigationRoute(createHandlerBoundToURL(shell), { denylist: notTheTablets }));

// A tab may still run the build before this one, with a form open: it finds its files here.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/_app/immutable/'),
  async ({ request }) => (await caches.match(request)) ?? fetch(request)
);

// Where the browser can be told so (Chromium 123), what goes to the server does not pass the worker at all: it is quicker,
// and a request that reaches a worker while it makes room for the next one can keep it alive for minutes.
worker.addEventListener('install', (event: InstallEvent) => {
  const rules = [{ condition: { urlPattern: '/api/*' }, source: 'network' }] as const;
  event.addRoutes?.(rules).catch(() => undefined); // it passes then, as in other browsers
});

// The first worker of a tablet serves the page that brought it at once: its next page may be opened without signal.
clientsClaim();

worker.addEventListener('activate', (event) => event.waitUntil(forgetOldBuilds()));

// A new build waits until a page says that nothing is open: see (field)/service-worker-updates.ts.
worker.addEventListener('message', (event) => {
  const message = event.data as { type?: unknown } | null;
  if (message?.type === 'SKIP_WAITING') void worker.skipWaiting();
  answerKeyMessage(event);
});

/** Keeps the youngest of the others: see the route above. */
async function forgetOldBuilds(): Promise<void> {
  const others = (await caches.keys()).filter(
    (name) => name.startsWith(family) && name !== cacheNames.precache
  );
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}

/**
 * A file of this build that is neither here nor at the server: this build cannot run any more, and the page would be
 * loaded in vain for ever. The next navigation goes to the server and gets the build that is there.
 */
async function stepAsideIfGone({ response, event }: { response: Response; event: ExtendableEvent }) {
  if (event.type === 'fetch' && response.status === 404) await worker.registration.unregister();
  return response;
}
