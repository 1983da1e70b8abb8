// A town with somebody of every role in it, and records that say who reported, in every place that can hold it.
import { createHash } from 'node:crypto';
import { v7 as uuidV7 } from 'uuid';
import { expect } from 'vitest';
import type { ChangeKindName, FactsOf } from '../../src/lib/domain/changes';
import type { Actor, Grant } from '../../src/lib/domain/grant';
import type { AccountId, PhotoId, RecordId, Sha256, UnitId } from '../../src/lib/domain/ids';
import type { AnyRecord } from '../../src/lib/domain/record';
import { protocolVersion } from '../../src/lib/protocol/version';
import { hashPassword } from '../../src/lib/server/password';
import { saveAccount } from '../../src/lib/server/records/accounts';
import { saveCommunity, saveItems } from '../../src/lib/server/records/reference';
import { closeStore, openStore } from '../../src/lib/server/store';
import { changeOf, issueFacts, newId, photoFacts, reportFacts, voiceFacts } from './changes';
import { buildOnce, startServer } from './server';
import { foundTown, password, queryStore, signInByApi, town, unitOfTown } from './town';

export const nextTown = '510108011005';
const grid = `${town}001`;
const microGrid = `${grid}01`;

/** Who reported: the worker, and the resident whom the worker spoke to. */
export const reporter = '欧阳见习';
const resident = '慕容婆婆';
const phone = '13987650421';
export const deviceNumber = `${reporter}-1120-01`;
/** As people write it. */
export const writtenPhone = '139 8765 0421';

export interface Walker extends Actor {
  name: string;
  community: string;
  headers: Record<string, string>;
}

export type RightsTown = Awaited<ReturnType<typeof openRightsTown>>;

/** The real server with everything in it. */
export async function openRightsTown() {
  await buildOnce();
  const folder = await foundTown();
  const { grantsByName, otherUnit } = await hire(folder);
  const server = await startServer({ dataFolder: folder });
  const { origin } = server;
  const enter = async (name: string, grants: Grant[], community = town): Promise<Walker> => {
    const headers = await signInByApi(origin, loginOf(name));
    const session = (await (await fetch(`${origin}/api/session`, { headers })).json()) as Actor;
    return { name, grants, community, headers, account: session.account };
  };
  const walkers: Walker[] = [];
  for (const [name, grants] of grantsByName)
    walkers.push(await enter(name, grants, name.startsWith('next') ? nextTown : town));
  walkers.push({ name: 'nobody', grants: [], community: town, headers: { origin }, account: newId() });
  const author = await enter('author', [{ role: 'gridWorker', area: grid }]);
  const officer = walkers.find(({ name }) => name === 'communityOfficer')!;
  const units = { own: unitOfTown(folder), other: otherUnit };
  const files = await recordEverything(origin, author, officer, units);
  const records = () =>
    queryStore<{ body: string }>(folder, 'SELECT body FROM record ORDER BY id').map(
      ({ body }) => JSON.parse(body) as AnyRecord
    );
  return { folder, server, origin, walkers, author, units, records, files };
}

const loginOf = (name: string) => name.toLowerCase().replaceAll(/[^a-z]/g, '');

async function hire(folder: string) {
  const unit = unitOfTown(folder);
  const otherUnit = newId<UnitId>();
  const store = await openStore(folder);
  await saveCommunity(store, nextTown, '槐树店社区居委会', false);
  await saveItems(store, town, 'unit', [
    { code: unit, item: { id: unit, name: '锦和物业', kind: 'property' } },
    { code: otherUnit, item: { id: otherUnit, name: '街道环卫', kind: 'department' } }
  ]);
  const grantsByName: [name: string, grants: Grant[]][] = [
    ['gridWorker', [{ role: 'gridWorker', area: grid }]],
    ['gridWorker of the neighbour grid', [{ role: 'gridWorker', area: `${town}002` }]],
    ['microGridWorker', [{ role: 'microGridWorker', area: microGrid }]],
    ['gridLead', [{ role: 'gridLead', area: town }]],
    ['communityOfficer', [{ role: 'communityOfficer', area: town }]],
    ['streetOfficer', [{ role: 'streetOfficer', area: town.slice(0, 9) }]],
    ['unitHandler', [{ role: 'unitHandler', area: town, unit }]],
    ['unitHandler of another unit', [{ role: 'unitHandler', area: town, unit: otherUnit }]],
    ['admin', [{ role: 'admin', area: town }]],
    ['next gridWorker', [{ role: 'gridWorker', area: `${nextTown}001` }]],
    ['next communityOfficer', [{ role: 'communityOfficer', area: nextTown }]]
  ];
  const passwordHash = await hashPassword(password);
  const now = new Date().toISOString();
  for (const [name, grants] of grantsByName)
    await saveAccount(store, { login: loginOf(name), name, passwordHash, grants }, now);
  const grants: Grant[] = [{ role: 'gridWorker', area: grid }];
  await saveAccount(store, { login: 'author', name: reporter, passwordHash, grants }, now);
  await closeStore(store);
  return { grantsByName, otherUnit };
}

