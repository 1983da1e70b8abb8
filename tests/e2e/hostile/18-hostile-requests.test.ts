// What a stranger, a curious colleague or a broken program may send to the built server.
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { request as rawRequest } from 'node:http';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Problem } from '../../../src/lib/protocol/problem';
import { protocolVersion } from '../../../src/lib/protocol/version';
import { changeOf, issueFacts, newId, photoFacts } from '../../support/changes';
import { buildOnce, startServer, type TestServer } from '../../support/server';
import { foundTown, password, queryStore, signInByApi, town } from '../../support/town';

type Headers = Record<string, string>;
interface Sent {
  method?: string;
  headers?: Headers;
  body?: BodyInit;
}

const secret = '刘婆婆家漏水';
const ndjson = { 'content-type': 'application/x-ndjson' };
const json = { 'content-type': 'application/json' };
const tus = { 'tus-resumable': '1.0.0' };
const brokenForm = 'multipart/form-data; boundary=x';

let folder: string;
let server: TestServer;
let li: Headers & { account: string };
let he: Headers & { account: string };
let zhang: Headers & { account: string };
let wang: Headers & { account: string };
let revoked: Headers;
/** What 李平 has at the office: an issue nobody else may see, with a picture that is still to come. */
const issue = changeOf(
  'issue-recorded',
  issueFacts(newId(), { text: secret, communityOnly: true, ownerGridCode: `${town}001` })
);
const { recordId } = issue.facts;
const photo = { ...photoFacts(newId()), bytes: 4 };
let before: string;

beforeAll(async () => {
  await buildOnce();
  folder = await foundTown();
  server = await startServer({ dataFolder: folder });
  const enter = async (login: string) => {
    const headers = await signInByApi(server.origin, login);
    const reply = await fetch(`${server.origin}/api/session`, { headers });
    return { ...headers, account: ((await reply.json()) as { account: string }).account };
  };
  [li, he, zhang] = [await enter('liping'), await enter('xiaohe'), await enter('zhang')];
  wang = await enter('wangli');
  const { account: _, ...ended } = await enter('liping');
  const farewell = await fetch(`${server.origin}/api/session`, { method: 'DELETE', headers: ended });
  // It may reach the browser after somebody else has signed in.
  expect(farewell.headers.get('set-cookie')).toBeNull();
  revoked = ended;
  const own = { author: li.account, at: new Date().toISOString() };
  const attached = changeOf('photo-attached', { recordId, photo });
  const reply = await push(li, [
    { ...issue, ...own },
    { ...attached, ...own, baseVersion: 1 }
  ]);
  expect(await reply.text()).toContain('"accepted","count":2');
  before = stored();
}, 400_000);

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

afterEach(async () => {
  const health = await fetch(`${server.origin}/healthz`);
  expect([health.status, await health.text()]).toEqual([200, 'ok\n']);
});

/** Everything in the store, row by row: whatever is refused must leave it as it was, but for the line that says so. */
function stored(except: string[] = []): string {
  const tables = queryStore<{ name: string }>(
    folder,
    "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
  );
  const kept = tables.filter(({ name }) => name !== 'access' && !except.includes(name));
  return JSON.stringify(
    kept.map(({ name }) => [name, queryStore(folder, `SELECT * FROM "${name}" ORDER BY rowid`)])
  );
}

const send = (path: string, { method = 'GET', headers, body }: Sent = {}) =>
  fetch(server.origin + path, { method, headers, body, redirect: 'manual' });

function push(session: Headers & { account: string }, changes: object[]) {
  const head = { protocol: protocolVersion, account: session.account, device: uuidV7() };
  const body = [head, ...changes].map((line) => JSON.stringify(line)).join('\n');
  return send('/api/sync/push', { method: 'POST', headers: { ...session, ...ndjson }, body });
}

