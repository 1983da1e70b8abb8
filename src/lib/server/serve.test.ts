import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { caseStory, changeOf, issueFacts, newId, photoFacts } from '../../../tests/support/changes';
import { community, gridOne, gridTwo, otherCommunity } from '../../../tests/support/codes';
import {
  by,
  commentOn,
  issueBy,
  later,
  now,
  openCounter,
  type Counter
} from '../../../tests/support/counter';
import { hire } from '../../../tests/support/office';
import type { Change } from '../domain/changes';
import type { Actor, Grant } from '../domain/grant';
import type { DeviceId, RecordId } from '../domain/ids';
import { PullReply, type Cursor } from '../protocol/pull';
import { protocolVersion } from '../protocol/version';
import { serverDevice } from './photo-store';
import { receive } from './receive';
import { pull } from './serve';

let office: Counter;
beforeEach(async () => {
  office = await openCounter();
});
afterEach(() => office.close());

const reader = newId<DeviceId>();

const firstFrom = (code: string) => ({ protocol: protocolVersion, device: reader, community: code });

async function page(actor: Actor, cursor?: Cursor, device = reader, size?: number) {
  const request = { protocol: protocolVersion, device, community, cursor };
  const reply = await pull(office.store, actor, request, now, size);
  return PullReply.parse(JSON.parse(JSON.stringify(reply)));
}

/** Every page from this cursor on, as a tablet reads them. */
async function readAll(actor: Actor, cursor?: Cursor, device = reader, size?: number) {
  const rows = new Map<string, PullReply['rows'][number]['record']>();
  const leftScope: string[] = [];
  for (;;) {
    const reply = await page(actor, cursor, device, size);
    reply.rows.forEach(({ record }) => rows.set(record.id, record));
    reply.leftScope.forEach((id) => (rows.delete(id), leftScope.push(id)));
    cursor = reply.cursor;
    if (!reply.more) return { rows, leftScope, cursor };
  }
}
const idsSeenBy = async (actor: Actor, cursor?: Cursor) => [...(await readAll(actor, cursor)).rows.keys()];

const employ = (name: string, role: Grant['role'], area: string, more: Partial<Grant> = {}) =>
  hire(office.store, name, [{ role, area, ...more }]);