/** Hands changes in as a tablet does, or as an officer for `author`; returns what the server answered. */
export async function pushAs(
  origin: string,
  { account, headers }: Walker,
  acts: readonly { kind: ChangeKindName; facts: object }[],
  author?: Walker
): Promise<{ status: number; text: string }> {
  const own = {
    author: author?.account ?? account,
    at: new Date().toISOString(),
    community: town,
    baseVersion: 1
  };
  const changes = acts.map(({ kind, facts }) => changeOf(kind, facts as FactsOf<typeof kind>, own));
  const head = { protocol: protocolVersion, account, device: uuidV7(), carrying: author?.account };
  const response = await fetch(`${origin}/api/sync/push`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/x-ndjson' },
    body: [head, ...changes].map((line) => JSON.stringify(line)).join('\n')
  });
  return { status: response.status, text: await response.text() };
}

async function recordEverything(
  origin: string,
  author: Walker,
  officer: Walker,
  units: { own: UnitId; other: UnitId }
) {
  const files: { id: PhotoId; recordId: RecordId; isVoice: boolean }[] = [];
  const hand = async (by: Walker, acts: { kind: ChangeKindName; facts: object }[]) =>
    expect((await pushAs(origin, by, acts)).text).not.toMatch(/"status":"(?!accepted)/);

  async function record(kind: 'issue-recorded' | 'need-recorded', more: object, sentTo?: UnitId) {
    const recordId = newId<RecordId>();
    const caseId = newId<RecordId>();
    const text = `漏水，联系电话 ${writtenPhone}`;
    const shared = { number: deviceNumber, ownerGridCode: grid, text };
    const facts = {
      ...(kind === 'issue-recorded'
        ? issueFacts(recordId)
        : { ...reportFacts(recordId), needTypeCode: 'N01' }),
      ...shared,
      place: { source: 'map', gridCode: microGrid, words: `门口 ${phone}` },
      ...more
    };
    const photo = picture();
    const voice = sound();
    await hand(author, [
      { kind, facts },
      { kind: 'photo-attached', facts: { recordId, photo: { ...photo.facts, exif: { camera: reporter } } } },
      { kind: 'voice-attached', facts: { recordId, voice: voice.facts } },
      {
        kind: 'follow-up-noted',
        facts: { recordId, whom: `${resident} ${phone}`, channel: 'call', promise: `${resident}明天在家` }
      },
      { kind: 'comment-added', facts: { recordId, text: `${resident}不在家，${phone}` } }
    ]);
    for (const one of [photo, voice]) await upload(origin, author, one);
    await thumbnail(origin, author, photo.facts.id);
    files.push(
      { id: photo.facts.id, recordId, isVoice: false },
      { id: voice.facts.id, recordId, isVoice: true }
    );
    if (!sentTo) return;
    await hand(officer, [
      { kind: 'case-opened', facts: { recordId: caseId, subjectId: recordId, afterPhoto: 'no' } },
      { kind: 'case-dispatched', facts: { recordId: caseId, unit: sentTo, instruction: '请处理' } }
    ]);
    if (kind === 'need-recorded') {
      const closed = { recordId: caseId, subjectId: recordId, how: 'noLongerNeeded', words: '已办' };
      const told = { recordId, caseId, words: `已告诉${resident} ${phone}` };
      await hand(officer, [
        { kind: 'case-closed', facts: closed },
        { kind: 'resident-told', facts: told }
      ]);
    }
    await hand(author, [{ kind: 'comment-added', facts: { recordId: caseId, text: `${resident}问起` } }]);
  }

  const facility = { publicFacility: true };
  await record('issue-recorded', {});
  await record('issue-recorded', facility);
  await record('issue-recorded', { communityOnly: true });
  await record('issue-recorded', facility, units.own);
  await record('issue-recorded', { communityOnly: true }, units.own);
  await record('issue-recorded', {}, units.other);
  await record('need-recorded', {}, units.own);
  const recordId = newId<RecordId>();
  const now = new Date().toISOString();
  await hand(author, [
    { kind: 'patrol-started', facts: { recordId, ownerGridCode: grid } },
    { kind: 'track-recorded', facts: { recordId, points: [[now, ...trackPoint, 8]], gaps: [], metres: 12 } },
    {
      kind: 'shift-handed-over',
      facts: { recordId: newId(), ownerGridCode: grid, note: `${resident}等回话 ${phone}`, itemIds: [] }
    },
    {
      kind: 'opinion-given',
      facts: { recordId: newId(), ownerGridCode: grid, text: '字太小', appVersion: '0.1.0', page: '/mine' }
    }
  ]);
  return files;
}

/** Where the author walked; told to nobody. */
const trackPoint = [104.124817, 30.654193];

interface Upload {
  bytes: Buffer;
  facts: { id: PhotoId; sha256: Sha256; bytes: number };
}

function picture(): Upload & { facts: FactsOf<'photo-attached'>['photo'] } {
  const bytes = Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...Buffer.from(uuidV7())]);
  return { bytes, facts: { ...photoFacts(newId()), ...measured(bytes) } };
}

