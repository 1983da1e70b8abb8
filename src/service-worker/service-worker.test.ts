import { describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint';
import { onlyThisBuild } from './only-this-build';

const script = '/_app/immutable/entry/start.ab_C-1.js';
const plugin = onlyThisBuild({ build: [script], pages: ['/shell'] });

async function lets(path: string, body: string, init: { status?: number; type: string }) {
  const response = new Response(body, {
    status: init.status ?? 200,
    headers: { 'content-type': init.type }
  });
  return (
    (await plugin.cacheWillUpdate({ request: new Request(`http://tablet${path}`), response })) === response
  );
}

describe('what may enter the cache of a build', () => {
  it('takes its scripts and a shell that names only its files', async () => {
    expect(await lets(script, 'go()', { type: 'text/javascript' })).toBe(true);
    expect(await lets('/shell', `<script>import("${script}")</script>`, { type: 'text/html' })).toBe(true);
  });

  it('refuses a captive portal in place of a script, and in place of the shell', async () => {
    expect(await lets(script, '<h1>请登录无线网络</h1>', { type: 'text/html; charset=utf-8' })).toBe(false);
    expect(await lets('/shell', '<h1>请登录无线网络</h1>', { type: 'text/html' })).toBe(false);
  });

  it('refuses errors and the shell of another build', async () => {
    expect(await lets(script, 'not found', { status: 404, type: 'text/plain' })).toBe(false);
    expect(
      await lets('/shell', `import("${script}"), "/_app/immutable/entry/app.new.js"`, { type: 'text/html' })
    ).toBe(false);
  });
});

describe('the name of a build', () => {
  it('changes with any file of it', () => {
    expect(fingerprint(['/a.js', '/b.js'])).toBe(fingerprint(['/a.js', '/b.js']));
    expect(fingerprint(['/a.js', '/b.js'])).not.toBe(fingerprint(['/a.js', '/c.js']));
    expect(fingerprint(['/a.js', '/b.js'])).not.toBe(fingerprint(['/b.js', '/a.js']));
  });
});
