import adapter from '@sveltejs/adapter-node';
import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** @type {import('@sveltejs/kit').Config} */
export default {
  compilerOptions: { runes: true },
  kit: {
    adapter: adapter(),
    // A relative base breaks the offline shell on deep links.
    paths: { relative: false },
    // Several servers of one release must serve the same version, so it is named by release, not by time.
    version: { name: process.env.XUNGE_BUILD ?? version, pollInterval: 0 },
    serviceWorker: { register: false },
    prerender: { entries: ['/shell'] },
    csp: {
      mode: 'hash',
      directives: {
        'default-src': ['self'],
        'img-src': ['self', 'data:', 'blob:'],
        'media-src': ['self', 'blob:'],
        'style-src': ['self', 'unsafe-inline'],
        'worker-src': ['self', 'blob:'],
        'object-src': ['none'],
        'base-uri': ['self'],
        'form-action': ['self']
      }
    }
  }
};
