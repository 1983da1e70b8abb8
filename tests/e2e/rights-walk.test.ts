// Everybody walks everywhere: each role asks for every page, endpoint, search and live message of the built server, and
// gets what the table of rights (domain/rights.ts) says. No answer tells a role that may not know it who reported.
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuidV7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Case } from '../../src/lib/domain/case';
import { changeKinds, type ChangeKindName } from '../../src/lib/domain/changes';
import { roles } from '../../src/lib/domain/grant';
import type { RecordId } from '../../src/lib/domain/ids';
import { isReport, visibilityOf, type AnyRecord } from '../../src/lib/domain/record';
import type { Report } from '../../src/lib/domain/report';
import { mayDo, mayEver, worksAt, workplaces, type Workplace } from '../../src/lib/domain/rights';
import { knowsReporter } from '../../src/lib/domain/seen-record';
import { protocolVersion } from '../../src/lib/protocol/version';
import { issueFacts, newId, photoFacts, reportFacts, voiceFacts } from '../support/changes';
import {
  deviceNumber,
  nextTown,
  openRightsTown,
  pushAs,
  reporter,
  toldOf,
  writtenPhone,
  type RightsTown,
  type Secret,
  type Walker
} from '../support/rights-town';
import { listActions, listEndpoints, listPages } from '../support/routes';
import { queryStore, town } from '../support/town';

let world: RightsTown;
let records: AnyRecord[];
let reports: Report[];
let cases: Case[];
const now = new Date().toISOString();

beforeAll(async () => {
  world = await openRightsTown();
  records = world.records();
  reports = records.filter(isReport);
  cases = records.filter((record) => record.kind === 'case');
}, 400_000);
afterAll(async () => {
  await world?.server.stop();
  if (world) await rm(world.folder, { recursive: true, force: true });
});

const names = [
  ...roles,
  'gridWorker of the neighbour grid',
  'unitHandler of another unit',
  'next gridWorker',
  'next communityOfficer',
  'nobody'
];
const walkerOf = (name: string) => world.walkers.find((walker) => walker.name === name)!;

const mayRead = (walker: Walker, record: AnyRecord | undefined) =>
  record !== undefined && mayDo(walker, 'read', visibilityOf(record), now);
const works = (walker: Walker, place: Workplace) => worksAt(walker, place, walker.community, now);
const hasDesk = (walker: Walker) => workplaces.some((place) => place !== 'tablet' && works(walker, place));
const isNobody = ({ grants }: Walker) => grants.length === 0;
const caseOf = (report: Report) => cases.find(({ id }) => id === report.caseId);
const knows = (walker: Walker, record: AnyRecord) =>
  mayRead(walker, record) && knowsReporter(walker, record, now);

interface Answer {
  status: number;
  text: string;
  location: string;
}

/** Sends it; whatever comes back must tell nothing of the reporter, unless `mayTell`. */
async function ask(
  walker: Walker,
  path: string,
  init: RequestInit = {},
  mayTell: boolean | readonly Secret[] = false
): Promise<Answer> {
  const response = await fetch(world.origin + path, {
    ...init,
    headers: { ...walker.headers, ...(init.headers as Record<string, string>) },
    redirect: 'manual'
  });
  const text = await response.text();
  const headers = JSON.stringify([...response.headers]);
  if (mayTell !== true) {
    const told = toldOf(`${headers}\n${text}`, world.author.account, mayTell || []);
    expect(told, `${walker.name} ${init.method ?? 'GET'} ${path}: ${text.slice(0, 2000)}`).toEqual([]);
  }
  return { status: response.status, text, location: response.headers.get('location') ?? '' };
}

/** An address of a page, whether it opens, and what of the reporter its reader may know there. */
type Opening = [path: string, opens: boolean, mayTell?: boolean | readonly Secret[]];