/** Refused, in whatever words; nothing stored, nothing told. */
async function expectRefused(response: Response): Promise<string> {
  const text = await response.text();
  expect(response.status, text).toBeGreaterThanOrEqual(400);
  expect(response.status, text).toBeLessThan(500);
  expect(text).not.toContain(secret);
  expect(text).not.toContain('node_modules');
  expect(stored()).toBe(before);
  return text;
}

/** Refused with a problem document, of which the code is returned. */
async function codeOf(response: Response): Promise<string> {
  const text = await expectRefused(response);
  expect(response.headers.get('content-type'), text).toBe('application/problem+json');
  return Problem.parse(JSON.parse(text)).code;
}

const pullBody = (account: string, more: object = {}) =>
  JSON.stringify({ protocol: protocolVersion, account, device: uuidV7(), community: town, ...more });

/** Every route that takes a session, as somebody would call it who has the right to. */
const routes: [name: string, path: string, init: (session: { account: string }) => Sent][] = [
  ['the session', '/api/session', () => ({})],
  ['the reference', `/api/reference?community=${town}`, () => ({})],
  ['a pull', '/api/sync/pull', ({ account }) => ({ method: 'POST', headers: json, body: pullBody(account) })],
  [
    'a push',
    '/api/sync/push',
    ({ account }) => ({
      method: 'POST',
      headers: ndjson,
      body: JSON.stringify({ protocol: protocolVersion, account, device: uuidV7() })
    })
  ],
  ['the live stream', '/api/live', () => ({})],
  [
    'an upload',
    '/api/photos',
    () => ({
      method: 'POST',
      headers: { ...tus, 'upload-length': '4', 'upload-metadata': `id ${btoa(photo.id)}` }
    })
  ],
  [
    'a piece of an upload',
    `/api/photos/${photo.id}`,
    () => ({
      method: 'PATCH',
      headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      body: new Uint8Array(4)
    })
  ],
  ['a photo', `/api/photos/${photo.id}`, () => ({})],
  ['a thumbnail', `/api/photos/${photo.id}/thumbnail`, () => ({})],
  [
    'thumbnails',
    '/api/photos/thumbnails',
    () => {
      const body = new FormData();
      body.append(photo.id, new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe0])]), 'a.jpg');
      return { method: 'POST', body };
    }
  ]
];
const writing = routes.filter(([, , init]) => init({ account: '' }).method);

describe.each(routes)('hostile 18: %s', (_, path, init) => {
  const as = (headers: Headers, account = li.account) => {
    const sent = init({ account });
    return send(path, { ...sent, headers: { ...sent.headers, ...headers } });
  };

  test('is not for somebody without a session', async () => {
    expect(await codeOf(await as({ origin: server.origin }))).toBe('not-signed-in');
  });

  test.each([
    ['a made-up one', () => 'a'.repeat(43)],
    ['one made of SQL', () => encodeURIComponent("' OR 1=1 --")],
    ['a very long one', () => 'a'.repeat(4000)]
  ])('nor with %s', async (_, token) => {
    expect(await codeOf(await as({ origin: server.origin, cookie: `xunge-session=${token()}` }))).toBe(
      'not-signed-in'
    );
  });

  test('nor with one that has ended', async () => {
    expect(await codeOf(await as(revoked))).toBe('not-signed-in');
  });
});

describe.each(writing)('hostile 18: %s', (_, path, init) => {
  const sent = () => init(li);
  test.each([
    ['of another place', 'https://evil.example'],
    ['of this place by another scheme', 'https://127.0.0.1'],
    ['that says nothing', 'null'],
    ['that is missing', undefined]
  ])('is not taken from a page %s', async (_, origin) => {
    const { origin: _own, ...session } = li;
    const headers = { ...sent().headers, ...session, ...(origin ? { origin } : {}) };
    const response = await send(path, { ...sent(), headers });
    // A form is turned away by the framework before it comes to us.
    if (sent().body instanceof FormData) await expectRefused(response);
    else expect(await codeOf(response)).toBe('foreign-origin');
  });

  test('is not taken for another account than the session’s', async () => {
    const headers = { ...sent().headers, ...he, 'x-xunge-account': li.account };
    expect(await codeOf(await send(path, { ...sent(), headers }))).toBe('account-mismatch');
  });
});