describe('what a tablet is told', () => {
  it('is what its account may see, and nothing else', async () => {
    const { li, he, wang } = office;
    const open = issueBy(li);
    const hidden = issueBy(li, { communityOnly: true });
    const neighbours = issueBy(he, { ownerGridCode: gridTwo });
    const lamp = issueBy(he, {
      ownerGridCode: gridTwo,
      publicFacility: true,
      place: { source: 'map', gridCode: `${gridOne}01` }
    });
    await office.send(li, [open, hidden]);
    await office.send(he, [neighbours, lamp]);
    const id = (change: Change<'issue-recorded'>) => change.facts.recordId as string;
    const colleague = await employ('小赵', 'gridWorker', gridOne);
    const volunteer = await employ('周孃孃', 'microGridWorker', `${gridOne}01`);
    expect(await idsSeenBy(li)).toEqual([id(open), id(hidden)]);
    expect(await idsSeenBy(colleague)).toEqual([id(open)]);
    expect(await idsSeenBy(he)).toEqual([id(neighbours), id(lamp)]);
    expect(await idsSeenBy(wang)).toEqual([open, hidden, neighbours, lamp].map(id));
    expect(await idsSeenBy(volunteer)).toEqual([id(lamp)]);
    expect(await idsSeenBy({ ...li, grants: [] })).toEqual([]);
  });

  it('comes with its history, but for the change that made it', async () => {
    const { li, wang } = office;
    const { recorded, opened, issueId, caseId } = caseStory();
    await office.send(li, [{ ...recorded, ...by(li) }, commentOn(issueId, li, '快来')]);
    await office.send(wang, [{ ...opened, ...by(wang) }]);
    const { rows } = await page(li);
    const history = (id: string) => rows.find(({ record }) => record.id === id)!.history;
    expect(history(issueId)).toMatchObject([
      {
        kind: 'comment-added',
        facts: { text: '快来' },
        author: li.account,
        authorName: '李平',
        receivedAt: now
      },
      { kind: 'case-opened', authorName: '王丽' }
    ]);
    expect(history(caseId)).toEqual([]);
  });

  it('leaves tracks and marks of stored photos out of the history', async () => {
    const { li } = office;
    const patrolId = newId<RecordId>();
    const started = changeOf('patrol-started', { recordId: patrolId, ownerGridCode: gridOne }, by(li));
    const ended = changeOf('patrol-ended', { recordId: patrolId, note: '' }, by(li, 1));
    await office.send(li, [started, ended]);
    const { rows } = await page(li);
    expect(rows[0]!.history.map(({ kind }) => kind)).toEqual(['patrol-ended']);
  });

  it('has nobody’s patrol in it but one’s own', async () => {
    const { li, wang } = office;
    const patrolId = newId<RecordId>();
    const start = changeOf('patrol-started', { recordId: patrolId, ownerGridCode: gridOne }, by(li));
    await office.send(li, [start, changeOf('patrol-paused', { recordId: patrolId }, by(li, 1))]);
    expect(await idsSeenBy(li)).toEqual([patrolId]);
    const colleague = await employ('小赵', 'gridWorker', gridOne);
    const lead = await employ('网格长', 'gridLead', gridOne);
    const street = await employ('街道', 'streetOfficer', '510108011');
    for (const other of [colleague, lead, wang, street]) expect(await idsSeenBy(other)).toEqual([]);
    // A refusal tells nothing of it either.
    const receipts = await office.send(colleague, [commentOn(patrolId, colleague)]);
    expect(receipts).toMatchObject([{ status: 'refused', refusal: { code: 'unknown-record' }, records: [] }]);
  });

  it('is only what the facts of a change are, whatever else its bytes hold', async () => {
    const { li } = office;
    const issue = issueBy(li);
    const comment = JSON.stringify(commentOn(issue.facts.recordId, li));
    const depth = 25_000;
    const deep = comment.replace('"text"', `"deep":${'['.repeat(depth)}${']'.repeat(depth)},"text"`);
    await office.send(li, [issue, deep]);
    const { rows } = await page(li);
    expect(rows[0]!.history[0]!.facts).toEqual({ recordId: issue.facts.recordId, text: '好' });
  });

  it('spares a volunteer what was said about residents', async () => {
    const { li } = office;
    const place = { source: 'map' as const, gridCode: `${gridOne}01` };
    const lamp = issueBy(li, { publicFacility: true, place });
    const { recordId } = lamp.facts;
    const followUp = { recordId, whom: '刘婆婆', channel: 'call' as const, promise: '' };
    await office.send(li, [
      lamp,
      changeOf('follow-up-noted', followUp, by(li, 1)),
      commentOn(recordId, li, '刘婆婆在家', 2),
      changeOf('report-amended', { recordId, edits: { solvedOnSpot: { from: false, to: true } } }, by(li, 3))
    ]);
    const volunteer = await employ('周孃孃', 'microGridWorker', `${gridOne}01`);
    const reply = await page(volunteer);
    expect(reply.rows).toMatchObject([
      { record: { id: recordId, version: 4 }, history: [{ kind: 'report-amended' }] }
    ]);
    for (const told of ['刘婆婆', '李平', li.account]) {
      expect(JSON.stringify(reply)).not.toContain(told);
      expect(JSON.stringify(await page(li))).toContain(told);
    }
    expect(reply.rows[0]!.history[0]).toMatchObject({ author: '', by: 'worker' });
  });

  it('comes by the grants that work on tablets: a unit’s cases stay at its desk', async () => {
    const { li, wang } = office;
    const { recorded, opened, dispatched, caseId } = caseStory();
    const facts = { ...dispatched.facts, unit: office.unit };
    await office.send(li, [{ ...recorded, ...by(li) }]);
    await office.send(wang, [{ ...opened, ...by(wang) }, changeOf('case-dispatched', facts, by(wang, 1))]);
    const grants: Grant[] = [
      { role: 'gridWorker', area: gridTwo },
      { role: 'unitHandler', area: community, unit: office.unit },
      { role: 'streetOfficer', area: community }
    ];
    const both = await hire(office.store, '兼职', grants);
    const reply = await page(both);
    expect(reply.rows).toEqual([]);
    expect(JSON.stringify(reply)).not.toContain(caseId);
  });

  it('is nothing at all of a community that is not there', async () => {
    expect(await pull(office.store, office.wang, firstFrom('510108011099'), now)).toBeNull();
  });
});

