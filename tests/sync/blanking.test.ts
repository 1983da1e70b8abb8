// Step 12: what a record says of people is made illegible at the office, and the tablets that hold it follow.
import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listUnsent } from '../../src/lib/data/outbox';
import { recordAct } from '../../src/lib/data/record';
import { takeIn } from '../../src/lib/data/take-in';
import { blank } from '../../src/lib/domain/blanking';
import { nobody } from '../../src/lib/domain/seen-record';
import { msToInstant } from '../../src/lib/domain/instant';
import type { ChangeId, PhotoId, RecordId, Sha256 } from '../../src/lib/domain/ids';
import { blankRecords } from '../../src/lib/server/blank';
import { placeOf, storeWholePhoto } from '../../src/lib/server/photo-store';
import { receive } from '../../src/lib/server/receive';
import { sealEntry, sha256Hex } from '../../src/lib/server/seal';
import { takeBack } from '../../src/lib/server/take-back';
import { firstWindow } from '../../src/lib/sync/plan';
import { pull as pullPages } from '../../src/lib/sync/pull';
import { push } from '../../src/lib/sync/push';
import { rebase } from '../../src/lib/sync/rebase';
import { newId, voiceFacts } from '../support/changes';
import { community, gridOne, hire, openOffice } from '../support/office';
import { openTablet } from '../support/tablet';

let office: Awaited<ReturnType<typeof openOffice>>;
let li: Awaited<ReturnType<typeof openTablet>>;
let chen: Awaited<ReturnType<typeof openTablet>>;
let nowMs = Date.parse('2026-11-20T01:00:00.000Z');
const secret = '张婆婆13800001234';
const now = () => msToInstant(nowMs);
const lies = { shape: 1, community } as const;

beforeEach(async () => {
  nowMs = Date.parse('2026-11-20T01:00:00.000Z');
  office = await openOffice();
  const employ = async (name: string) =>
    openTablet(
      office.store,
      await hire(office.store, name, [{ role: 'gridWorker', area: gridOne }]),
      () => nowMs
    );
  li = await employ('李平');
  chen = await employ('陈兰');
});
afterEach(() => office.close());

async function save(text = secret): Promise<RecordId> {
  await li.save({ text }, gridOne);
  return (await li.database.records.orderBy('id').last())!.id;
}

const followUp = (tablet: typeof li, recordId: RecordId) =>
  recordAct(
    tablet.author,
    'follow-up-noted',
    { recordId, whom: secret, channel: 'call', promise: secret },
    tablet.at()
  );
const amend = (tablet: typeof li, recordId: RecordId, from: string, to: string) =>
  recordAct(tablet.author, 'report-amended', { recordId, edits: { text: { from, to } } }, tablet.at());

const blankAll = (id: RecordId, what: 'contacts' | 'words' = 'words') =>
  blankRecords(office.store, community, [id], { what, why: 'request', author: nobody }, now());

async function dumpOf({ database }: typeof li): Promise<string> {
  return JSON.stringify(await Promise.all(database.tables.map((table) => table.toArray())));
}

/** Every row of every table of the office that a change can reach. */
async function dumpOfOffice(): Promise<string> {
  const tables = ['record', 'change', 'touch', 'outcome', 'photo'] as const;
  const rows = tables.map((table) => office.store.connection.selectFrom(table).selectAll().execute());
  return JSON.stringify(await Promise.all(rows));
}

const shownOn = async (tablet: typeof li, id: RecordId) => (await tablet.database.records.get(id))?.record;

