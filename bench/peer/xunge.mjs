// Our adapter for the harness of the peers: node run.mjs --peer-dir=…/bench/peer --peers=floor,xunge
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
// The harness runs on an older Node too; the project's own is the one that npm ci brought.
const ownNode = path.join(here, '../../node_modules/.bin/node');
execFileSync(existsSync(ownNode) ? ownNode : process.execPath, [path.join(here, 'build.ts')], {
  stdio: 'inherit'
});

export default {
  name: 'xunge',
  title: '巡格 Xunge',
  client: 'xunge.client.ts',
  server: 'xunge.server.ts',
  bundle: `export * from './shipped';`,
  photos: true,
  notes:
    'The real store and sync of the tablet (recordReport, recordAct, outbox, push, pull, photo upload through createTransport) against the built server as shipped: rights, rules and state judged for every change, SQLite with synchronous=FULL, every photo fsynced and its hash compared. Local writes are strictly durable. ' +
    'An entry is an issue; what has no field of its own is an answer. An edit is the change report-amended. A photo is kept and hashed as the product keeps what no browser can decode (these cannot be), so there are no thumbnails. The product fetches other people’s whole pictures when somebody looks at them; the adapter fetches all of them in pull, with the same address and byte ranges.'
};