describe('the cursor', () => {
  test.each([2, 3, 7, 1000])('read by pages of %i shows everything once it is through', async (size) => {
    const { li, wang } = office;
    const { recorded, opened, issueId } = caseStory();
    const issues = Array.from({ length: 9 }, () => issueBy(li));
    await office.send(li, [...issues.slice(0, 4), { ...recorded, ...by(li) }, ...issues.slice(4)]);
    await office.send(wang, [{ ...opened, ...by(wang) }, commentOn(issueId, wang, '好', 3)]);
    const { rows, cursor } = await readAll(wang, undefined, reader, size);
    expect(rows.size).toBe(11);
    expect(rows.get(issueId)).toMatchObject({ version: 3, comments: [{ text: '好' }] });
    expect(cursor.sequence).toBe(12);
    expect((await page(wang, cursor)).rows).toEqual([]);
  });

  it('moves past what may not be seen', async () => {
    const { li, he } = office;
    await office.send(li, [issueBy(li), issueBy(li), issueBy(li)]);
    expect(await page(he)).toMatchObject({ rows: [], cursor: { sequence: 3 }, more: false });
    expect(await page(he, undefined, reader, 2)).toMatchObject({
      rows: [],
      cursor: { sequence: 2 },
      more: true
    });
  });

  it('reads on from where it stands', async () => {
    const { li, wang } = office;
    await office.send(li, [issueBy(li)]);
    const { cursor } = await page(wang);
    const next = issueBy(li);
    await office.send(li, [next]);
    expect(await idsSeenBy(wang, cursor)).toEqual([next.facts.recordId]);
  });

  test('ahead of the store, without a true mark, starts from the beginning', async () => {
    const { li, wang } = office;
    await office.send(li, [issueBy(li), issueBy(li)]);
    const { cursor } = await page(wang);
    const again = await page(wang, { ...cursor, sequence: cursor.sequence + 1 });
    expect(again.rows).toHaveLength(2);
    expect(again.cursor).toEqual(cursor);
  });

  test('of another life of the store is told so, and where to begin', async () => {
    const { li, wang } = office;
    await office.send(li, [issueBy(li), issueBy(li)]);
    const { cursor } = await page(wang);
    const told = await page(wang, { ...cursor, epoch: 'another' });
    const begin = { epoch: office.store.epoch, sequence: 0 };
    expect(told).toMatchObject({ anew: 'restored', cursor: begin, more: true, rows: [], leftScope: [] });
    expect((await page(wang, told.cursor)).rows).toHaveLength(2);
  });
});

describe('a record that moves', () => {
  const amend = (recordId: RecordId, from: boolean, to: boolean, actor: Actor) =>
    changeOf('report-amended', { recordId, edits: { communityOnly: { from, to } } }, by(actor, 1));

  it('out of sight is named as gone to who saw it, to nobody else', async () => {
    const { li, he } = office;
    const issue = issueBy(li);
    const { recordId } = issue.facts;
    await office.send(li, [issue]);
    const colleague = await employ('小赵', 'gridWorker', gridOne);
    const seen = await page(colleague);
    const blind = await page(he);
    await office.send(li, [amend(recordId, false, true, li)]);
    expect(await page(colleague, seen.cursor)).toMatchObject({ rows: [], leftScope: [recordId] });
    expect(await page(he, blind.cursor)).toMatchObject({ rows: [], leftScope: [] });
    expect(await page(li, seen.cursor)).toMatchObject({
      rows: [{ record: { id: recordId } }],
      leftScope: []
    });
  });

  it('into sight comes whole', async () => {
    const { li } = office;
    const issue = issueBy(li, { communityOnly: true });
    const { recordId } = issue.facts;
    await office.send(li, [issue, commentOn(recordId, li)]);
    const colleague = await employ('小赵', 'gridWorker', gridOne);
    const { cursor, rows } = await page(colleague);
    expect(rows).toEqual([]);
    await office.send(li, [amend(recordId, true, false, li)]);
    expect(await page(colleague, cursor)).toMatchObject({
      rows: [{ record: { id: recordId, comments: [{ text: '好' }] } }]
    });
  });

  test.each([2, 100])('out and in again, read by pages of %i, is there in the end', async (size) => {
    const { li } = office;
    const issue = issueBy(li);
    const { recordId } = issue.facts;
    await office.send(li, [issue]);
    const colleague = await employ('小赵', 'gridWorker', gridOne);
    const { cursor } = await page(colleague);
    await office.send(li, [amend(recordId, false, true, li), issueBy(li), amend(recordId, true, false, li)]);
    const { rows } = await readAll(colleague, cursor, reader, size);
    expect(rows.get(recordId)).toMatchObject({ version: 3 });
  });

  it('from one unit to the next is not told to either by pull', async () => {
    const handler = await employ('张师傅', 'unitHandler', community, { unit: office.unit });
    await office.send(office.li, [issueBy(office.li)]);
    expect((await page(handler)).rows).toEqual([]);
  });
});

