import { rmSync } from 'node:fs';
import { v7 as uuidV7 } from 'uuid';
import { changeKinds } from '../../src/lib/domain/changes';
import { changeOf, issueFacts, newId, photoFacts } from '../../tests/support/changes';
import { startServer, type TestServer } from '../../tests/support/server';
import { foundTown, queryStore, signInByApi, town } from '../../tests/support/town';
import type { Line } from '../line';

const requests = 100_000;
const atOnce = 16;
/** Stands in everything of 李平's that nobody else may see. */
const secret = '刘婆婆家漏水';

type Headers = Record<string, string>;
type Session = Headers & { account: string };
interface Sent {
  method: string;
  path: string;
  headers: Headers;
  body?: Uint8Array | string;
}

interface Findings {
  faults: number;
  shown: number;
  stored: number;
}

let running: Promise<Findings> | undefined;
const findings = () => (running ??= attack());

async function attack(): Promise<Findings> {
  const folder = await foundTown();
  const server = await startServer({ dataFolder: folder });
  try {
    const enter = async (login: string): Promise<Session> => {
      const headers = await signInByApi(server.origin, login);
      const reply = await fetch(`${server.origin}/api/session`, { headers });
      return { ...headers, account: ((await reply.json()) as { account: string }).account };
    };
    const owner = await enter('liping');
    const target = await plant(server, owner);
    const before = stored(folder);
    const strangers = [await enter('xiaohe'), await enter('zhang')];
    const draw = attacksOn(server.origin, target, owner, strangers);
    const found = { faults: 0, shown: 0, stored: 0 };
    let made = 0;
    const attackInTurn = async () => {
      while (made < requests) await judge(server.origin, draw(made++), found);
    };
    await Promise.all(Array.from({ length: atOnce }, attackInTurn));
    if (stored(folder) !== before) found.stored = 1;
    return found;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Target {
  recordId: string;
  photoId: string;
}

/** An issue nobody but its author may see, with a picture that is still to come. */
async function plant(server: TestServer, owner: Session): Promise<Target> {
  const own = { author: owner.account, at: new Date().toISOString() };
  const place = { text: secret, communityOnly: true, ownerGridCode: `${town}001` };
  const issue = { ...changeOf('issue-recorded', issueFacts(newId(), place)), ...own };
  const { recordId } = issue.facts;
  const photo = { ...photoFacts(newId()), bytes: 4 };
  const attached = { ...changeOf('photo-attached', { recordId, photo }), ...own, baseVersion: 1 };
  const head = { protocol: 1, account: owner.account, device: uuidV7() };
  const body = [head, issue, attached].map((line) => JSON.stringify(line)).join('\n');
  const { account: _, ...headers } = owner;
  const reply = await fetch(`${server.origin}/api/sync/push`, { method: 'POST', headers, body });
  if (!(await reply.text()).includes('"accepted","count":2')) throw new Error('nothing to attack');
  return { recordId, photoId: photo.id };
}

/** Records, changes, pictures and who may do what. Refusals of lawful shape are remembered, which is no harm. */
function stored(folder: string): string {
  const tables = [
    'change',
    'touch',
    'record',
    'photo',
    'community',
    'account',
    'account_grant',
    'reference_item'
  ];
  return JSON.stringify(tables.map((table) => queryStore(folder, `SELECT * FROM "${table}" ORDER BY rowid`)));
}

async function judge(origin: string, { method, path, headers, body }: Sent, found: Findings): Promise<void> {
  const answer = await fetch(origin + path, { method, headers, body: body as BodyInit, redirect: 'manual' });
  const text = path === '/api/live' ? '' : await answer.text();
  if (path === '/api/live') await answer.body?.cancel();
  if (answer.status >= 500) found.faults++;
  if (text.includes(secret) || text.includes('node_modules')) found.shown++;
}

/** The same sequence of numbers in [0, 1) for the same seed. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The attack of that number: lawful requests of strangers and of nobody, bent in places. */
function attacksOn(origin: string, target: Target, owner: Session, strangers: Session[]) {
  return (number: number): Sent => {
    const random = chance(number + 1);
    const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]!;
    const stranger = pick(strangers);
    const sent = pick(kinds)({ target, owner, stranger, pick, random });
    return bend(
      { ...sent, headers: { ...credentials(origin, stranger, pick), ...sent.headers } },
      pick,
      random
    );
  };
}

type Pick = <Item>(items: readonly Item[]) => Item;
interface Means {
  target: Target;
  owner: Session;
  stranger: Session;
  pick: Pick;
  random: () => number;
}

function credentials(origin: string, { account: _, ...session }: Session, pick: Pick): Headers {
  const madeUp = `xunge-session=${pick(['x', 'a'.repeat(43), encodeURIComponent("' OR 1=1 --"), '%00', ''])}`;
  return pick<Headers>([
    session,
    session,
    session,
    { origin },
    { origin, cookie: madeUp },
    { ...session, origin: pick(['https://evil.example', 'null', 'http://127.0.0.1']) }
  ]);
}

const tus = { 'tus-resumable': '1.0.0' };
const ndjson = { 'content-type': 'application/x-ndjson' };
const json = { 'content-type': 'application/json' };

const oddValues = [
  null,
  true,
  -1,
  0,
  1e308,
  '',
  '../../etc/passwd',
  "'; DROP TABLE change; --",
  '\u0000',
  [],
  {},
  '9'.repeat(400)
];
const communities = [town, '510108011005', '510108', '', '../510108', '000000000000'];

/** One lawful-looking request each, at what belongs to somebody else. */
const kinds: ((means: Means) => Omit<Sent, 'headers'> & { headers?: Headers })[] = [
  ({ target, owner, stranger, pick, random }) => {
    const account = pick([stranger.account, owner.account, uuidV7()]);
    const head = { protocol: pick([1, 1, 1, 0, 99]), account, device: uuidV7() };
    const changes = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
      foreignChange(target, pick([stranger.account, owner.account]), pick)
    );
    return {
      method: 'POST',
      path: '/api/sync/push',
      headers: ndjson,
      body: [head, ...changes].map((line) => JSON.stringify(line)).join('\n')
    };
  },
  ({ owner, stranger, pick }) => {
    const account = pick([stranger.account, owner.account]);
    const cursor = pick<unknown>([
      undefined,
      { epoch: 'x', sequence: 0 },
      { epoch: 'x', sequence: pick(oddValues) }
    ]);
    const body = JSON.stringify({
      protocol: 1,
      account,
      device: uuidV7(),
      community: pick(communities),
      cursor
    });
    return { method: 'POST', path: '/api/sync/pull', headers: json, body };
  },
  ({ target, pick }) => {
    const id = pick([target.photoId, uuidV7(), '../../xunge.sqlite', '']);
    const headers = {
      ...tus,
      'upload-length': pick(['4', '5', '-1', '1e9', 'x']),
      'upload-metadata': `id ${btoa(id)}`
    };
    return { method: 'POST', path: '/api/photos', headers };
  },
  ({ target, pick }) => {
    const headers = {
      ...tus,
      'upload-offset': pick(['0', '2', '-1', 'x']),
      'content-type': 'application/offset+octet-stream'
    };
    return { method: 'PATCH', path: `/api/photos/${target.photoId}`, headers, body: new Uint8Array(4) };
  },
  ({ target, pick }) => {
    const id = pick([target.photoId, uuidV7(), '..%2f..%2fxunge.sqlite', '%00']);
    const headers: Headers = pick<Headers>([
      {},
      { range: 'bytes=0-' },
      { range: 'bytes=9-1' },
      { range: 'bytes=-0' }
    ]);
    return { method: 'GET', path: `/api/photos/${id}${pick(['', '/thumbnail', '/x'])}`, headers };
  },
  ({ pick }) => ({
    method: 'GET',
    path: `/api/reference?community=${encodeURIComponent(pick(communities))}`
  }),
  ({ pick }) => ({
    method: pick(['GET', 'DELETE', 'PUT', 'POST']),
    path: pick(['/api/live', '/api/nowhere', '/api', '/metrics', '/api/openapi.json'])
  }),
  ({ target, pick }) => ({
    method: 'GET',
    path: pick([
      `/office/inbox/${target.recordId}`,
      '/office',
      '/office/cases',
      `/office/cases/${target.recordId}`
    ])
  }),
  ({ target, pick }) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
    const path = `/office/inbox/${target.recordId}?/${pick(['accept', 'comment', 'opened', 'reject', 'x'])}`;
    return { method: 'POST', path, headers, body: 'text=x&reason=x' };
  }
];