/** Who works here is what an administrator administers; it says of no record who reported it. */
const staff: readonly Secret[] = ['reporter', 'account'];
const knowsAll = (walker: Walker) => mayEver(walker, 'readReporter', now);
const shell = (path: string) => (): Opening[] => [[path, true]];
/** Somebody with several communities says which one. */
const at = (path: string) => `${path}${path.includes('?') ? '&' : '?'}community=${town}`;
const desk =
  (path: string, place: Workplace, mayTell: readonly Secret[] = []) =>
  (walker: Walker): Opening[] => [[at(path), works(walker, place), works(walker, place) ? mayTell : false]];

/** Every page of the app. The tablet's are the same for everybody: what they show lies in the tablet's own store. */
const pages: Record<string, (walker: Walker) => Opening[]> = {
  '/(field)': shell('/'),
  '/(field)/issues/new': shell('/issues/new'),
  '/(field)/lifeline': shell('/lifeline'),
  '/(field)/map': shell('/map'),
  '/(field)/mine': shell('/mine'),
  '/(field)/needs/new': shell('/needs/new'),
  '/(field)/patrol': shell('/patrol'),
  '/(field)/phones': shell('/phones'),
  '/(field)/readiness': shell('/readiness'),
  '/(field)/records/[id]': () => records.map(({ id }) => [`/records/${id}`, true]),
  '/(field)/settings': shell('/settings'),
  '/(field)/tasks': shell('/tasks'),
  '/(field)/waiting': shell('/waiting'),
  '/(office)/office': () => [['/office', false]],
  '/(office)/office/access': desk('/office/access', 'access'),
  '/(office)/office/account': (walker) => [['/office/account', hasDesk(walker)]],
  '/(office)/office/cases': (walker) => [
    [at('/office/cases?state=all'), works(walker, 'cases'), knowsAll(walker)]
  ],
  '/(office)/office/cases/[id]': (walker) =>
    cases.map((work) => [
      at(`/office/cases/${work.id}`),
      works(walker, 'cases') && mayRead(walker, work),
      knows(walker, work)
    ]),
  '/(office)/office/hand-in': desk('/office/hand-in', 'hand-in'),
  '/(office)/office/inbox': (walker) => [
    [at('/office/inbox?state=all'), works(walker, 'inbox'), knowsAll(walker)],
    [at('/office/inbox?state=all&view=map'), works(walker, 'inbox'), knowsAll(walker)]
  ],
  '/(office)/office/inbox/[id]': (walker) =>
    reports.map((report) => [
      at(`/office/inbox/${report.id}`),
      works(walker, 'inbox') && mayRead(walker, report),
      works(walker, 'inbox') && knows(walker, report)
    ]),
  '/(office)/office/opening': desk('/office/opening', 'opening'),
  '/(office)/office/opening/[list]': (walker) =>
    ['grids', 'buildings', 'units', 'phones', 'categories', 'needs', 'calendar', 'tracks', 'offline'].flatMap(
      (list) => desk(`/office/opening/${list}`, 'opening')(walker)
    ),
  '/(office)/office/opening/borders': desk('/office/opening/borders', 'opening'),
  '/(office)/office/people': desk('/office/people', 'people', staff),
  '/(office)/office/settings': desk('/office/settings', 'settings'),
  '/join': shell('/join'),
  '/set-up': shell('/set-up?token=x'),
  '/shell': shell('/shell'),
  '/sign-in': shell('/sign-in')
};

const json = (body: object): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body)
});
const lines = (...body: object[]): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/x-ndjson' },
  body: body.map((line) => JSON.stringify(line)).join('\n')
});
const head = ({ account }: Walker) => ({ protocol: protocolVersion, account, device: uuidV7() });
const tus = { 'tus-resumable': '1.0.0' };
const signedIn = (walker: Walker, status: number) => (isNobody(walker) ? 401 : status);

/** What each endpoint is asked, what it must answer, and whether the answer may tell who reported. */
type Request = [path: string, init: RequestInit, status: number, mayTell?: boolean | readonly Secret[]];
const ofMedia = (walker: Walker, ask: (path: string, status: number) => Request): Request[] =>
  world.files.map(({ id, recordId, isVoice }) => {
    const report = reports.find((one) => one.id === recordId)!;
    const seesPicture = mayRead(walker, report) || mayRead(walker, caseOf(report));
    return ask(`/api/photos/${id}`, (isVoice ? knows(walker, report) : seesPicture) ? 200 : 404);
  });