describe('one’s own writes', () => {
  it('are not echoed to the device that made them, but to the other one', async () => {
    const { li } = office;
    await office.send(li, [issueBy(li)]);
    const { cursor } = await page(li, undefined, office.device);
    await office.send(li, [issueBy(li)]);
    expect((await page(li, cursor, office.device)).rows).toEqual([]);
    expect((await page(li, cursor)).rows).toHaveLength(1);
  });

  it('are told to another account on the same tablet', async () => {
    const { li } = office;
    await office.send(li, [issueBy(li)]);
    const colleague = await employ('小赵', 'gridWorker', gridOne);
    const { cursor } = await page(colleague, undefined, office.device);
    await office.send(li, [issueBy(li)]);
    expect((await page(colleague, cursor, office.device)).rows).toHaveLength(1);
  });

  it('are not told to a tablet that has never pulled but says since when it holds them', async () => {
    const { li, wang } = office;
    const lost = issueBy(li);
    const held = issueBy(li);
    const answered = issueBy(li);
    await office.send(li, [lost, held, answered]);
    await office.send(wang, [commentOn(answered.facts.recordId, wang, '好')]);
    const began = { protocol: protocolVersion, device: office.device, community, ownSince: 2 };
    const read = (cursor?: Cursor) => pull(office.store, li, { ...began, cursor }, now, 2);
    const first = await read();
    expect(first!.rows.map(({ record }) => record.id)).toEqual([lost.facts.recordId]);
    const second = await read(first!.cursor);
    expect(second!.rows.map(({ record }) => record.id)).toEqual([answered.facts.recordId]);
    expect(await read({ epoch: office.store.epoch, sequence: 0 })).toMatchObject({ rows: [{}, {}] });
  });

  it('come back whole to a tablet that lost everything, page by page, and are no echo until it has them', async () => {
    const { li } = office;
    await office.send(
      li,
      Array.from({ length: 7 }, () => issueBy(li))
    );
    const { rows, cursor } = await readAll(li, undefined, office.device, 2);
    expect(rows.size).toBe(7);
    await office.send(li, [issueBy(li)]);
    expect((await page(li, cursor, office.device)).rows).toEqual([]);
  });

  it('are told with what somebody else, or the server, made of them', async () => {
    const { li, wang } = office;
    const issue = issueBy(li);
    await office.send(li, [issue]);
    const { cursor } = await page(li, undefined, office.device);
    const { recordId } = issue.facts;
    const photo = photoFacts(newId());
    await office.send(li, [changeOf('photo-attached', { recordId, photo }, by(li, 1))]);
    const facts = { recordId, photoId: photo.id, storedAt: later };
    const stored = { ...changeOf('photo-stored', facts, by(li, 2)), device: serverDevice };
    await receive(office.store, { actor: 'server', device: serverDevice }, [JSON.stringify(stored)], later);
    const told = await page(li, cursor, office.device);
    expect(told.rows).toMatchObject([{ record: { photos: [{ storedAt: later }] } }]);
    await office.send(li, [commentOn(recordId, li, '好', 3)]);
    await receive(
      office.store,
      { actor: wang, device: newId() },
      [JSON.stringify(changeOf('record-opened', { recordId }, by(wang, 4)))],
      later
    );
    expect((await page(li, told.cursor, office.device)).rows).toMatchObject([{ record: { version: 5 } }]);
  });
});