describe('hostile 18: signing in', () => {
  const signIn = (body: BodyInit, headers: Headers = {}) =>
    send('/api/session', { method: 'POST', headers: { ...json, origin: server.origin, ...headers }, body });

  test.each([
    ['no JSON', 'login=liping', 'malformed'],
    ['nothing', '', 'malformed'],
    ['a list', '[]', 'malformed'],
    ['a login that is an object', '{"login":{"$ne":null},"password":"x"}', 'malformed'],
    [
      'a password of 10 MB',
      JSON.stringify({ login: 'liping', password: 'x'.repeat(10_000_000) }),
      'too-large'
    ],
    [
      'a device that is none',
      JSON.stringify({ login: 'liping', password, device: '../../etc' }),
      'malformed'
    ],
    ['a login made of SQL', JSON.stringify({ login: "' OR '1'='1", password }), 'wrong-password'],
    ['a wrong password', JSON.stringify({ login: 'liping', password: 'x' }), 'wrong-password']
  ])('with %s', async (_, body, code) => expect(await codeOf(await signIn(body))).toBe(code));

  test('is refused after too many tries, whoever asks', async () => {
    const codes = [];
    for (let index = 0; index < 10; index++)
      codes.push(await codeOf(await signIn(JSON.stringify({ login: 'chenlan', password: `${index}` }))));
    expect(codes.slice(0, 8)).toEqual(Array(8).fill('wrong-password'));
    expect(codes.slice(8)).toEqual(['too-many-tries', 'too-many-tries']);
    expect(await codeOf(await signIn(JSON.stringify({ login: 'chenlan', password })))).toBe('too-many-tries');
  });
});

