import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { v7 as uuidV7 } from 'uuid';
import type { DeviceId } from '../../src/lib/domain/ids';
import { receive } from '../../src/lib/server/receive';
import { protocolVersion } from '../../src/lib/protocol/version';
import { pull } from '../../src/lib/server/serve';
import { closeStore, openStore, type Store } from '../../src/lib/server/store';
import { newId } from '../../tests/support/changes';
import { hireCrowd, type Member } from '../crowd';
import { quantile, type Line } from '../line';
import { issueBodies } from '../town-history';

const small = 10_000;
const large = 1_000_000;
const batchSize = 100;
const batches = 30;

interface Cost {
  receiveMs: number;
  pullMs: number;
}

let measuring: Promise<{ receive: number; pull: number }> | undefined;
const growth = () => (measuring ??= measureGrowth());

/** How many times dearer a batch and a page are in one community's log of a million than in one of ten thousand. */
async function measureGrowth(): Promise<{ receive: number; pull: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'xunge-growth-'));
  try {
    const { workers } = await hireCrowd(folder, { communities: 1, workers: 2 });
    const author = workers[0]!;
    await fillThrough(folder, author, batchSize);
    multiply(folder, author.community, small);
    const before = await costIn(folder, author);
    multiply(folder, author.community, large);
    const after = await costIn(folder, author);
    return { receive: after.receiveMs / before.receiveMs, pull: after.pullMs / before.pullMs };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const actorOf = ({ account, area }: Member) => ({ account, grants: [{ role: 'gridWorker' as const, area }] });

async function fillThrough(folder: string, author: Member, count: number): Promise<void> {
  const store = await openStore(folder);
  const bodies = issueBodies(count, author.account, author.device, author.area);
  await receive(store, { actor: actorOf(author), device: author.device }, bodies, new Date().toISOString());
  await closeStore(store);
}

/** Copies the newest changes with ids of their own until there are so many: nobody waits for a million judgements. */
function multiply(folder: string, community: string, count: number): void {
  const database = new DatabaseSync(join(folder, 'xunge.sqlite'));
  // What is filled in here need survive nothing.
  database.exec(
    'PRAGMA journal_mode=delete; PRAGMA journal_mode=off; PRAGMA synchronous=off; PRAGMA cache_size=-500000'
  );
  const rowsOf = (table: string) =>
    database.prepare(`SELECT * FROM ${table} ORDER BY sequence DESC LIMIT ${batchSize}`).all();
  const [changes, records, touches] = [rowsOf('change'), rowsOf('record'), rowsOf('touch')];
  const insertOf = (table: string, row: Record<string, unknown>) => {
    const names = Object.keys(row);
    const values = names.map((name) => `:${name}`).join();
    return database.prepare(`INSERT INTO "${table}" (${names.join()}) VALUES (${values})`);
  };
  const inserts = [
    insertOf('change', changes[0]!),
    insertOf('record', records[0]!),
    insertOf('touch', touches[0]!)
  ];
  const { head } = database.prepare('SELECT head FROM community WHERE code = ?').get(community) as {
    head: number;
  };
  database.exec('BEGIN');
  for (let sequence = head + 1; sequence <= count; sequence++) {
    const index = sequence % batchSize;
    const touch = touches[index]!;
    const recordId = uuidV7();
    const renamed = (body: unknown) => String(body).replaceAll(String(touch.record_id), recordId);
    const change = changes.find((one) => one.sequence === touch.sequence)!;
    const record = records.find((one) => one.id === touch.record_id)!;
    inserts[0]!.run({ ...change, id: uuidV7(), sequence, body: renamed(change.body) });
    inserts[1]!.run({ ...record, id: recordId, sequence, body: renamed(record.body) });
    inserts[2]!.run({ ...touch, record_id: recordId, sequence });
  }
  database.prepare('UPDATE community SET head = ? WHERE code = ?').run(count, community);
  database.exec('COMMIT');
  database.close();
}

/** Medians of batches that are received, and of the pages by which a colleague's tablet hears of each. */
async function costIn(folder: string, author: Member): Promise<Cost> {
  const store = await openStore(folder);
  const bodies = issueBodies(batches * batchSize, author.account, author.device, author.area);
  const receiveMs: number[] = [];
  const pullMs: number[] = [];
  for (let start = 0; start < bodies.length; start += batchSize) {
    const batch = bodies.slice(start, start + batchSize);
    const now = new Date().toISOString();
    receiveMs.push(
      await took(() => receive(store, { actor: actorOf(author), device: author.device }, batch, now))
    );
    pullMs.push(await took(() => pullNewest(store, author)));
  }
  await closeStore(store);
  return { receiveMs: quantile(receiveMs, 0.5), pullMs: quantile(pullMs, 0.5) };
}

async function pullNewest(store: Store, member: Member): Promise<void> {
  const { head } = await store.connection
    .selectFrom('community')
    .select('head')
    .where('code', '=', member.community)
    .executeTakeFirstOrThrow();
  const cursor = { epoch: store.epoch, sequence: head - batchSize };
  const now = new Date().toISOString();
  const request = {
    protocol: protocolVersion,
    device: newId<DeviceId>(),
    community: member.community,
    cursor
  };
  const page = await pull(store, actorOf(member), request, now);
  if (page?.rows.length !== batchSize) throw new Error(`the page has ${page?.rows.length} records`);
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

export const growthLines: Line[] = [
  {
    id: 'V3',
    what: `a batch of ${batchSize} changes received where the log has a million, of that where it has ten thousand`,
    unit: '×',
    bar: 1.5,
    measure: async () => ({ value: (await growth()).receive })
  },
  {
    id: 'V3b',
    what: `a page of ${batchSize} records pulled, likewise`,
    unit: '×',
    bar: 1.5,
    measure: async () => ({ value: (await growth()).pull })
  }
];
