// A tablet of each protocol that goes on as it is, at today's office.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import type { OutboxChange } from '../../src/lib/data/database';
import type { Grant } from '../../src/lib/domain/grant';
import type { DeviceId, RecordId } from '../../src/lib/domain/ids';
import { receiptedCount } from '../../src/lib/protocol/push';
import { firstProtocolWithMarks, firstProtocolWithScopes } from '../../src/lib/protocol/version';
import { eraseRecord, forgetTombstones } from '../../src/lib/server/erase';
import { receive } from '../../src/lib/server/receive';
import { beginNewLife } from '../../src/lib/server/restored';
import { community, gridOne, gridTwo } from '../support/codes';
import { officeViewFor } from '../support/views';
import { openOldClient } from './old-client';
import { openRecordedOffice, readRecording, rowsOf, versions, type RecordedOffice } from './recordings';

const now = () => new Date().toISOString();
const worksIn = (area: string): Grant => ({ role: 'gridWorker', area });

describe.each(versions)('a tablet of protocol %i that was never updated', (version) => {
  const recording = readRecording(version);
  const knows = {
    scopes: version >= firstProtocolWithScopes,
    marks: version >= firstProtocolWithMarks
  };
  let office: RecordedOffice;
  let client: ReturnType<typeof openOldClient>;

  beforeEach(async () => {
    office = await openRecordedOffice(recording);
    client = openOldClient(version, recording, office);
  });
  afterEach(() => office.close());

  const visible = async () => Object.keys(await officeViewFor(office.store, client.session, now())).sort();
  const rowsIn = (pages: { rows: unknown[] }[]) => pages.reduce((sum, { rows }) => sum + rows.length, 0);

  /** A record the tablet has read and the office has. */
  async function someRecord(): Promise<RecordId> {
    const ids = await visible();
    return [...client.records.keys()].find((id) => ids.includes(id))!;
  }

  test('reads everything it may see, and then nothing more', async () => {
    client.beginAnew();
    const pages = await client.read();
    expect(pages.length).toBeGreaterThan(3);
    expect([...client.records.keys()].sort()).toEqual(await visible());
    expect(rowsIn(await client.read())).toBe(0);
  });

  test('never hears of a kind of record it cannot store', async () => {
    await client.read();
    const [grant] = client.session.grants;
    const giver = office.sessions.get(recording.tablets.wang.account)!;
    giver.grants = [...giver.grants, worksIn(grant!.area)];
    const facts = { recordId: uuidV7(), ownerGridCode: grant!.area, note: '送药', itemIds: [] };
    const given = {
      ...{ id: uuidV7(), kind: 'shift-handed-over', shape: 1, community, author: giver.account },
      ...{ device: uuidV7(), at: now(), baseVersion: 0, facts }
    };
    const sender = { actor: giver, device: given.device as DeviceId };
    const [receipt] = await receive(office.store, sender, [JSON.stringify(given)], now());
    expect(receipt).toMatchObject({ status: 'accepted' });
    expect(await visible()).toContain(facts.recordId);
    expect(rowsIn(await client.read())).toBe(0);
    client.session.grants = [...client.session.grants, worksIn(gridTwo)];
    await client.read();
    client.beginAnew();
    await client.read();
    expect([...client.records.keys()]).not.toContain(facts.recordId);
  });

  test('hands in its work, and each change gets a receipt it can read', async () => {
    const settled = rowsOf<{ key: string; value: number }>(recording.tablets.li, 'settings');
    const through = settled.find(({ key }) => key === 'settledThrough')!.value;
    const fresh = rowsOf<OutboxChange>(recording.tablets.li, 'outbox').filter(({ order }) => order > through);
    expect(fresh.length).toBeGreaterThan(10);
    const { receipts } = await client.push(fresh.map(({ body }) => body));
    expect(receiptedCount(receipts)).toBe(fresh.length);
    expect(receipts.map(({ status }) => status)).toEqual(receipts.map(() => 'accepted'));
    const log = await office.store.connection.selectFrom('change').select('body').execute();
    expect(log.map(({ body }) => body)).toEqual(expect.arrayContaining(fresh.map(({ body }) => body)));
  });

  test('takes away what was erased, and what it does to it is refused in words it knows', async () => {
    const id = await someRecord();
    await eraseRecord(office.store, community, id, now());
    const pages = await client.read();
    expect(client.records.has(id)).toBe(false);
    expect(pages.some(({ anew }) => anew)).toBe(false);
    expect(rowsIn(pages)).toBe(0);
    const change = {
      id: uuidV7(),
      kind: 'comment-added',
      shape: 1,
      community,
      author: client.account,
      device: client.device,
      at: now(),
      baseVersion: 1,
      facts: { recordId: id, text: '还在吗' }
    };
    const { receipts } = await client.push([JSON.stringify(change)]);
    const code = knows.scopes ? 'record-erased' : 'upgrade-needed';
    expect(receipts).toMatchObject([{ status: 'refused', refusal: { code } }]);
  });

  test('does not read everything again and again because its grants have changed', async () => {
    await client.read();
    client.session.grants = [worksIn(gridOne), worksIn(gridTwo)];
    await client.read();
    if (knows.scopes) expect([...client.records.keys()]).toEqual(expect.arrayContaining(await visible()));
    for (let time = 0; time < 2; time++) {
      const pages = await client.read();
      expect(pages).toHaveLength(1);
      expect(rowsIn(pages)).toBe(0);
    }
  });

  test('reads a restored office once more, and ends', async () => {
    await beginNewLife(office.store, now());
    const first = await client.read();
    expect(first.map(({ anew }) => anew).filter(Boolean)).toEqual(knows.marks ? ['restored'] : []);
    const ids = new Set(first.flatMap(({ rows }) => rows.map(({ record }) => record.id)));
    expect([...ids].sort()).toEqual(await visible());
    expect(rowsIn(await client.read())).toBe(0);
  });

  test('that was away for longer than tombstones live reads once more, and ends', async () => {
    await eraseRecord(office.store, community, await someRecord(), now());
    await forgetTombstones(office.store, '2099-01-01T00:00:00.000Z');
    const first = await client.read();
    expect(first.map(({ anew }) => anew).filter(Boolean)).toEqual(knows.scopes ? ['too-old'] : []);
    const ids = new Set(first.flatMap(({ rows }) => rows.map(({ record }) => record.id)));
    expect([...ids].sort()).toEqual(await visible());
    expect(rowsIn(await client.read())).toBe(0);
  });
});