describe('hostile 18: a push', () => {
  const pushText = (body: BodyInit, headers: Headers = {}) =>
    send('/api/sync/push', { method: 'POST', headers: { ...li, ...ndjson, ...headers }, body });
  const head = (more: object = {}) =>
    JSON.stringify({ protocol: protocolVersion, account: li.account, device: uuidV7(), ...more });
  const bomb = gzipSync(Buffer.alloc(50_000_000, '{"a":1}\n'));

  test.each<[string, () => BodyInit, Headers, string]>([
    ['nothing', () => '', {}, 'malformed'],
    ['no JSON', () => '{"protocol":', {}, 'malformed'],
    ['bytes that are no text', () => new Uint8Array([0xff, 0xfe, 0x00, 0xc0]), {}, 'malformed'],
    ['a head of another kind', () => '{"id":1}', {}, 'malformed'],
    ['a newer protocol', () => head({ protocol: protocolVersion + 1 }), {}, 'upgrade-needed'],
    ['a protocol that is none', () => head({ protocol: -1 }), {}, 'malformed'],
    ['another account', () => head({ account: he.account }), {}, 'account-mismatch'],
    ['gzip that is none', () => head(), { 'content-encoding': 'gzip' }, 'malformed'],
    ['a gzip bomb', () => bomb, { 'content-encoding': 'gzip' }, 'too-large'],
    ['too many changes', () => [head(), ...Array<string>(2_001).fill('{}')].join('\n'), {}, 'too-large'],
    ['3 MB', () => 'x'.repeat(3_000_000), {}, 'too-large'],
    ['15 MB', () => 'x'.repeat(15_000_000), {}, 'too-large']
  ])('of %s', async (_, body, headers, code) =>
    expect(await codeOf(await pushText(body(), headers))).toBe(code)
  );

  test('of 2 MB without a session is told so, and not merely cut off', async () => {
    const { origin } = server;
    const body = 'x'.repeat(2_000_000);
    expect(
      await codeOf(await send('/api/sync/push', { method: 'POST', headers: { origin, ...ndjson }, body }))
    ).toBe('not-signed-in');
  });

  test('of lines that are no changes is receipted line by line, and stores nothing', async () => {
    const lines = ['{', '[]', 'null', '1', '"x"', '{"id":"x"}', '{"__proto__":{}}', '[['.repeat(20_000)];
    const response = await pushText([head(), ...lines].join('\n'));
    expect(response.status).toBe(200);
    const { receipts } = (await response.json()) as {
      receipts: { status: string; refusal: { code: string } }[];
    };
    expect(receipts.map(({ status, refusal }) => `${status} ${refusal.code}`)).toEqual(
      lines.map(() => 'refused malformed')
    );
    expect(stored()).toBe(before);
  });

  /** Refusals of lawful shape are remembered; nothing else may move. */
  const storedBut = () => stored(['outcome']);

  test('of somebody else’s work, in whatever name and scope, moves and tells nothing', async () => {
    const known = storedBut();
    const by = (account: string, more: object = {}) => ({
      author: account,
      at: new Date().toISOString(),
      ...more
    });
    const mine = { recordId, text: '我来了' };
    const tries = [
      { ...changeOf('comment-added', mine), ...by(he.account) },
      { ...changeOf('comment-added', mine), ...by(li.account) },
      { ...changeOf('report-withdrawn', { recordId }), ...by(he.account) },
      { ...changeOf('photo-stored', { recordId, photoId: photo.id, storedAt: issue.at }), ...by(he.account) },
      { ...changeOf('photo-attached', { recordId, photo: photoFacts(newId()) }), ...by(he.account) },
      {
        ...changeOf('case-opened', { recordId: newId(), subjectId: recordId, afterPhoto: 'no' }),
        ...by(he.account)
      },
      { ...issue, ...by(he.account) },
      {
        ...changeOf('issue-recorded', issueFacts(newId(), { ownerGridCode: `${town}001` })),
        ...by(he.account)
      },
      {
        ...changeOf('issue-recorded', issueFacts(newId(), { ownerGridCode: '510108011005001' })),
        ...by(he.account)
      },
      { ...changeOf('comment-added', mine), ...by(he.account, { community: '510108011005' }) }
    ];
    for (const session of [he, zhang]) {
      const own = tries.map((one) =>
        one.author === he.account ? { ...one, id: uuidV7(), author: session.account } : one
      );
      const response = await push(session, own);
      const text = await response.text();
      expect(response.status).toBe(200);
      expect(text).not.toContain(secret);
      expect(text).not.toContain('"accepted"');
      expect(storedBut()).toBe(known);
    }
    before = stored();
  });

  test('of deep nesting breaks no reader', async () => {
    const change = { ...changeOf('comment-added', { recordId, text: '深' }), author: li.account };
    const deep = JSON.stringify(change).replace(
      '"text"',
      `"deep":${'['.repeat(30_000)}${']'.repeat(30_000)},"text"`
    );
    const response = await pushText(`${head()}\n${deep}`);
    expect(await response.text()).toContain('"accepted"');
    before = stored();
    const pulled = await send('/api/sync/pull', {
      method: 'POST',
      headers: { ...li, ...json },
      body: pullBody(li.account)
    });
    expect(pulled.status).toBe(200);
    expect(await pulled.text()).toContain('深');
  });
});

test('hostile 18: the reference is not given to a tablet of another account than the session’s', async () => {
  const headers = { ...he, 'x-xunge-account': li.account };
  expect(await codeOf(await send(`/api/reference?community=${town}`, { headers }))).toBe('account-mismatch');
});

test('hostile 18: the reference names the staff to who works with them, not to a unit’s handler', async () => {
  const reference = async (headers: Headers) =>
    (await send(`/api/reference?community=${town}`, { headers })).json() as Promise<{
      people: { name: string }[];
      grids: object[];
    }>;
  expect((await reference(wang)).people.map(({ name }) => name)).toContain('陈兰');
  expect((await reference(li)).people.map(({ name }) => name)).toContain('陈兰');
  const forUnit = await reference(zhang);
  expect(forUnit.people).toEqual([]);
  expect(forUnit.grids).not.toEqual([]);
});