const endpoints: Record<string, (walker: Walker) => Request[]> = {
  'DELETE /api/session': () => [],
  'GET /api/live': () => [],
  'GET /api/openapi.json': () => [['/api/openapi.json', {}, 200]],
  'GET /api/photos/[id]': (walker) =>
    ofMedia(walker, (path, status) => [path, {}, signedIn(walker, status), status === 200]),
  'GET /api/photos/[id]/thumbnail': (walker) =>
    world.files
      .filter(({ isVoice }) => !isVoice)
      .flatMap(({ id }) =>
        ofMedia(walker, (path, status) => [`${path}/thumbnail`, {}, signedIn(walker, status)]).filter(
          ([path]) => path.includes(id)
        )
      ),
  'GET /api/reference': (walker) => {
    const isHere = worksIn(walker, town);
    // Colleagues by name, for those who work with a tablet: it says of no record who reported it.
    const mayTell = worksHere(walker) ? staff : false;
    return [
      [`/api/reference?community=${town}`, {}, signedIn(walker, isHere ? 200 : 403), isHere && mayTell],
      [`/api/reference?community=${nextTown}`, {}, signedIn(walker, worksIn(walker, nextTown) ? 200 : 403)]
    ];
  },
  'GET /api/session': (walker) => [['/api/session', {}, signedIn(walker, 200)]],
  'GET /healthz': () => [['/healthz', {}, 200]],
  'GET /metrics': () => [['/metrics', {}, 200]],
  'HEAD /api/photos/[id]': (walker) =>
    ofMedia(walker, (path) => [path, { method: 'HEAD', headers: tus }, signedIn(walker, 404)]),
  'OPTIONS /api/photos': (walker) => [['/api/photos', { method: 'OPTIONS' }, signedIn(walker, 204)]],
  'PATCH /api/photos/[id]': (walker) =>
    ofMedia(walker, (path) => [
      path,
      {
        method: 'PATCH',
        headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
        body: new Uint8Array(4)
      },
      signedIn(walker, 404)
    ]),
  'POST /api/photos': (walker) =>
    world.files.map(({ id }) => [
      '/api/photos',
      { method: 'POST', headers: { ...tus, 'upload-length': '40', 'upload-metadata': `id ${btoa(id)}` } },
      signedIn(walker, 409)
    ]),
  'POST /api/photos/thumbnails': (walker) => {
    const body = new FormData();
    for (const { id } of world.files)
      body.append(id, new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe1])]), 'a.jpg');
    return [['/api/photos/thumbnails', { method: 'POST', body }, signedIn(walker, 200)]];
  },
  'POST /api/session': ({ account }) => [['/api/session', json({ login: account, password: 'wrong' }), 401]],
  'POST /api/slip': () => [['/api/slip', json({ slip: 'a'.repeat(43) }), 403]],
  'POST /api/store-secret': (walker) => [
    ['/api/store-secret', json({ secret: 'a'.repeat(64) }), signedIn(walker, 200)]
  ],
  'POST /api/sync/hand-back': (walker) => [
    [
      '/api/sync/hand-back',
      lines({ ...head(walker), community: town, epoch: epoch() }),
      signedIn(walker, worksHere(walker) ? 200 : 403)
    ]
  ],
  'POST /api/sync/pull': (walker) => [
    [
      '/api/sync/pull',
      json({ ...head(walker), community: town }),
      signedIn(walker, worksHere(walker) ? 200 : 403),
      worksHere(walker) && knowsAll(walker) ? true : false
    ],
    [
      '/api/sync/pull',
      json({ ...head(walker), account: world.author.account, community: town }),
      signedIn(walker, 409)
    ]
  ],
  'POST /api/sync/push': (walker) => [['/api/sync/push', lines(head(walker)), signedIn(walker, 200)]]
};
const worksIn = ({ grants }: Walker, community: string) =>
  grants.some(({ area }) => area.startsWith(community) || community.startsWith(area));
const worksHere = (walker: Walker) => worksAt(walker, 'tablet', town, now);
const epoch = () => queryStore<{ epoch: string }>(world.folder, 'SELECT epoch FROM store')[0]!.epoch;

