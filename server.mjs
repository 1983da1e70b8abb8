// Entry of the built server: sets what adapter-node needs before it is loaded, then serves.
import { createServer } from 'node:http';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 7)) {
  console.error(
    `需要 Node 24.7 或更新版本（现在是 ${process.versions.node}）。请用 npm start 启动，npm ci 已经装好了它。\n` +
      `Node 24.7 or newer is needed (this is ${process.versions.node}). Start with npm start: npm ci has installed it.`
  );
  process.exit(1);
}

const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST ?? '127.0.0.1';
// Behind a proxy, ORIGIN names the address people open. Without it the server speaks plain http, and must say so.
const trustsProxy = process.env.TRUST_PROXY === '1';
if (!process.env.ORIGIN) process.env.PROTOCOL_HEADER ??= 'x-forwarded-proto';
// A photo is at most 10 MB, a push 2 MiB; the default of 512 kB would show as a tus error.
process.env.BODY_SIZE_LIMIT ??= '20M';
process.env.SHUTDOWN_TIMEOUT ??= '5';

const { handler } = await import('./build/handler.js');

// Whoever comes past the proxy has no address. The adapter would answer 500 where the header is missing.
const addressHeader = process.env.ADDRESS_HEADER?.toLowerCase();

/** What prerendered and static files would miss; pages set their own policy as well. */
const headers = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'geolocation=(self), camera=(self), microphone=(self)',
  'cross-origin-opener-policy': 'same-origin',
  'content-security-policy': "frame-ancestors 'none'"
};

/** The shell and the worker decide which build runs: they are asked for anew each time. */
const neverCached = /^\/(service-worker\.js|shell|manifest\.webmanifest|_app\/version\.json)?(\?|$)/;

const server = createServer((request, response) => {
  if (addressHeader) request.headers[addressHeader] ??= '';
  if (!trustsProxy) request.headers['x-forwarded-proto'] = 'http';
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (neverCached.test(request.url ?? '')) response.setHeader('cache-control', 'no-cache');
  handler(request, response);
});

server.listen(port, host, () => {
  console.log(`巡格 Xunge: ${process.env.ORIGIN ?? `http://${host}:${port}`}`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    // Live streams never end by themselves.
    setTimeout(() => server.closeAllConnections(), 500).unref();
  });
}