describe('a blanked record', () => {
  test('says nothing of anybody at the office and, with the next pull, on no tablet; the thing stays', async () => {
    const id = await save();
    await followUp(li, id);
    await li.sync();
    await chen.sync();
    expect(await dumpOf(chen)).toContain('张婆婆');
    expect(await blankAll(id)).toEqual([id]);
    expect(await dumpOfOffice()).not.toContain('张婆婆');
    for (const tablet of [li, chen]) {
      await tablet.sync();
      expect(await dumpOf(tablet)).not.toContain('张婆婆');
      expect(await shownOn(tablet, id)).toMatchObject({
        text: blank,
        state: 'reported',
        categoryCode: 'C12'
      });
    }
  });

  test('keeps its words where only the contacts are due, and can still be amended', async () => {
    const id = await save('三楼漏水');
    await followUp(li, id);
    await li.sync();
    await blankAll(id, 'contacts');
    await li.sync();
    expect(await dumpOf(li)).not.toContain('张婆婆');
    expect(await shownOn(li, id)).toMatchObject({ text: '三楼漏水', followUps: [{ whom: blank }] });
    expect(await amend(li, id, '三楼漏水', '四楼漏水')).toEqual({ verdict: 'allowed' });
    await li.sync();
    await chen.sync();
    expect(await shownOn(chen, id)).toMatchObject({ text: '四楼漏水' });
  });

  test('does not get its words back by what a tablet wrote before it heard of it: that is kept and told', async () => {
    const id = await save();
    await li.sync();
    await amend(li, id, secret, `${secret}！`);
    await followUp(li, id);
    await blankAll(id);
    await li.sync();
    expect(await dumpOfOffice()).not.toContain('张婆婆');
    await chen.sync();
    expect(await dumpOf(chen)).not.toContain('张婆婆');
    const [item] = await listUnsent(li.database);
    expect(item?.changes.map(({ trouble }) => trouble?.refusal?.code)).toEqual([
      'personal-blanked',
      'personal-blanked'
    ]);
    expect(await shownOn(li, id)).toMatchObject({ text: blank, followUps: [] });
  });

  test('nor by what was laid over it before it was sent', async () => {
    const id = await save();
    await li.sync();
    li.link.weather = () => 'lost';
    for (let count = 0; count < 3; count++) await followUp(li, id);
    await blankAll(id);
    li.link.weather = () => 'fair';
    expect(await pullPages(li.context, community)).toBe('done');
    expect(await shownOn(li, id)).toMatchObject({ text: blank, followUps: [] });
    await li.sync();
    expect(await dumpOfOffice()).not.toContain('张婆婆');
  });

  test('takes new work of somebody who has seen it', async () => {
    const id = await save();
    await li.sync();
    await blankAll(id);
    await chen.sync();
    await recordAct(chen.author, 'comment-added', { recordId: id, text: '已看过现场' }, chen.at());
    await chen.sync();
    expect(await listUnsent(chen.database)).toEqual([]);
    await li.sync();
    expect(await shownOn(li, id)).toMatchObject({ comments: [{ text: '已看过现场' }] });
  });

  test('forgets what a conflict showed', async () => {
    const id = await save();
    await li.sync();
    await chen.sync();
    await amend(li, id, secret, '改过了');
    await li.sync();
    // Somebody else's copy of the old text, changed there as well: remembered with what both sides said.
    const actor = { account: li.author.account, grants: [{ role: 'gridWorker' as const, area: gridOne }] };
    const edits = { text: { from: secret, to: `${secret}？` } };
    const facts = { recordId: id, edits };
    const head = {
      ...lies,
      id: newId(),
      author: li.author.account,
      device: newId(),
      at: now(),
      baseVersion: 1
    };
    const [answer] = await receive(
      office.store,
      { actor, device: newId() },
      [JSON.stringify({ ...head, kind: 'report-amended', facts })],
      now()
    );
    expect(answer).toMatchObject({ status: 'conflict' });
    expect(await dumpOfOffice()).toContain('？');
    await blankAll(id);
    expect(await dumpOfOffice()).not.toContain('张婆婆');
  });

  test('is known by its old bytes, and takes along what came with a late receipt', async () => {
    const id = await save();
    await followUp(li, id);
    li.link.weather = () => 'answer-lost';
    await push(li.context, firstWindow);
    li.link.weather = () => 'fair';
    await blankAll(id);
    await pullPages(li.context, community);
    await li.sync();
    expect(await listUnsent(li.database)).toEqual([]);
    expect(await dumpOf(li)).not.toContain('张婆婆');
  });

  test('takes along again what an old lifeline file brings back', async () => {
    const id = await save();
    await followUp(li, id);
    await li.sync();
    const old = await li.database.outbox.toArray();
    await blankAll(id);
    await li.sync();
    await takeIn(li.database, { changes: old, drafts: [] }, (bases, unsent) =>
      rebase(bases, unsent, li.author.rulesOf)
    );
    await li.sync();
    expect(await dumpOf(li)).not.toContain('张婆婆');
    expect(await shownOn(li, id)).toMatchObject({ text: blank });
  });

  test('loses its voices, row and bytes', async () => {
    const id = await save();
    const bytes = new TextEncoder().encode('三楼张婆婆');
    const sha256 = sha256Hex(bytes) as Sha256;
    const voice = { ...voiceFacts(newId<PhotoId>()), bytes: bytes.length, sha256 };
    await recordAct(li.author, 'voice-attached', { recordId: id, voice }, li.at());
    await li.sync();
    const [row] = await office.store.connection.selectFrom('photo').selectAll().execute();
    await storeWholePhoto(office.store, community, voice.id, bytes);
    const file = placeOf(office.store, row!);
    expect(existsSync(file)).toBe(true);
    await blankAll(id, 'contacts');
    expect(await office.store.connection.selectFrom('photo').selectAll().execute()).toEqual([]);
    expect(existsSync(file)).toBe(false);
    await li.sync();
    expect(await shownOn(li, id)).toMatchObject({ voices: [], voiceIds: [] });
    expect(await li.database.outbox.toArray()).toHaveLength(1);
  });

  test('gets nothing back from what a tablet hands back to a restored store', async () => {
    const id = await save();
    await li.sync();
    await blankAll(id);
    const actor = { account: li.author.account, grants: [{ role: 'gridWorker' as const, area: gridOne }] };
    const entry = {
      id: newId<ChangeId>(),
      kind: 'follow-up-noted' as const,
      at: now(),
      author: li.author.account,
      facts: { recordId: id, whom: secret, channel: 'call', promise: secret }
    };
    const sequence = 7;
    const seal = sealEntry(office.store.sealKey, community, { ...entry, sequence, receivedAt: now() });
    const lines = [{ sequence, receivedAt: now(), seal, entry }];
    const sender = { actor, device: li.author.device };
    expect(await takeBack(office.store, sender, community, lines as never, now())).toEqual(['taken']);
    expect(await dumpOfOffice()).not.toContain('张婆婆');
    await chen.sync();
    expect(await shownOn(chen, id)).toMatchObject({ followUps: [{ whom: blank }] });
  });
});