describe('hostile 18: behind a proxy', () => {
  let proxied: TestServer;
  beforeAll(async () => {
    proxied = await startServer({ env: { ADDRESS_HEADER: 'X-Real-IP' } });
  });
  afterAll(() => proxied.stop());

  test.each([
    ['a scraper of this machine', { 'x-real-ip': '127.0.0.1' }, 200],
    ['a visitor', { 'x-real-ip': '203.0.113.7' }, 404],
    ['whoever came past the proxy', {}, 404]
  ])('%s asks for the metrics', async (_, headers, status) => {
    expect((await fetch(`${proxied.origin}/metrics`, { headers })).status).toBe(status);
  });

  test('whoever came past it cannot make signing in fail', async () => {
    const response = await fetch(`${proxied.origin}/api/session`, {
      method: 'POST',
      headers: { ...json, origin: proxied.origin },
      body: JSON.stringify({ login: 'nobody', password })
    });
    expect(response.status).toBe(401);
  });
});

describe('hostile 18: a pull', () => {
  const pull = (body: BodyInit, session: Headers = li) =>
    send('/api/sync/pull', { method: 'POST', headers: { ...session, ...json }, body });

  test.each([
    ['nothing', () => '', 'malformed'],
    ['a community that is none', () => pullBody(li.account, { community: '../510108' }), 'malformed'],
    ['a community of others', () => pullBody(li.account, { community: '510108011005' }), 'not-granted'],
    ['a whole district', () => pullBody(li.account, { community: '510108000000' }), 'not-granted'],
    ['another account', () => pullBody(he.account), 'account-mismatch'],
    [
      'a cursor below zero',
      () => pullBody(li.account, { cursor: { epoch: 'x', sequence: -5 } }),
      'malformed'
    ],
    [
      'a cursor that is no number',
      () => pullBody(li.account, { cursor: { epoch: 'x', sequence: '1 OR 1=1' } }),
      'malformed'
    ],
    ['a newer protocol', () => pullBody(li.account, { protocol: protocolVersion + 1 }), 'upgrade-needed'],
    ['1 MB', () => 'x'.repeat(1_000_000), 'too-large']
  ])('of %s', async (_, body, code) => expect(await codeOf(await pull(body()))).toBe(code));

  test('by a unit’s handler is not for a tablet', async () => {
    expect(await codeOf(await pull(pullBody(zhang.account), zhang))).toBe('not-granted');
  });

  test('by a neighbour shows nothing, wherever the cursor points', async () => {
    for (const cursor of [undefined, { epoch: 'x', sequence: 0 }, { epoch: 'x', sequence: 10 ** 12 }]) {
      const text = await (await pull(pullBody(he.account, { cursor }), he)).text();
      expect(text).toContain('"rows":[]');
      expect(text).not.toContain(recordId);
    }
  });
});

