import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PhotoId, RecordId, Sha256 } from '../../src/lib/domain/ids';
import { changeOf, newId, photoFacts } from '../../tests/support/changes';
import { startServer } from '../../tests/support/server';
import { queryStore } from '../../tests/support/town';
import { hireCrowd, Line as TabletLine, type Member } from '../crowd';
import type { Line } from '../line';
import { issueBodies } from '../town-history';

const rounds = 200;
const tablets = 6;
const changesPerPush = 20;
const photoBytes = 60_000;
/** The server lives so long in a round, at most. */
const longestLifeMs = 400;

interface Told {
  /** Sequence by id of every change a receipt spoke of. */
  sequences: Map<string, number>;
  /** Hash by id of every picture of which the office said that it is stored. */
  photos: Map<PhotoId, { community: string; sha256: string }>;
}

interface Damage {
  lost: number;
  doubled: number;
}

let running: Promise<Damage> | undefined;
const damage = () => (running ??= killAndCount());

async function killAndCount(): Promise<Damage> {
  const folder = mkdtempSync(join(tmpdir(), 'xunge-killed-'));
  const { workers } = await hireCrowd(folder, { communities: 2, workers: tablets / 2 });
  const server = await startServer({ dataFolder: folder });
  const told: Told = { sequences: new Map(), photos: new Map() };
  let isOver = false;
  const busy = workers.map((worker) => workOn(server.origin, worker, told, () => isOver));
  try {
    for (let round = 0; round < rounds; round++) {
      await pause(Math.random() * longestLifeMs);
      await server.kill();
      await server.restart();
    }
    isOver = true;
    await Promise.all(busy);
    return countDamage(folder, told);
  } finally {
    isOver = true;
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Pushes and uploads without end. What got no answer is sent again as it was, as a tablet does. */
async function workOn(origin: string, worker: Member, told: Told, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const line = new TabletLine(origin, worker);
    const bytes = randomBytes(photoBytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { bodies, photoId } = workOf(worker, sha256);
    await untilAnswered(() => push(line, bodies, told));
    await untilAnswered(() => upload(line, photoId, bytes));
    told.photos.set(photoId, { community: worker.community, sha256 });
    line.hangUp();
  }
}

function workOf({ account, device, community, area }: Member, sha256: string) {
  const bodies = issueBodies(changesPerPush - 1, account, device, area);
  const { recordId } = (JSON.parse(bodies[0]!) as { facts: { recordId: RecordId } }).facts;
  const photo = { ...photoFacts(newId()), bytes: photoBytes, sha256: sha256 as Sha256 };
  const head = { author: account, device, community, baseVersion: 1, at: new Date().toISOString() };
  const attached = changeOf('photo-attached', { recordId, photo }, head);
  return { bodies: [...bodies, JSON.stringify(attached)], photoId: photo.id };
}

async function untilAnswered(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await work();
    } catch (fault) {
      if (fault instanceof Refused) throw fault;
      await pause(50);
    }
  }
}

/** An answer, and not the one that lawful work gets: no kill excuses it. */
class Refused extends Error {}

async function push(line: TabletLine, bodies: readonly string[], told: Told): Promise<void> {
  const { receipts } = await line.push(bodies);
  let index = 0;
  for (const receipt of receipts) {
    if (receipt.status !== 'accepted') throw new Refused(JSON.stringify(receipt));
    for (let offset = 0; offset < receipt.count; offset++, index++)
      note(told, bodies[index]!, receipt.sequence + offset);
  }
}

function note({ sequences }: Told, body: string, sequence: number): void {
  const { id } = JSON.parse(body) as { id: string };
  const before = sequences.get(id);
  if (before !== undefined && before !== sequence)
    throw new Refused(`${id}: first ${before}, then ${sequence}`);
  sequences.set(id, sequence);
}

async function upload(line: TabletLine, id: PhotoId, bytes: Uint8Array): Promise<void> {
  const tus = { 'tus-resumable': '1.0.0' };
  const naming = { 'upload-length': String(bytes.length), 'upload-metadata': `id ${btoa(id)}` };
  const made = await line.ask('POST', '/api/photos', { ...tus, ...naming });
  let offset = Number(made.headers['upload-offset'] ?? NaN);
  if (made.status !== 201) throw new Error(`POST ${made.status} ${made.body.toString()}`);
  while (offset < bytes.length) {
    const headers = {
      ...tus,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream'
    };
    const patched = await line.ask('PATCH', `/api/photos/${id}`, headers, bytes.subarray(offset));
    if (patched.status !== 204) throw new Error(`PATCH ${patched.status} ${patched.body.toString()}`);
    offset = Number(patched.headers['upload-offset']);
  }
}

function countDamage(folder: string, { sequences, photos }: Told): Damage {
  const rows = queryStore<{ id: string; sequence: number }>(folder, 'SELECT id, sequence FROM change');
  const kept = new Map(rows.map(({ id, sequence }) => [id, sequence]));
  const lostChanges = [...sequences].filter(([id, sequence]) => kept.get(id) !== sequence).length;
  const lostPhotos = [...photos].filter(([id, { community, sha256 }]) => {
    const file = join(folder, 'photos', community, id);
    return !existsSync(file) || createHash('sha256').update(readFileSync(file)).digest('hex') !== sha256;
  }).length;
  const [made] = queryStore<{ records: number; makers: number }>(
    folder,
    `SELECT (SELECT count(*) FROM record) AS records,
      (SELECT count(*) FROM change WHERE kind = 'issue-recorded') AS makers`
  );
  return { lost: lostChanges + lostPhotos, doubled: rows.length - kept.size + made!.makers - made!.records };
}

const what = `server killed -9 in ${rounds} rounds while ${tablets} tablets push and upload`;

export const killedServer: Line[] = [
  {
    id: 'R2',
    what: `${what}: receipted changes and stored photos lost`,
    unit: 'lost',
    bar: 0,
    measure: async () => ({ value: (await damage()).lost })
  },
  {
    id: 'R2b',
    what: `${what}: doubled`,
    unit: 'lost',
    bar: 0,
    measure: async () => ({ value: (await damage()).doubled })
  }
];