test('two communities keep their records apart', async () => {
  const both = await hire(office.store, '双', [
    { role: 'communityOfficer', area: community },
    { role: 'communityOfficer', area: otherCommunity }
  ]);
  const there = changeOf(
    'issue-recorded',
    issueFacts(newId(), { ownerGridCode: `${otherCommunity}001` }),
    by(both)
  );
  await office.send(both, [issueBy(both), { ...there, community: otherCommunity }]);
  const reply = await pull(office.store, both, firstFrom(otherCommunity), now);
  expect(reply!.rows.map(({ record }) => record.id)).toEqual([there.facts.recordId]);
  expect((await page(both)).rows).toHaveLength(1);
});

describe('a kind of record that older tablets cannot store', () => {
  const kinds = ['issue', 'need', 'case', 'patrol', 'handover'];
  const handover = (actor: Actor) =>
    changeOf(
      'shift-handed-over',
      { recordId: newId(), ownerGridCode: gridOne, note: '送药', itemIds: [] },
      by(actor)
    );
  const ask = async (actor: Actor, cursor?: Cursor, known?: string[], size?: number) => {
    const request = { protocol: protocolVersion, device: reader, community, cursor, kinds: known };
    return PullReply.parse(JSON.parse(JSON.stringify(await pull(office.store, actor, request, now, size))));
  };
  const idsIn = ({ rows }: PullReply) => rows.map(({ record }) => record.id as string);

  it('is kept from who does not say that it can, and comes once it does', async () => {
    const { li } = office;
    const colleague = await employ('小赵', 'gridWorker', gridOne);
    const [given, lamp] = [handover(li), issueBy(li)];
    await office.send(li, [given, lamp]);
    const old = await ask(colleague);
    expect(idsIn(old)).toEqual([lamp.facts.recordId]);
    expect(old.cursor).not.toHaveProperty('kinds');
    // Updated: beside the head comes what it could not store before, and nothing twice.
    const first = await ask(colleague, old.cursor, kinds);
    expect(idsIn(first)).toEqual([given.facts.recordId]);
    expect(idsIn(await ask(colleague, first.cursor, kinds))).toEqual([]);
    // One that says it from the first has nothing to catch up with.
    const fresh = await ask(colleague, undefined, kinds);
    expect(idsIn(fresh).sort()).toEqual([given.facts.recordId, lamp.facts.recordId].sort());
    expect(fresh).toMatchObject({ more: false, cursor: { kinds } });
    expect(fresh.cursor.backfill).toBeUndefined();
  });

  it('comes page by page, also where the grants change on the way', async () => {
    const { li } = office;
    const colleague = await employ('小赵', 'gridWorker', gridOne);
    const given = Array.from({ length: 5 }, () => handover(li));
    await office.send(li, [...given, ...Array.from({ length: 5 }, () => issueBy(li))]);
    let { cursor } = await ask(colleague);
    const came = new Set<string>();
    for (let pages = 0, more = true; more; pages++) {
      if (pages === 1) colleague.grants = [{ role: 'gridLead', area: gridOne }];
      const page = await ask(colleague, cursor, kinds, 3);
      idsIn(page).forEach((id) => came.add(id));
      ({ cursor, more } = page);
    }
    for (const { facts } of given) expect(came).toContain(facts.recordId);
  });

  it('is the grid workers’ and the office’s, and nobody else’s', async () => {
    const { li, he, wang } = office;
    const given = handover(li);
    await office.send(li, [given]);
    const lead = await employ('刘网格长', 'gridLead', community);
    const volunteer = await employ('周孃孃', 'microGridWorker', gridOne);
    const seesIt = async (actor: Actor) => idsIn(await ask(actor, undefined, kinds)).length > 0;
    for (const actor of [li, wang, lead]) expect(await seesIt(actor)).toBe(true);
    for (const actor of [he, volunteer]) expect(await seesIt(actor)).toBe(false);
  });
});