function foreignChange({ recordId, photoId }: Target, author: string, pick: Pick): object {
  const own = { author, at: new Date().toISOString(), community: pick([town, town, town, '510108011005']) };
  const known = pick([
    changeOf('comment-added', { recordId: recordId as never, text: '我来了' }),
    changeOf('report-withdrawn', { recordId: recordId as never }),
    changeOf('photo-stored', { recordId: recordId as never, photoId: photoId as never, storedAt: own.at }),
    changeOf('photo-attached', { recordId: recordId as never, photo: photoFacts(newId()) }),
    changeOf('case-opened', { recordId: newId(), subjectId: recordId as never, afterPhoto: 'no' }),
    // 小何's own grid is 002: this one is not theirs.
    changeOf('issue-recorded', issueFacts(newId(), { ownerGridCode: `${town}001` })),
    { ...changeOf('record-opened', { recordId: recordId as never }), kind: pick(Object.keys(changeKinds)) }
  ]);
  return { ...known, ...own };
}

/** Leaves three of four as they are; cuts, doubles or replaces something in the others. */
function bend(sent: Sent, pick: Pick, random: () => number): Sent {
  if (typeof sent.body !== 'string' || random() < 0.75) return sent;
  const { body } = sent;
  const at = Math.floor(random() * body.length);
  const odd = JSON.stringify(pick(oddValues));
  const bent = pick([
    body.slice(0, at),
    body + body,
    body.replace(/"[^"]*"(?=[,}])/, odd),
    body.replace(/:(\d+)/, `:${odd}`),
    body.slice(0, at) + '\u0000' + body.slice(at),
    `${'['.repeat(5000)}${body}`
  ]);
  return { ...sent, body: bent };
}

const what = `${requests} hostile requests by strangers and by nobody`;

export const hostile: Line[] = [
  {
    id: 'R4',
    what: `${what}: answered with a fault (5xx)`,
    unit: 'answers',
    bar: 0,
    measure: async () => ({ value: (await findings()).faults })
  },
  {
    id: 'R4b',
    what: `${what}: answers that show what is somebody else's`,
    unit: 'answers',
    bar: 0,
    measure: async () => ({ value: (await findings()).shown })
  },
  {
    id: 'R4c',
    what: `${what}: stores that were changed by them`,
    unit: 'lost',
    bar: 0,
    measure: async () => ({ value: (await findings()).stored })
  }
];
