import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AccountId, DeviceId } from '../../src/lib/domain/ids';
import { loadAccountByLogin } from '../../src/lib/server/records/accounts';
import { receive } from '../../src/lib/server/receive';
import { closeStore, openStore } from '../../src/lib/server/store';
import { newId } from '../../tests/support/changes';
import { foundTown, town } from '../../tests/support/town';
import { repeat, type Line } from '../line';
import { grid, issueBodies } from '../town-history';

const batchSize = 100;
const batches = 30;

type Row = Record<string, string | number | null>;
interface Written {
  changes: Row[];
  records: Row[];
  ms: number;
}

/** Milliseconds of `receive` over all batches, and the rows it left. */
async function receiveAll(): Promise<Written> {
  const folder = await foundTown();
  try {
    const store = await openStore(folder);
    const account = (await loadAccountByLogin(store, 'liping'))!.id as AccountId;
    const device = newId<DeviceId>();
    const actor = { account, grants: [{ role: 'gridWorker' as const, area: grid }] };
    const bodies = issueBodies(batches * batchSize, account, device);
    const started = performance.now();
    for (let start = 0; start < bodies.length; start += batchSize)
      await receive(
        store,
        { actor, device },
        bodies.slice(start, start + batchSize),
        new Date().toISOString()
      );
    const ms = performance.now() - started;
    await closeStore(store);
    const database = new DatabaseSync(join(folder, 'xunge.sqlite'));
    const rowsOf = (table: string) =>
      database.prepare(`SELECT * FROM "${table}" ORDER BY sequence`).all() as Row[];
    const [changes, records] = [rowsOf('change'), rowsOf('record')];
    database.close();
    if (records.length !== bodies.length) throw new Error('not all were accepted');
    return { changes, records, ms };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same rows into the same store by nothing but prepared statements: change, record and head, one commit a batch. */
async function bareLoop({ changes, records }: Written): Promise<number> {
  const folder = await foundTown();
  try {
    const database = new DatabaseSync(join(folder, 'xunge.sqlite'));
    database.exec('PRAGMA journal_mode=wal; PRAGMA synchronous=full');
    const insert = (table: string, row: Row) =>
      database.prepare(
        `INSERT INTO "${table}" VALUES (${Object.keys(row)
          .map((name) => `:${name}`)
          .join()})`
      );
    const insertChange = insert('change', changes[0]!);
    const insertRecord = insert('record', records[0]!);
    const saveHead = database.prepare('UPDATE community SET head = ? WHERE code = ?');
    const started = performance.now();
    for (let start = 0; start < changes.length; start += batchSize) {
      database.exec('BEGIN IMMEDIATE');
      for (let index = start; index < start + batchSize; index++) {
        insertChange.run(changes[index]!);
        insertRecord.run(records[index]!);
      }
      saveHead.run(start + batchSize, town);
      database.exec('COMMIT');
    }
    const ms = performance.now() - started;
    database.close();
    return ms;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const receiving: Line = {
  id: 'V1',
  what: 'receive in batches of 100 changes, speed against a bare loop of the same store in the same run',
  unit: '×',
  bar: 0.6,
  atLeast: true,
  measure: () =>
    repeat(5, async () => {
      const written = await receiveAll();
      return (await bareLoop(written)) / written.ms;
    })
};