/** What each form of a record makes: who may send it is said by the act of that change. */
const changeOfAction: Record<string, ChangeKindName> = {
  accept: 'case-opened',
  askDetail: 'detail-requested',
  close: 'case-closed',
  closeSolved: 'case-closed',
  comment: 'comment-added',
  dispatch: 'case-dispatched',
  drop: 'case-closed',
  fail: 'case-checked',
  findToLink: 'reports-linked',
  handle: 'case-handled',
  link: 'reports-linked',
  opened: 'record-opened',
  pass: 'case-checked',
  reject: 'report-rejected',
  return: 'case-returned',
  tell: 'resident-told'
};

/** Where each form of a walker that has no right to it is sent; empty where it has, or where it is everybody's own. */
type Forms = (walker: Walker) => string[];
const ofAdministrator =
  (path: string): Forms =>
  (walker) =>
    works(walker, 'opening') ? [] : [path];
const ofRecord =
  (pathOf: () => [path: string, record: AnyRecord][], action: string): Forms =>
  (walker) => {
    const { act } = changeKinds[changeOfAction[action]!];
    return pathOf()
      .filter(([, record]) => !hasDesk(walker) || !mayDo(walker, act as 'read', visibilityOf(record), now))
      .map(([path]) => `${path}?/${action}`);
  };
const reportPages = () =>
  reports.map((report): [string, AnyRecord] => [`/office/inbox/${report.id}`, report]);
const casePages = () => cases.map((work): [string, AnyRecord] => [at(`/office/cases/${work.id}`), work]);

const actions: Record<string, Forms> = {
  '/(office)/office?/language': () => [],
  '/(office)/office?/signOut': () => [],
  '/(office)/office/account?/default': (walker) => (hasDesk(walker) ? [] : ['/office/account']),
  '/set-up?/default': () => ['/set-up'],
  '/(office)/office/opening/[list]?/default': ofAdministrator('/office/opening/units'),
  '/(office)/office/opening/borders?/look': ofAdministrator('/office/opening/borders?/look'),
  '/(office)/office/opening/borders?/save': ofAdministrator('/office/opening/borders?/save'),
  '/(office)/office/opening?/name': ofAdministrator('/office/opening?/name'),
  '/(office)/office/opening?/open': ofAdministrator('/office/opening?/open'),
  ...Object.fromEntries(
    ['add', 'end', 'give', 'lose', 'reset', 'resume', 'slips', 'suspend'].map((action) => [
      `/(office)/office/people?/${action}`,
      ofAdministrator(`/office/people?/${action}`)
    ])
  ),
  ...Object.fromEntries(
    Object.keys(changeOfAction).flatMap((action) => [
      [`/(office)/office/inbox/[id]?/${action}`, ofRecord(reportPages, action)],
      [`/(office)/office/cases/[id]?/${action}`, ofRecord(casePages, action)]
    ])
  )
};

test('every page, endpoint and form action of the app is walked', async () => {
  expect(Object.keys(pages).sort()).toEqual(listPages());
  expect(Object.keys(endpoints).sort()).toEqual(await listEndpoints());
  expect(Object.keys(actions).sort()).toEqual(await listActions());
  expect(names.toSorted()).toEqual(world.walkers.map(({ name }) => name).sort());
});

/** All that a refused form or change must leave as it was. */
const kept = () =>
  JSON.stringify(
    [
      'record',
      'change',
      'account',
      'account_grant',
      'reference_item',
      'slip',
      'administration',
      'community'
    ].map((table) => queryStore(world.folder, `SELECT * FROM ${table} ORDER BY rowid`))
  );

