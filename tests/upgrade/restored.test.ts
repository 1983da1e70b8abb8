// An office put back from a backup of its first evening, and tablets with the receipts of each protocol.
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutboxChange, ReceiptRun } from '../../src/lib/data/database';
import { firstProtocolWithMarks } from '../../src/lib/protocol/version';
import { beginNewLife } from '../../src/lib/server/restored';
import { community } from '../support/codes';
import { fromJson } from './bytes';
import {
  openRecordedOffice,
  readRecording,
  rowsOf,
  tabletNames,
  versions,
  type RecordedOffice,
  type TabletName
} from './recordings';
import { wait, type Tablet } from './staff';

describe.each(versions)('receipts of protocol %i', (version) => {
  const recording = readRecording(version);
  let office: RecordedOffice;
  let tablets: Tablet[];

  beforeEach(async () => {
    office = await openRecordedOffice(recording, 'backup');
    await beginNewLife(office.store, new Date().toISOString());
    tablets = [];
    for (const name of tabletNames) tablets.push(await office.openTablet(recording.tablets[name]));
  });
  afterEach(async () => {
    for (const { database } of tablets) await database.delete();
    await office.close();
  });

  function acceptedOn(name: TabletName) {
    const outbox = rowsOf<OutboxChange>(recording.tablets[name], 'outbox');
    return rowsOf<ReceiptRun>(recording.tablets[name], 'receipts').flatMap((run) =>
      outbox
        .filter(({ order }) => run.from <= order && order <= run.to)
        .map(({ id, body, order }) => ({
          id,
          body,
          receivedAt: run.receivedAt,
          sequence: run.sequence + order - run.from
        }))
    );
  }

  const linesWaiting = async () => {
    const rows = await Promise.all(tablets.map(({ database }) => database.toHandBack.toArray()));
    return rows
      .flat()
      .map(({ line }) => line)
      .join('\n');
  };

  /** Of the tablets' own changes. */
  async function waitingKinds(): Promise<string[]> {
    const lines = (await linesWaiting()).split('\n').map((line) => JSON.parse(line) as { body?: string });
    return lines.flatMap(({ body }) => (body ? (JSON.parse(body) as { kind: string }).kind : []));
  }

  /** As often as one may wait for the other, and longer than what waits is left alone. */
  async function handBack() {
    for (let round = 0; round < 3; round++)
      for (const tablet of tablets) {
        expect(await tablet.sync()).toBe('done');
        wait(15);
      }
  }

  test('are believed: what they say was taken is there again, when it came and as it was', async () => {
    await handBack();
    const log = await office.store.connection
      .selectFrom('change')
      .select(['id', 'body', 'received_at', 'earlier_sequence'])
      .execute();
    const logged = new Map(log.map((row) => [row.id, row]));
    const waiting = await linesWaiting();
    let back = 0;
    for (const { id, body, receivedAt, sequence } of tabletNames.flatMap(acceptedOn)) {
      // What was done to a report of somebody whose tablet is not here waits for that.
      if (waiting.includes(JSON.stringify(body))) continue;
      back++;
      expect(logged.get(id), body).toEqual({
        id,
        body,
        received_at: receivedAt,
        earlier_sequence: sequence
      });
    }
    expect(back).toBeGreaterThan(20);
    expect(await waitingKinds()).toEqual([
      'case-opened',
      'case-dispatched',
      'detail-requested',
      'report-rejected'
    ]);
  });

  test('bring the pictures back as well', async () => {
    await handBack();
    const photos = rowsOf<{ id: string; state: string }>(recording.tablets.li, 'photos');
    const stored = photos.filter(({ state }) => state === 'stored');
    expect(stored.length).toBeGreaterThan(0);
    const pictures = rowsOf<{ photoId: string; bytes: unknown }>(recording.tablets.li, 'pictures');
    for (const { id } of stored) {
      const { bytes } = pictures.find(({ photoId }) => photoId === id)!;
      const lying = readFileSync(join(office.place, 'photos', community, id));
      expect(lying.equals(Buffer.from(fromJson(bytes) as ArrayBuffer))).toBe(true);
    }
  });

  // Before protocol 3 a receipt did not say what the office had set; no tablet of then opened a case.
  if (version < firstProtocolWithMarks) return;

  test('give a case its number and its limit again', async () => {
    await handBack();
    type Row = { record: { id: string; kind: string; number?: string; dueAt?: string } };
    const records = rowsOf<Row>(recording.tablets.wang, 'records').map(({ record }) => record);
    const rows = await office.store.connection
      .selectFrom('record')
      .select(['id', 'number', 'due_at'])
      .where('kind', '=', 'case')
      .where('state', '=', 'closed')
      .execute();
    const closed = rows.filter(({ due_at }) => due_at !== null);
    expect(closed.length).toBeGreaterThan(0);
    for (const { id, number, due_at } of closed)
      expect(records.find((record) => record.id === id)).toMatchObject({ number, dueAt: due_at });
  });
});
