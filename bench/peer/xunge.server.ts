// The built server as it is shipped, through its own entry. In front of it only what a page from another port lacks:
// the session cookie and the origin. And, for the judge, what the durable store holds.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import http, { type RequestListener } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Issue } from '../../src/lib/domain/report';
import { issueToEntry } from './entry-as-issue.ts';

const { BENCH_PORT: port, BENCH_DIR: folder } = process.env as Record<string, string>;
const origin = `http://127.0.0.1:${port}`;
const found = path.join(import.meta.dirname, 'found-community.ts');
const token = execFileSync(process.execPath, [found, folder!], { encoding: 'utf8' }).trim();

Object.assign(process.env, { XUNGE_DATA: folder, HOST: '127.0.0.1', PORT: port, ORIGIN: origin });
const { createServer } = http;
http.createServer = ((listener: RequestListener) => {
  const server = createServer((request, response) => {
    if (request.url === '/__bench/dump') return void response.end(JSON.stringify(dump()));
    Object.assign(request.headers, { cookie: `xunge-session=${token}`, origin });
    listener(request, response);
  });
  return server.once('listening', () => console.log('READY'));
}) as typeof createServer;
syncBuiltinESMExports();
await import(new URL('../../server.mjs', import.meta.url).href);

interface Row {
  body: string;
  copies: number;
}

function dump() {
  const database = new DatabaseSync(path.join(folder!, 'xunge.sqlite'), { readOnly: true });
  const rows = database
    .prepare(
      `SELECT record.body, (SELECT count(*) FROM touch JOIN change USING (community, sequence)
        WHERE touch.community = record.community AND touch.record_id = record.id AND change.kind = 'issue-recorded') AS copies
      FROM record WHERE record.kind = 'issue'`
    )
    .all() as unknown as Row[];
  database.close();
  return rows.map(({ body, copies }) => {
    const issue = JSON.parse(body) as Issue;
    const { id, updatedAt, status } = issueToEntry(issue);
    return { id, updatedAt, status, copies, photo: photoOf(issue) };
  });
}

/** Read from the disk, not believed. */
function photoOf({ community, photos: [photo] }: Issue) {
  const file = photo && path.join(folder!, 'photos', community, photo.id);
  if (!file || !existsSync(file)) return null;
  const bytes = readFileSync(file);
  return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}