describe.each(names)('%s', (name) => {
  let walker: Walker;
  beforeAll(() => {
    walker = walkerOf(name);
  });

  test('opens the pages that are theirs, and no other', async () => {
    for (const path of Object.keys(pages))
      for (const [address, opens, mayTell] of pages[path]!(walker)) {
        const { status } = await ask(walker, address, {}, mayTell);
        expect([address, status === 200], String(status)).toEqual([address, opens]);
        const { pathname, search } = new URL(address, world.origin);
        const data = `${pathname === '/' ? '' : pathname}/__data.json${search}`;
        await ask(walker, data, {}, mayTell);
      }
  });

  test('is answered by the endpoints what is theirs', async () => {
    for (const endpoint of Object.keys(endpoints))
      for (const [path, init, status, mayTell] of endpoints[endpoint]!(walker))
        expect([endpoint, path, (await ask(walker, path, init, mayTell)).status]).toEqual([
          endpoint,
          path,
          status
        ]);
  });

  test('is listed the records that are theirs, at the desk and on a tablet', async () => {
    const idsIn = (text: string) => records.filter(({ id }) => text.includes(id)).map(({ id }) => id);
    const read = async (path: string) =>
      idsIn((await ask(walker, path, { headers: { accept: 'application/json' } }, knowsAll(walker))).text);
    const theirs = (all: readonly AnyRecord[]) => all.filter((record) => mayRead(walker, record));
    const listed = (all: AnyRecord[], place: Workplace) =>
      works(walker, place) ? theirs(all).map(({ id }) => id) : [];
    expect(await read('/office/inbox/__data.json?state=all&community=' + town)).toEqual(
      listed(reports, 'inbox')
    );
    expect(await read('/office/cases/__data.json?state=all&community=' + town)).toEqual(
      listed(cases, 'cases')
    );
    const pulled = await ask(walker, '/api/sync/pull', json({ ...head(walker), community: town }), true);
    const rows =
      pulled.status === 200 ? (JSON.parse(pulled.text) as { rows: { record: { id: RecordId } }[] }).rows : [];
    expect(rows.map(({ record }) => record.id).sort()).toEqual(
      worksHere(walker) ? theirs(records).map(({ id }) => id) : []
    );
    // Each as it is theirs to see: also of one who knows who reported some, the others tell nothing.
    for (const row of rows) {
      const record = records.find(({ id }) => id === row.record.id)!;
      if (!knows(walker, record)) expect(toldOf(JSON.stringify(row), world.author.account)).toEqual([]);
    }
  });

  test('finds nobody by name or telephone number whom they may not know', async () => {
    const words = [reporter, deviceNumber, writtenPhone, writtenPhone.replaceAll(' ', ''), '98765'];
    for (const q of words)
      for (const list of ['inbox', 'cases']) {
        const path = `/office/${list}/__data.json?state=all&community=${town}&q=${encodeURIComponent(q)}`;
        const { text } = await ask(walker, path, {}, true);
        const found = records.filter(({ id }) => text.includes(id));
        expect(
          found.filter((record) => !knows(walker, record)).map(({ kind }) => `${q}: ${kind}`),
          path
        ).toEqual([]);
        if (q === deviceNumber && list === 'inbox' && walker.name === 'communityOfficer')
          expect(found.length).toBeGreaterThan(0);
      }
  });

  test('changes nothing with a form that is not theirs', async () => {
    const before = kept();
    const other = reports[0]!;
    const account = world.author.account;
    for (const form of Object.keys(actions))
      for (const path of actions[form]!(walker)) {
        const body = new FormData();
        const fields = { words: '好', unit: world.units.own, agreed: 'yes', number: '长天路-2026-0001' };
        const more = { otherId: other.id, account, role: 'admin', area: town, people: '甲 网格员 1' };
        const lists = { list: '改名', text: '[]', areas: `${town} 改名`, community: nextTown };
        for (const [field, value] of Object.entries({ ...fields, ...more, ...lists })) body.set(field, value);
        const headers = { origin: world.origin, accept: 'application/json', 'x-sveltekit-action': 'true' };
        const { text } = await ask(walker, path, { method: 'POST', headers, body });
        // 社区已查看 is asked by a page of itself, and answers that there was nothing to note.
        if (!path.endsWith('?/opened'))
          expect([path, text]).toEqual([path, expect.not.stringContaining('"type":"success"')]);
      }
    expect(kept()).toBe(before);
  });

  test('has a line for everything that was refused, and for what was read', () => {
    const lines = queryStore<{ line: string }>(
      world.folder,
      "SELECT DISTINCT what || ' ' || purpose || iif(is_refused, ' refused', '') AS line FROM access WHERE account = ?",
      walker.account
    );
    const expected = isNobody(walker) ? [] : linesOf(walker);
    expect(lines.map(({ line }) => line).sort()).toEqual([...new Set(expected)].sort());
  });
});