function sound(): Upload & { facts: FactsOf<'voice-attached'>['voice'] } {
  const bytes = Buffer.from(`voice ${uuidV7()}`);
  return { bytes, facts: { ...voiceFacts(newId()), ...measured(bytes) } };
}

function measured(bytes: Buffer) {
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') as Sha256 };
}

async function upload(origin: string, { headers }: Walker, { bytes, facts: { id } }: Upload): Promise<void> {
  const response = await fetch(`${origin}/api/photos`, {
    method: 'POST',
    headers: {
      ...headers,
      'tus-resumable': '1.0.0',
      'upload-length': String(bytes.length),
      'upload-metadata': `id ${btoa(id)}`,
      'content-type': 'application/offset+octet-stream'
    },
    body: new Uint8Array(bytes)
  });
  expect([response.status, response.headers.get('upload-offset')]).toEqual([201, String(bytes.length)]);
}

async function thumbnail(origin: string, { headers }: Walker, id: PhotoId): Promise<void> {
  const body = new FormData();
  body.append(id, new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe0])]), 'a.jpg');
  const response = await fetch(`${origin}/api/photos/thumbnails`, { method: 'POST', headers, body });
  expect(await response.text()).toContain(id);
}

/**
 * What of the reporter an answer tells, in whatever writing; empty where it tells nothing. `but`: what the reader may know
 * for another reason, as an administrator the names of the staff.
 */
export function toldOf(answer: string, author: AccountId, but: readonly Secret[] = []): string[] {
  const plain = answer
    .normalize('NFKC')
    .replaceAll(/\\u([\da-f]{4})|&#x([\da-f]+);/gi, (_, code: string, entity: string) =>
      String.fromCodePoint(parseInt(code ?? entity, 16))
    )
    .replaceAll(/(?:%[\da-f]{2})+/gi, (text) => Buffer.from(text.replaceAll('%', ''), 'hex').toString());
  const texts = [plain, plain.replaceAll(/(?<=\d)[ -](?=\d)/g, '')];
  const secrets: Record<Secret, string[]> = {
    reporter: [reporter],
    account: [author],
    resident: [resident],
    phone: [phone],
    track: trackPoint.map(String)
  };
  return (Object.keys(secrets) as Secret[]).filter(
    (secret) =>
      !but.includes(secret) &&
      secrets[secret].some((word) =>
        [word, Buffer.from(word).toString('base64').replace(/=+$/, '').slice(0, -1)].some((form) =>
          texts.some((text) => text.includes(form))
        )
      )
  );
}
export type Secret = 'reporter' | 'account' | 'resident' | 'phone' | 'track';