describe('hostile 18: a photo', () => {
  test.each([
    ['a neighbour', () => he],
    ['a unit', () => zhang]
  ])(
    'of somebody else is not found by %s, neither whole nor small nor how much of it is there',
    async (_, session) => {
      for (const path of [`/api/photos/${photo.id}`, `/api/photos/${photo.id}/thumbnail`])
        expect(await codeOf(await send(path, { headers: session() }))).toBe('not-found');
      const head = await send(`/api/photos/${photo.id}`, {
        method: 'HEAD',
        headers: { ...session(), ...tus }
      });
      expect(head.status).toBe(404);
    }
  );

  test.each([
    ['somebody else’s', () => ({ ...he, 'upload-metadata': `id ${btoa(photo.id)}` }), 'photo-not-declared'],
    [
      'one nobody declared',
      () => ({ ...li, 'upload-metadata': `id ${btoa(uuidV7())}` }),
      'photo-not-declared'
    ],
    ['a path', () => ({ ...li, 'upload-metadata': `id ${btoa('../../xunge.sqlite')}` }), 'malformed'],
    ['no metadata', () => li, 'malformed'],
    [
      'another length',
      () => ({ ...li, 'upload-metadata': `id ${btoa(photo.id)}`, 'upload-length': '5' }),
      'photo-length-differs'
    ],
    [
      '11 MB',
      () => ({ ...li, 'upload-metadata': `id ${btoa(photo.id)}`, 'upload-length': '11000000' }),
      'too-large'
    ],
    [
      'a negative length',
      () => ({ ...li, 'upload-metadata': `id ${btoa(photo.id)}`, 'upload-length': '-1' }),
      'photo-length-differs'
    ],
    ['another tus', () => ({ ...li, 'tus-resumable': '0.2.0' }), 'upgrade-needed']
  ])('is not created as %s', async (_, headers, code) => {
    const given = { ...tus, 'upload-length': '4', ...headers() };
    expect(await codeOf(await send('/api/photos', { method: 'POST', headers: given }))).toBe(code);
  });

  test.each([
    ['a text', () => new Blob(['no form']), 'malformed'],
    ['15 MB', () => new Blob([new Uint8Array(15_000_000)]), 'too-large']
  ])('is no thumbnail as %s', async (_, body, code) => {
    const headers = { ...li, 'content-type': brokenForm };
    const response = await send('/api/photos/thumbnails', { method: 'POST', headers, body: body() });
    expect(await codeOf(response)).toBe(code);
  });
});

test('hostile 18: nothing the server answers may be kept on the way', async () => {
  const asked = ['/office', '/set-up?token=x', '/metrics', '/healthz', '/api/openapi.json', '/api/nowhere'];
  for (const path of asked) {
    const reply = await fetch(server.origin + path, { headers: wang });
    expect([path, reply.headers.get('cache-control')]).toEqual([path, expect.stringContaining('no-store')]);
    await reply.body?.cancel();
  }
});

describe('hostile 18: a form that is none', () => {
  test.each([
    ['to begin with', '/set-up', () => li],
    ['for another language', '/office?/language', () => zhang],
    ['for an act of the office', `/office/inbox/${recordId}?/comment`, () => wang],
    ['for a result', `/office/cases/${recordId}?/handle`, () => wang]
  ])('%s is malformed', async (_, path, session) => {
    const { account: _own, ...headers } = session();
    const asked = { ...headers, 'content-type': brokenForm, accept: 'application/json' };
    const text = await expectRefused(await send(path, { method: 'POST', headers: asked, body: 'no form' }));
    expect(text).toContain('malformed');
  });
});