/** Who opened what for what, or was refused it, in the walk above. */
function linesOf(walker: Walker): string[] {
  const line = (what: string, purpose: string, isTheirs: boolean) =>
    `${what} ${purpose}${isTheirs ? '' : ' refused'}`;
  const deskPages = workplaces.filter((place) => place !== 'tablet');
  const refusedPages = deskPages.filter((place) => !works(walker, place));
  const media = ofMedia(walker, (path, status) => [path, {}, status]);
  const pagesOf = (all: readonly AnyRecord[], place: Workplace, purpose: string) =>
    hasDesk(walker)
      ? all.flatMap((record) => {
          if (!mayRead(walker, record)) return line('record', purpose, false);
          return works(walker, place) ? line('record', purpose, true) : [];
        })
      : [];
  const lists = (['inbox', 'cases'] as const).filter((place) => works(walker, place) && knowsAll(walker));
  return [
    ...refusedPages.map((place) => line('page', place, false)),
    ...media.map(([, , status]) => line('media', 'picture', status === 200)),
    ...pagesOf(reports, 'inbox', 'inbox'),
    ...pagesOf(cases, 'cases', 'case'),
    ...lists.flatMap((place) => [line('list', place, true), line('list', 'search', true)]),
    line('records', 'sync', worksHere(walker)),
    // Each asks for the reference of the other community as well.
    ...(worksIn(walker, nextTown) && worksIn(walker, town) ? [] : [line('records', 'sync', false)])
  ];
}

test('a live message says that there is something new in one’s own community, and nothing more', async () => {
  const hints = new Map<string, string>();
  const ends = new AbortController();
  const { signal } = ends;
  const streams = world.walkers.map(async ({ name, headers }) => {
    const response = await fetch(`${world.origin}/api/live`, { headers, signal });
    expect([name, response.status]).toEqual([name, name === 'nobody' ? 401 : 200]);
    const decoder = new TextDecoder();
    hints.set(name, '');
    void (async () => {
      for await (const bytes of response.body!)
        hints.set(name, hints.get(name)! + decoder.decode(bytes));
    })().catch(() => undefined);
  });
  await Promise.all(streams);
  const recordId = newId<RecordId>();
  const facts = { number: deviceNumber, ownerGridCode: `${town}001`, text: `电话 ${writtenPhone}` };
  await pushAs(world.origin, world.author, [
    { kind: 'issue-recorded', facts: { ...issueFacts(recordId), ...facts } }
  ]);
  const heard = (name: string) => [...hints.get(name)!.matchAll(/^data: (.*)$/gm)].map(([, data]) => data!);
  await expect.poll(() => heard('unitHandler').length).toBe(1);
  await pause(200);
  ends.abort();
  for (const walker of world.walkers) {
    const isHere = worksIn(walker, town);
    expect([walker.name, heard(walker.name).length]).toEqual([walker.name, isHere ? 1 : 0]);
    for (const hint of heard(walker.name))
      expect(Object.keys(JSON.parse(hint) as object).sort()).toEqual(['community', 'sequence']);
    expect(toldOf(hints.get(walker.name)!, world.author.account)).toEqual([]);
  }
});

interface Receipted {
  status: string;
  count?: number;
  refusal?: { code: string };
}

