// What people write, who they are and where they are stays out of the server's output, also where something breaks.
import { rm } from 'node:fs/promises';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { protocolVersion } from '../../src/lib/protocol/version';
import { changeOf, issueFacts, newId } from '../support/changes';
import { buildOnce, startServer, type TestServer } from '../support/server';
import { foundTown, password, queryStore, signInByApi, town } from '../support/town';

const text = '刘婆婆家漏水';
const position = { longitude: 104.124876, latitude: 30.654321 };
const issue = changeOf(
  'issue-recorded',
  issueFacts(newId(), { text, ownerGridCode: `${town}001`, place: { source: 'gps', position } })
);

let folder: string;
let server: TestServer;

beforeAll(async () => {
  await buildOnce();
  folder = await foundTown();
  server = await startServer({ dataFolder: folder, env: { XUNGE_LOG: 'debug' } });
}, 400_000);
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Every way in that carries something personal, and a damaged one of each. */
async function goThrough(cookies: string[]): Promise<number[]> {
  const { origin } = server;
  const statuses: number[] = [];
  const send = async (path: string, init: RequestInit = {}) => {
    const headers = { origin, ...init.headers };
    const response = await fetch(origin + path, { redirect: 'manual', ...init, headers });
    await response.arrayBuffer();
    statuses.push(response.status);
  };
  const post = (path: string, type: string, body: string, headers = {}) =>
    send(path, { method: 'POST', headers: { 'content-type': type, ...headers }, body });
  const [json, lines, form] = [
    'application/json',
    'application/x-ndjson',
    'application/x-www-form-urlencoded'
  ];
  await post('/api/session', json, JSON.stringify({ login: 'liping', password: text }));
  await post('/api/session', json, `{"login": "liping", ${text}`);
  await send(`/${encodeURIComponent(text)}`);
  for (const login of ['liping', 'wangli']) {
    const session = await signInByApi(origin, login);
    cookies.push(session.cookie!.split('=')[1]!);
    const reply = await fetch(`${origin}/api/session`, { headers: session });
    const { account } = (await reply.json()) as { account: string };
    const head = JSON.stringify({ protocol: protocolVersion, account, device: uuidV7() });
    const body = JSON.stringify({ ...issue, author: account, at: new Date().toISOString() });
    for (const second of [body, body.slice(0, -20), text])
      await post('/api/sync/push', lines, `${head}\n${second}`, session);
    const asked = { protocol: protocolVersion, account, device: uuidV7(), community: town };
    await post('/api/sync/pull', json, JSON.stringify(asked), session);
    await post('/api/photos/thumbnails', 'multipart/form-data; boundary=x', text, session);
    await send(`/office/inbox/${issue.facts.recordId}`, { headers: session });
    await send(`/office/inbox?q=${encodeURIComponent(text)}`, { headers: session });
    await send(`/office/inbox/${encodeURIComponent(text)}?q=%`, { headers: session });
    const typed = new URLSearchParams({ username: '李平', current: text, password: text }).toString();
    await post('/office/account', form, typed, session);
  }
  return statuses;
}

test('no name, text, position, password or token is logged, whatever breaks', async () => {
  const cookies: string[] = [];
  await goThrough(cookies);
  queryStore(folder, 'UPDATE record SET body = ?', text);
  const damaged = await goThrough(cookies);
  queryStore(folder, 'ALTER TABLE record RENAME TO elsewhere');
  await goThrough(cookies);
  expect(damaged).toContain(500);
  const output = server.output();
  expect(output).toContain('SyntaxError');
  expect(output).toContain('no such table: record');
  const words = [text, text.slice(0, 3), encodeURIComponent(text), 'liping', 'wangli', '李平', '王丽'];
  for (const word of [...words, password, String(position.latitude), String(position.longitude), ...cookies])
    expect(output, word).not.toContain(word);
});
