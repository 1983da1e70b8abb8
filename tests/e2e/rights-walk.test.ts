// Everybody walks everywhere: each role asks for every page, endpoint, search and live message of the built server, and
// gets what the table of rights (domain/rights.ts) says. No answer tells a role that may not know it who reported.
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeKinds } from '../../src/lib/domain/changes';
import { roles } from '../../src/lib/domain/grant';
import type { RecordId } from '../../src/lib/domain/ids';
import { recordKinds, type AnyRecord } from '../../src/lib/domain/record';
import type { Workplace } from '../../src/lib/domain/rights';
import { issueFacts, newId } from '../support/changes';
import { expectationsOf, head, json } from '../support/rights-expected';
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
let table: ReturnType<typeof expectationsOf>;

beforeAll(async () => {
  world = await openRightsTown();
  table = expectationsOf(world);
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

test('every page, endpoint and form action of the app is walked', async () => {
  expect(Object.keys(table.pages).sort()).toEqual(listPages());
  expect(Object.keys(table.endpoints).sort()).toEqual(await listEndpoints());
  expect(Object.keys(table.actions).sort()).toEqual(await listActions());
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
    for (const path of Object.keys(table.pages))
      for (const [address, opens, mayTell] of table.pages[path]!(walker)) {
        const { status } = await ask(walker, address, {}, mayTell);
        expect([address, status === 200], String(status)).toEqual([address, opens]);
        const { pathname, search } = new URL(address, world.origin);
        const data = `${pathname === '/' ? '' : pathname}/__data.json${search}`;
        await ask(walker, data, {}, mayTell);
      }
  });

  test('is answered by the endpoints what is theirs', async () => {
    for (const endpoint of Object.keys(table.endpoints))
      for (const [path, init, status, mayTell] of table.endpoints[endpoint]!(walker))
        expect([endpoint, path, (await ask(walker, path, init, mayTell)).status]).toEqual([
          endpoint,
          path,
          status
        ]);
  });

  test('is listed the records that are theirs, at the desk and on a tablet', async () => {
    const idsIn = (text: string) => table.records.filter(({ id }) => text.includes(id)).map(({ id }) => id);
    const read = async (path: string) =>
      idsIn(
        (await ask(walker, path, { headers: { accept: 'application/json' } }, table.knowsAll(walker))).text
      );
    const theirs = (all: readonly AnyRecord[]) => all.filter((record) => table.mayRead(walker, record));
    const listed = (all: AnyRecord[], place: Workplace) =>
      table.works(walker, place) ? theirs(all).map(({ id }) => id) : [];
    expect(await read('/office/inbox/__data.json?state=all&community=' + town)).toEqual(
      listed(table.reports, 'inbox')
    );
    expect(await read('/office/cases/__data.json?state=all&community=' + town)).toEqual(
      listed(table.cases, 'cases')
    );
    const pulled = await ask(
      walker,
      '/api/sync/pull',
      json({ ...head(walker), community: town, kinds: [...recordKinds] }),
      true
    );
    const rows =
      pulled.status === 200 ? (JSON.parse(pulled.text) as { rows: { record: { id: RecordId } }[] }).rows : [];
    expect(rows.map(({ record }) => record.id).sort()).toEqual(
      table.worksHere(walker) ? theirs(table.records).map(({ id }) => id) : []
    );
    // Each as it is theirs to see: also of one who knows who reported some, the others tell nothing.
    for (const row of rows) {
      const record = table.records.find(({ id }) => id === row.record.id)!;
      if (!table.knows(walker, record)) expect(toldOf(JSON.stringify(row), world.author.account)).toEqual([]);
    }
  });

  test('finds nobody by name or telephone number whom they may not know', async () => {
    const words = [reporter, deviceNumber, writtenPhone, writtenPhone.replaceAll(' ', ''), '98765'];
    for (const q of words)
      for (const list of ['inbox', 'cases']) {
        const path = `/office/${list}/__data.json?state=all&community=${town}&q=${encodeURIComponent(q)}`;
        const { text } = await ask(walker, path, {}, true);
        const found = table.records.filter(({ id }) => text.includes(id));
        expect(
          found.filter((record) => !table.knows(walker, record)).map(({ kind }) => `${q}: ${kind}`),
          path
        ).toEqual([]);
        if (q === deviceNumber && list === 'inbox' && walker.name === 'communityOfficer')
          expect(found.length).toBeGreaterThan(0);
      }
  });

  test('changes nothing with a form that is not theirs', async () => {
    const before = kept();
    const other = table.reports[0]!;
    const account = world.author.account;
    for (const form of Object.keys(table.actions))
      for (const path of table.actions[form]!(walker)) {
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
    const expected = table.isNobody(walker) ? [] : table.linesOf(walker);
    expect(lines.map(({ line }) => line).sort()).toEqual([...new Set(expected)].sort());
  });
});

test.each(['communityOfficer', 'streetOfficer', 'unitHandler'])(
  'a form that is theirs is taken from a %s',
  async (name) => {
    const walker = walkerOf(name);
    const work = table.cases.find((one) => table.mayRead(walker, one))!;
    const body = new FormData();
    body.set('words', '看到了');
    const headers = { origin: world.origin, accept: 'application/json', 'x-sveltekit-action': 'true' };
    const { text } = await ask(walker, `/office/cases/${work.id}?/comment`, {
      method: 'POST',
      headers,
      body
    });
    expect(text).toContain('"type":"success"');
  }
);

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
      for await (const bytes of response.body!) hints.set(name, hints.get(name)! + decoder.decode(bytes));
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
    const isHere = table.worksIn(walker, town);
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
// Last: what is accepted moves the records on.
describe.each(names)('%s hands in', (name) => {
  test('every change that the table grants, and no other', async () => {
    const walker = walkerOf(name);
    for (const report of table.reports) {
      const tries = table.tryEverything(report);
      const { status, text } = await pushAs(world.origin, walker, tries);
      expect(status).toBe(table.signedIn(walker, 200));
      if (status !== 200) continue;
      const { receipts } = JSON.parse(text) as { receipts: Receipted[] };
      const each = receipts.flatMap((receipt) => Array<Receipted>(receipt.count ?? 1).fill(receipt));
      expect(text).not.toContain('malformed');
      const isDenied = ({ refusal }: Receipted) => /not-granted|unknown-record/.test(refusal?.code ?? '');
      expect(tries.map(({ kind }, at) => [kind, !isDenied(each[at]!)])).toEqual(
        tries.map(({ kind, facts }) => [kind, table.isGranted(walker, kind, facts)])
      );
      if (!table.knowsAll(walker)) expect(toldOf(text, world.author.account)).toEqual([]);
    }
  });
});

const linesAbout = (walker: Walker, what: string) =>
  queryStore<{ purpose: string; is_refused: number; about: string }>(
    world.folder,
    'SELECT purpose, is_refused, about FROM access WHERE account = ? AND what = ? ORDER BY id',
    walker.account,
    what
  );

test('somebody else’s file has a line with whose it is, when it is handed in and when that is refused', async () => {
  const facts = { ...issueFacts(newId()), ownerGridCode: `${town}001` };
  for (const [name, isRefused] of [
    ['communityOfficer', 0],
    ['gridLead', 1]
  ] as const) {
    const walker = walkerOf(name);
    await pushAs(world.origin, walker, [{ kind: 'issue-recorded', facts }], world.author);
    expect(linesAbout(walker, 'file')).toEqual([
      { purpose: 'hand-in', is_refused: isRefused, about: world.author.account }
    ]);
  }
});

test('a tablet that was reported as lost is told nothing, and that it asked has a line', async () => {
  const [admin, worker] = [walkerOf('admin'), walkerOf('gridWorker')];
  const body = new FormData();
  body.set('account', worker.account);
  const headers = { origin: world.origin, accept: 'application/json', 'x-sveltekit-action': 'true' };
  const lost = await ask(admin, '/office/people?/lose', { method: 'POST', headers, body }, true);
  expect(lost.text).toContain('"type":"success"');
  const pulled = await ask(worker, '/api/sync/pull', json({ ...head(worker), community: town }));
  expect([pulled.status, pulled.text]).toEqual([403, expect.stringContaining('tablet-lost')]);
  expect(linesAbout(worker, 'records').at(-1)).toEqual({ purpose: 'lost', is_refused: 1, about: '' });
});

test('every kind of change was tried', () => {
  const sent = table.reports.find(({ caseId }) => caseId)!;
  expect(
    table
      .tryEverything(sent)
      .map(({ kind }) => kind)
      .sort()
  ).toEqual(Object.keys(changeKinds).sort());
});