/** One change of each kind about this report, its case and a patrol, as somebody might try it. */
function tryEverything(report: Report) {
  const { id: recordId } = report;
  const work = caseOf(report);
  const recordIdOfCase = { recordId: work?.id };
  const patrolId = { recordId: records.find(({ kind }) => kind === 'patrol')!.id };
  const made = { ownerGridCode: `${town}001` };
  const point = [now, 104, 30, 8];
  const onReport: Partial<Record<ChangeKindName, object>> = {
    'issue-recorded': { ...issueFacts(newId()), ...made },
    'need-recorded': { ...reportFacts(newId()), needTypeCode: 'N01', ...made },
    'report-amended': { recordId, edits: { text: { from: '', to: '我改' } } },
    'report-withdrawn': { recordId },
    'reports-linked': { recordId, otherId: reports.find(({ id }) => id !== recordId)!.id },
    'detail-requested': { recordId, reason: '请补充' },
    'report-rejected': { recordId, reason: '不归我们' },
    'photo-attached': { recordId: work?.id ?? recordId, photo: photoFacts(newId()) },
    'voice-attached': { recordId, voice: voiceFacts(newId()) },
    'photo-stored': { recordId, photoId: newId(), storedAt: now },
    'follow-up-noted': { recordId, whom: '甲', channel: 'call', promise: '' },
    'resident-told': { recordId, words: '' },
    'record-opened': { recordId },
    'comment-added': { recordId, text: '看到了' },
    'case-opened': { recordId: newId(), subjectId: recordId, afterPhoto: 'no' },
    'patrol-started': { recordId: newId(), ...made },
    'patrol-paused': patrolId,
    'patrol-resumed': patrolId,
    'patrol-ended': { ...patrolId, note: '' },
    'track-recorded': { ...patrolId, points: [point], gaps: [], metres: 1 }
  };
  const onCase: Partial<Record<ChangeKindName, object>> = work
    ? {
        'case-dispatched': { ...recordIdOfCase, unit: work.unit, instruction: '' },
        'case-returned': { ...recordIdOfCase, reason: '不归我们' },
        'case-handled': { ...recordIdOfCase, text: '好了' },
        'case-checked': { ...recordIdOfCase, passed: true, words: '' },
        'case-closed': { ...recordIdOfCase, subjectId: recordId, how: 'done', words: '' }
      }
    : {};
  const tries = Object.entries({ ...onReport, ...onCase }) as [ChangeKindName, object][];
  return tries.map(([kind, facts]) => ({ kind, facts }));
}

/** By the table: of every record the change touches, or makes. */
function isGranted(walker: Walker, kind: ChangeKindName, facts: object): boolean {
  const known = changeKinds[kind];
  const about = known.touches(facts as never).flatMap((id) => records.find((one) => one.id === id) ?? []);
  const act =
    typeof known.act === 'function'
      ? known.act(facts as never, new Map(about.map((one) => [one.id, one])))
      : known.act;
  if (act === null) return false;
  const own = { ownerGridCode: `${town}001`, author: walker.account, restricted: false };
  const makes = /^(issue|need)-recorded$|^patrol-started$/.test(kind);
  return makes
    ? mayDo(walker, act, own, now)
    : about.every((one) => mayRead(walker, one) && mayDo(walker, act, visibilityOf(one), now));
}

// Last: what is accepted moves the records on.
describe.each(names)('%s hands in', (name) => {
  test('every change that the table grants, and no other', async () => {
    const walker = walkerOf(name);
    for (const report of reports) {
      const tries = tryEverything(report);
      const { status, text } = await pushAs(world.origin, walker, tries);
      expect(status).toBe(signedIn(walker, 200));
      if (status !== 200) continue;
      const { receipts } = JSON.parse(text) as { receipts: Receipted[] };
      const each = receipts.flatMap((receipt) => Array<Receipted>(receipt.count ?? 1).fill(receipt));
      expect(text).not.toContain('malformed');
      const isDenied = ({ refusal }: Receipted) => /not-granted|unknown-record/.test(refusal?.code ?? '');
      expect(tries.map(({ kind }, at) => [kind, !isDenied(each[at]!)])).toEqual(
        tries.map(({ kind, facts }) => [kind, isGranted(walker, kind, facts)])
      );
      if (!knowsAll(walker)) expect(toldOf(text, world.author.account)).toEqual([]);
    }
  });
});

test('every kind of change was tried', () => {
  const sent = reports.find((report) => caseOf(report))!;
  expect(
    tryEverything(sent)
      .map(({ kind }) => kind)
      .sort()
  ).toEqual(Object.keys(changeKinds).sort());
});