describe('hostile 18: a request that makes no sense', () => {
  test.each([
    ['PUT', '/api/session', 405],
    ['DELETE', '/api/sync/push', 405],
    ['GET', '/api/sync/push', 405],
    ['GET', '/api/sync/pull', 405],
    ['PATCH', '/api/reference', 405],
    ['POST', '/api/live', 405],
    ['DELETE', '/api/photos/x', 405],
    ['PUT', '/api/photos/x', 405],
    ['GET', '/api/nowhere', 404],
    ['POST', '/api/nowhere', 404],
    ['GET', '/api', 404],
    ['GET', '/api/photos/x/thumbnail/more', 404]
  ])(
    '%s %s is told so in a problem document, whatever it would rather read',
    async (method, path, status) => {
      const code = status === 404 ? 'not-found' : 'malformed';
      for (const accept of ['*/*', 'text/html', 'application/json']) {
        const response = await send(path, { method, headers: { ...li, accept } });
        expect(response.status).toBe(status);
        expect(response.headers.has('allow')).toBe(status === 405);
        const told = response.clone().json() as Promise<Problem>;
        expect(await codeOf(response)).toBe(code);
        expect((await told).status).toBe(status);
      }
    }
  );

  test('a page that is none is told to people as a page', async () => {
    const response = await send('/nowhere', { headers: { ...li, accept: 'text/html' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html']);
  });

  test.each([
    '/api/photos/..%2f..%2fxunge.sqlite',
    '/api/photos/%2e%2e%2f%2e%2e%2fxunge.sqlite/thumbnail',
    '/api/photos/../../../../etc/passwd',
    `/api/photos/${photo.id}%00.jpg`,
    '/api/photos/%E0%A4%A',
    '/api/reference?community=510108011007%27%20OR%201=1',
    '/api/reference?community=',
    '/api/reference',
    '/_app/../../package.json',
    '/..%5c..%5cpackage.json',
    '//etc/passwd',
    '/xunge.sqlite',
    '/data/xunge.sqlite'
  ])('the path %s leads nowhere', async (path) => {
    const { status, text } = await sendRaw('GET', path, { ...li });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(text).not.toContain('root:');
    expect(text).not.toContain('"devDependencies"');
    expect(text).not.toContain('SQLite format');
    expect(stored()).toBe(before);
  });

  test.each([
    ['with a length', { 'content-length': '50000000' }],
    ['without one', { 'transfer-encoding': 'chunked' }]
  ])('50 MB %s is refused and stores nothing', async (_, headers) => {
    for (const path of ['/api/sync/push', '/api/sync/pull', '/api/session', '/api/photos/thumbnails']) {
      const answer = await sendRaw('POST', path, { ...li, ...json, ...headers }, 50_000_000).catch(
        () => 'cut off'
      );
      expect(['cut off', 400, 413], path).toContain(typeof answer === 'string' ? answer : answer.status);
      expect(stored()).toBe(before);
    }
  });

  test.each([
    ['a header of 100 kB', () => ({ 'x-long': 'x'.repeat(100_000) })],
    ['a length that is none', () => ({ 'content-length': '-5' })]
  ])('%s ends at the door', async (_, headers) => {
    const { status } = await sendRaw('POST', '/api/sync/push', { ...li, ...headers() }).catch(() => ({
      status: 400
    }));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(stored()).toBe(before);
  });
});

test('hostile 18: 500 of them at once leave the server answering', async () => {
  const attack = (index: number) => {
    const [, path, init] = routes[index % routes.length]!;
    const sent = init({ account: he.account });
    const headers =
      index % 3 ? { ...sent.headers, ...he, cookie: 'xunge-session=x' } : { ...sent.headers, ...revoked };
    return send(path, { ...sent, headers }).then(
      async (response) => (await response.arrayBuffer(), response.status)
    );
  };
  const statuses = await Promise.all(Array.from({ length: 500 }, (_, index) => attack(index)));
  expect(new Set(statuses)).toEqual(new Set([401]));
  expect(stored()).toBe(before);
});

function* pieces(bytes: number): Generator<Buffer> {
  const piece = Buffer.alloc(64 * 1024, 'x');
  for (let written = 0; written < bytes; written += piece.length) yield piece;
}

/** A request whose path nobody tidied up, with so many bytes of nothing as its body. */
async function sendRaw(
  method: string,
  path: string,
  headers: Headers,
  bytes = 0
): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(server.origin);
  const { account: _, ...given } = headers;
  const request = rawRequest({ hostname, port, method, path, headers: given });
  const answered = once(request, 'response') as Promise<[import('node:http').IncomingMessage]>;
  // An answer may come before the body is through; what is written after it goes nowhere.
  request.on('error', () => undefined);
  Readable.from(pieces(bytes)).pipe(request);
  const [response] = await answered;
  let text = '';
  response.setEncoding('utf8');
  try {
    for await (const part of response) text += String(part);
  } catch {
    // Cut off after the status: the server would not read on.
  }
  return { status: response.statusCode ?? 0, text };
}
