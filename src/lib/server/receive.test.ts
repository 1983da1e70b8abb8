import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { caseStory, changeOf, issueFacts, newId, photoFacts } from '../../../tests/support/changes';
import { community, gridOne, gridTwo, hire, openOffice, otherCommunity } from '../../../tests/support/office';
import type { Change } from '../domain/changes';
import { commentAdded } from '../domain/changes/comment-added';
import type { Actor, Grant } from '../domain/grant';
import type { ChangeId, DeviceId, RecordId } from '../domain/ids';
import type { Receipt } from '../protocol/receipt';
import { receive } from './receive';
import { loadRecords } from './records/records';
import { seal, sha256Hex } from './seal';

let office: Awaited<ReturnType<typeof openOffice>>;
let li: Actor;
let he: Actor;
let wang: Actor;
const now = '2026-11-20T02:00:00.000Z';
const later = '2026-11-20T03:00:00.000Z';
const device = newId<DeviceId>();

beforeEach(async () => {
  office = await openOffice();
  const employ = (name: string, role: Grant['role'], area: string) =>
    hire(office.store, name, [{ role, area }]);
  li = await employ('李平', 'gridWorker', gridOne);
  he = await employ('小何', 'gridWorker', gridTwo);
  wang = await employ('王丽', 'communityOfficer', community);
});
afterEach(() => {
  vi.restoreAllMocks();
  return office.close();
});

const by = (actor: Actor, baseVersion = 0) => ({ author: actor.account, baseVersion });
const bodyOf = (change: object) => JSON.stringify(change);
const send = (actor: Actor, changes: (Change | string)[], at = now) =>
  receive(
    office.store,
    { actor, device },
    changes.map((one) => (typeof one === 'string' ? one : bodyOf(one))),
    at
  );
const outcomes = (receipts: Receipt[]) =>
  receipts.flatMap((receipt) => {
    if (receipt.status === 'accepted') return Array<string>(receipt.count).fill('accepted');
    return [receipt.status === 'refused' ? receipt.refusal.code : receipt.status];
  });

/** Everything the store knows of records and changes, to see that nothing moved. */
async function everything() {
  const tables = ['record', 'change', 'touch', 'outcome', 'photo', 'case_counter', 'community'] as const;
  const rows = tables.map((table) => office.store.connection.selectFrom(table).selectAll().execute());
  return JSON.stringify(await Promise.all(rows));
}

async function recordOf(id: RecordId) {
  return (await loadRecords(office.store.connection, community, [id])).get(id);
}

const issueBy = (actor: Actor, more: Parameters<typeof issueFacts>[1] = {}) =>
  changeOf('issue-recorded', issueFacts(newId(), more), by(actor));
const commentOn = (recordId: RecordId, actor: Actor, text = '好', baseVersion = 1) =>
  changeOf('comment-added', { recordId, text }, by(actor, baseVersion));
const withRecords = (receipt: Receipt | undefined) =>
  receipt && 'records' in receipt ? receipt.records : [];

describe('an accepted change', () => {
  it('is stored as the bytes its device made, with its sequence, and its record with it', async () => {
    const issue = issueBy(li);
    const body = `{"extra": "kept",  ${bodyOf(issue).slice(1)}`;
    const [receipt] = await send(li, [body]);
    expect(receipt).toEqual({
      status: 'accepted',
      count: 1,
      sequence: 1,
      receivedAt: now,
      seals: [seal(office.store.sealKey, issue.id, sha256Hex(body), 1, 1)],
      records: []
    });
    const row = await office.store.connection.selectFrom('change').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      id: issue.id,
      body,
      sha256: sha256Hex(body),
      at: issue.at,
      received_at: now,
      device
    });
    expect(await recordOf(issue.facts.recordId)).toMatchObject({ version: 1, receivedAt: now, at: issue.at });
  });

  it('shares one entry with its neighbours', async () => {
    const issues = [issueBy(li), issueBy(li), issueBy(li)];
    const receipts = await send(li, issues);
    expect(receipts).toMatchObject([{ status: 'accepted', count: 3, sequence: 1 }]);
    expect(receipts[0]).toHaveProperty('seals.length', 3);
  });

  it('tells the record where the sender cannot know it: another version, a case number, a limit', async () => {
    const { recorded, opened, dispatched, issueId, caseId } = caseStory();
    await send(li, [{ ...recorded, ...by(li) }]);
    const [same] = await send(li, [commentOn(issueId, li, '一')]);
    expect(withRecords(same)).toEqual([]);
    const [other] = await send(wang, [commentOn(issueId, wang, '二')]);
    expect(withRecords(other)).toMatchObject([{ id: issueId, version: 3 }]);
    const [number] = await send(wang, [{ ...opened, ...by(wang) }]);
    expect(withRecords(number)).toMatchObject([
      { id: caseId, number: '长天路-2026-0001' },
      { id: issueId, caseId }
    ]);
    const facts = { ...dispatched.facts, unit: office.unit };
    const [limit] = await send(wang, [changeOf('case-dispatched', facts, by(wang, 1))]);
    expect(withRecords(limit)).toMatchObject([
      { id: caseId, dueAt: expect.stringMatching(/^2026-11-2/) as string }
    ]);
  });

  it('tells the record as it is after the whole request, once', async () => {
    const { recorded, opened, issueId, caseId } = caseStory();
    await send(li, [{ ...recorded, ...by(li) }]);
    const comments = Array.from({ length: 250 }, (_, index) =>
      commentOn(caseId, wang, String(index), index + 1)
    );
    const receipts = await send(wang, [{ ...opened, ...by(wang) }, ...comments]);
    expect(outcomes(receipts)).toEqual(Array(251).fill('accepted'));
    const told = receipts.flatMap(withRecords);
    expect(told.map(({ id }) => id).sort()).toEqual([caseId, issueId].sort());
    expect(told.find(({ id }) => id === caseId)).toMatchObject({ version: 251 });
  });

  it('wakes who listens, and only if there is something new', async () => {
    const heard: number[] = [];
    office.store.live.listen([community], ({ sequence }) => heard.push(sequence));
    const issue = issueBy(li);
    await send(li, [issue]);
    await send(li, [issue]);
    await send(he, [commentOn(issue.facts.recordId, he)]);
    expect(heard).toEqual([1]);
  });

  it('stays accepted where a listener breaks', async () => {
    office.store.live.listen([community], () => {
      throw new Error('gone');
    });
    const heard = vi.fn();
    office.store.live.listen([community], heard);
    expect(outcomes(await send(li, [issueBy(li)]))).toEqual(['accepted']);
    expect(heard).toHaveBeenCalledOnce();
  });
});

describe('the same work again', () => {
  it('changes nothing, however often and however it is cut, and is receipted alike', async () => {
    const issue = issueBy(li);
    const { recordId } = issue.facts;
    const batch = [
      issue,
      commentOn(recordId, li),
      commentOn(newId(), li),
      issueBy(li, { ownerGridCode: gridTwo })
    ];
    const first = await send(li, batch);
    expect(outcomes(first)).toEqual(['accepted', 'accepted', 'unknown-record', 'not-granted']);
    const stored = await everything();
    expect(await send(li, batch, later)).toEqual(first);
    const alone = [];
    for (const change of batch) alone.push(...outcomes(await send(li, [change], later)));
    expect(alone).toEqual(outcomes(first));
    expect(await everything()).toBe(stored);
  });

  it('is one change also inside one request', async () => {
    const issue = issueBy(li);
    const refused = issueBy(li, { ownerGridCode: gridTwo });
    const receipts = await send(li, [issue, issue, refused, refused, issue]);
    expect(outcomes(receipts)).toEqual(['accepted', 'accepted', 'not-granted', 'not-granted', 'accepted']);
    expect(receipts.flatMap((one) => (one.status === 'accepted' ? [one.sequence] : []))).toEqual([1, 1, 1]);
    expect(await office.store.connection.selectFrom('change').select('id').execute()).toHaveLength(1);
  });

  it('with other bytes under a known id is refused, after an acceptance and after a refusal', async () => {
    const issue = issueBy(li);
    const refused = issueBy(li, { ownerGridCode: gridTwo });
    const other = (change: Change) => ({ ...change, at: later }) as Change;
    await send(li, [issue, refused]);
    const stored = await everything();
    expect(outcomes(await send(li, [other(issue), other(refused)]))).toEqual(['id-reused', 'id-reused']);
    expect(outcomes(await send(li, [issue, other(issue)]))).toEqual(['accepted', 'id-reused']);
    expect(await everything()).toBe(stored);
  });

  it('stays refused once refused, also when it would be lawful now', async () => {
    const issue = issueBy(li, { ownerGridCode: gridTwo });
    expect(outcomes(await send(li, [issue]))).toEqual(['not-granted']);
    const promoted = { account: li.account, grants: [{ role: 'gridWorker' as const, area: community }] };
    expect(outcomes(await send(promoted, [issue]))).toEqual(['not-granted']);
    expect(outcomes(await send(promoted, [{ ...issue, id: newId<ChangeId>() }]))).toEqual(['accepted']);
  });

  it('tells of a refusal only what may be read by now', async () => {
    const issue = issueBy(li);
    await send(li, [issue]);
    const { recordId } = issue.facts;
    const refused = changeOf(
      'case-opened',
      { recordId: newId(), subjectId: recordId, afterPhoto: 'no' },
      by(li)
    );
    expect(withRecords((await send(li, [refused]))[0])).toMatchObject([{ id: recordId }]);
    await send(wang, [commentOn(recordId, wang, '新的')]);
    expect(withRecords((await send(li, [refused]))[0])).toMatchObject([{ id: recordId, version: 2 }]);
    const retired = { account: li.account, grants: [] };
    expect(withRecords((await send(retired, [refused]))[0])).toEqual([]);
    const kept = await office.store.connection.selectFrom('outcome').select('receipt').execute();
    expect(kept.map(({ receipt }) => receipt).join()).not.toContain('螺丝');
  });
});

describe('somebody else’s', () => {
  it('name on a change is refused and not remembered, so that the author can still hand it in', async () => {
    const issue = issueBy(li);
    const stored = await everything();
    expect(await send(he, [issue])).toEqual([
      { status: 'refused', refusal: { code: 'not-granted', details: undefined }, records: [] }
    ]);
    expect(await everything()).toBe(stored);
    expect(outcomes(await send(li, [issue]))).toEqual(['accepted']);
    // Not even the author’s receipt is shown to others.
    expect(withRecords((await send(he, [issue]))[0])).toEqual([]);
    expect(outcomes(await send(he, [issue]))).toEqual(['not-granted']);
  });

  it('record is neither touched nor told', async () => {
    const issue = issueBy(li);
    await send(li, [issue]);
    const { recordId } = issue.facts;
    const before = await recordOf(recordId);
    const tries = [
      commentOn(recordId, he),
      changeOf('report-amended', { recordId, edits: {} }, by(he)),
      changeOf('photo-attached', { recordId, photo: photoFacts(newId()) }, by(he)),
      changeOf('issue-recorded', issueFacts(recordId, { ownerGridCode: gridTwo }), by(he)),
      changeOf('case-opened', { recordId: newId(), subjectId: recordId, afterPhoto: 'no' }, by(he))
    ];
    const receipts = await send(he, tries);
    expect(outcomes(receipts)).toEqual(tries.map(() => 'unknown-record'));
    expect(receipts.flatMap(withRecords)).toEqual([]);
    expect(JSON.stringify(receipts)).not.toContain('螺丝');
    expect(await recordOf(recordId)).toEqual(before);
  });

  it('community is out of reach, through the change and through the record', async () => {
    const issue = issueBy(li);
    await send(li, [issue]);
    const { recordId } = issue.facts;
    const elsewhere = { community: otherCommunity };
    const receipts = await send(li, [
      { ...issueBy(li), ...elsewhere },
      { ...issueBy(li, { ownerGridCode: `${otherCommunity}001` }) },
      { ...issueBy(li, { ownerGridCode: `${otherCommunity}001` }), ...elsewhere },
      { ...commentOn(recordId, li), ...elsewhere },
      { ...issueBy(li), community: '510108011099' }
    ]);
    expect(outcomes(receipts)).toEqual([
      'malformed',
      'malformed',
      'not-granted',
      'unknown-record',
      'not-granted'
    ]);
    expect(receipts.flatMap(withRecords)).toEqual([]);
  });

  it('unit learns nothing of who reported, whatever it sends', async () => {
    const { recorded, opened, dispatched, handled, returned, caseId } = caseStory();
    const facts = { ...dispatched.facts, unit: office.unit };
    await send(li, [{ ...recorded, ...by(li) }]);
    await send(wang, [{ ...opened, ...by(wang) }, changeOf('case-dispatched', facts, by(wang, 1))]);
    const zhang = await hire(office.store, '张师傅', [
      { role: 'unitHandler', area: community, unit: office.unit }
    ]);
    const receipts = await send(zhang, [
      commentOn(caseId, zhang, '在路上', 7),
      changeOf('case-checked', { recordId: caseId, passed: true, words: '' }, by(zhang)),
      { ...handled, ...by(zhang, 0) },
      { ...returned, ...by(zhang, 0) }
    ]);
    expect(outcomes(receipts)).toEqual(['accepted', 'not-granted', 'accepted', 'wrong-state']);
    expect(JSON.stringify(receipts)).not.toContain(li.account);
  });

  it('photo-stored cannot be said by a tablet', async () => {
    const issue = issueBy(li);
    const photo = photoFacts(newId());
    const { recordId } = issue.facts;
    const stored = changeOf('photo-stored', { recordId, photoId: photo.id, storedAt: now }, by(li));
    const attached = changeOf('photo-attached', { recordId, photo }, by(li, 1));
    expect(outcomes(await send(li, [issue, attached, stored]))).toEqual([
      'accepted',
      'accepted',
      'not-granted'
    ]);
    expect(await recordOf(recordId)).not.toHaveProperty('photos.0.storedAt');
  });

  test.each([
    ['withdrawn', []],
    ['over', [{ role: 'gridWorker' as const, area: gridOne, to: '2026-11-20T01:59:59.999Z' }]],
    ['not yet in force', [{ role: 'gridWorker' as const, area: gridOne, from: later }]]
  ])('grid: a grant that is %s lets nothing in', async (_, grants) => {
    const receipts = await send({ account: li.account, grants }, [issueBy(li)]);
    expect(outcomes(receipts)).toEqual(['not-granted']);
  });
});

describe('what cannot be read', () => {
  const long = '长'.repeat(10_001);
  test.each<[string, (change: Change<'issue-recorded'>) => string, string]>([
    ['no JSON', () => '{"id":', 'malformed'],
    ['JSON that is no change', () => '[]', 'malformed'],
    ['null', () => 'null', 'malformed'],
    ['an id that is none', (change) => bodyOf({ ...change, id: '1 OR 1=1' }), 'malformed'],
    [
      'facts that do not fit',
      (change) => bodyOf({ ...change, facts: { ...change.facts, place: 'here' } }),
      'malformed'
    ],
    ['a date that is none', (change) => bodyOf({ ...change, at: '2026-02-31T00:00:00.000Z' }), 'malformed'],
    [
      'text over 10,000 characters',
      (change) => bodyOf({ ...change, facts: { ...change.facts, text: long } }),
      'text-too-long'
    ],
    ['a change over 64 KiB', (change) => bodyOf({ ...change, padding: 'x'.repeat(64 * 1024) }), 'too-large'],
    ['an unknown kind', (change) => bodyOf({ ...change, kind: 'issue-dreamt' }), 'upgrade-needed'],
    ['the kind of a prototype', (change) => bodyOf({ ...change, kind: 'constructor' }), 'upgrade-needed'],
    ['a newer shape', (change) => bodyOf({ ...change, shape: 2 }), 'upgrade-needed']
  ])('%s is answered, stored nowhere, and holds up nobody', async (_, spoil, outcome) => {
    const receipts = await send(li, [issueBy(li), spoil(issueBy(li)), issueBy(li)]);
    expect(outcomes(receipts)).toEqual(['accepted', outcome, 'accepted']);
    const { connection } = office.store;
    expect(await connection.selectFrom('change').select('id').execute()).toHaveLength(2);
    expect(await connection.selectFrom('outcome').select('change_id').execute()).toEqual([]);
  });

  it('takes exactly 10,000 characters and exactly 64 KiB', async () => {
    const text = '长'.repeat(10_000);
    const issue = { ...issueBy(li, { text }), padding: '' };
    const room = 64 * 1024 - Buffer.byteLength(bodyOf(issue));
    const [receipt] = await send(li, [bodyOf({ ...issue, padding: 'x'.repeat(room) })]);
    expect(receipt?.status).toBe('accepted');
    expect(await recordOf(issue.facts.recordId)).toMatchObject({ text });
  });

  it('makes what depends on it wait, in the same request', async () => {
    const newer = { ...issueBy(li), shape: 2 } as unknown as Change<'issue-recorded'>;
    const spoilt = issueBy(li, { text: long });
    const receipts = await send(li, [
      newer,
      commentOn(newer.facts.recordId, li),
      spoilt,
      commentOn(spoilt.facts.recordId, li)
    ]);
    expect(receipts.map((one) => ('on' in one ? one.on : one.status))).toEqual([
      'upgrade-needed',
      newer.id,
      'refused',
      spoilt.id
    ]);
  });
});

describe('dependants', () => {
  it('of a refused record wait for it, in this request and in later ones, until it is recorded anew', async () => {
    const refused = issueBy(li, { ownerGridCode: gridTwo });
    const { recordId } = refused.facts;
    const comment = commentOn(recordId, li);
    const onIt = { status: 'depends-on', on: refused.id };
    expect((await send(li, [refused, comment]))[1]).toEqual(onIt);
    expect(await send(li, [comment])).toEqual([onIt]);
    const corrected = changeOf('issue-recorded', issueFacts(recordId), by(li));
    expect(outcomes(await send(li, [corrected]))).toEqual(['accepted']);
    expect(outcomes(await send(li, [comment]))).toEqual(['accepted']);
  });

  it('of dependants wait as well', async () => {
    const refused = issueBy(wang, { ownerGridCode: `${otherCommunity}001` });
    const caseId = newId<RecordId>();
    const opened = changeOf(
      'case-opened',
      { recordId: caseId, subjectId: refused.facts.recordId, afterPhoto: 'no' },
      by(wang)
    );
    const receipts = await send(wang, [refused, opened, commentOn(caseId, wang)]);
    expect(receipts.slice(1)).toEqual([
      { status: 'depends-on', on: refused.id },
      { status: 'depends-on', on: opened.id }
    ]);
  });

  it('of a refusal about a record that is there do not wait', async () => {
    const issue = issueBy(li);
    const { recordId } = issue.facts;
    const again = changeOf('issue-recorded', issueFacts(recordId), by(li));
    const rejected = changeOf('report-rejected', { recordId, reason: '?' }, by(li));
    const receipts = await send(li, [issue, again, rejected, commentOn(recordId, li)]);
    expect(outcomes(receipts)).toEqual(['accepted', 'already-exists', 'not-granted', 'accepted']);
  });
});

describe('a change that makes the server fail', () => {
  /** Poisons the comments that say so. */
  function poison(step: 'allow' | 'apply', word: string) {
    const lawful = commentAdded[step] as (...input: unknown[]) => unknown;
    vi.spyOn(commentAdded, step).mockImplementation(((...input: Parameters<typeof lawful>) => {
      if ((input[0] as { text: string }).text === word) throw new Error('poisoned');
      return lawful(...input);
    }) as never);
  }

  test.each(['allow', 'apply'] as const)('in %s is deferred alone; what waits for it waits', async (step) => {
    poison(step, '毒');
    const [issue, other] = [issueBy(li), issueBy(li)];
    const { recordId } = issue.facts;
    const bad = commentOn(recordId, li, '毒');
    const batch = [issue, bad, commentOn(recordId, li, '后面'), other, commentOn(other.facts.recordId, li)];
    const receipts = await send(li, batch);
    expect(outcomes(receipts)).toEqual(['accepted', 'deferred', 'depends-on', 'accepted', 'accepted']);
    expect(receipts[2]).toEqual({ status: 'depends-on', on: bad.id });
    vi.restoreAllMocks();
    expect(outcomes(await send(li, batch))).toEqual(Array(5).fill('accepted'));
    expect(await recordOf(recordId)).toMatchObject({ comments: [{ text: '毒' }, { text: '后面' }] });
  });

  it('holds up its record over the 200 changes of one transaction', async () => {
    poison('apply', '毒');
    const issue = issueBy(li);
    const bad = commentOn(issue.facts.recordId, li, '毒');
    const others = Array.from({ length: 210 }, () => issueBy(li));
    const receipts = await send(li, [issue, bad, ...others, commentOn(issue.facts.recordId, li)]);
    expect(receipts.at(-1)).toEqual({ status: 'depends-on', on: bad.id });
  });
});

describe('one request', () => {
  it('may speak of two communities; each counts for itself', async () => {
    const both = await hire(office.store, '双', [
      { role: 'gridWorker', area: gridOne },
      { role: 'gridWorker', area: `${otherCommunity}001` }
    ]);
    const here = () => issueBy(both);
    const there = () => ({
      ...issueBy(both, { ownerGridCode: `${otherCommunity}001` }),
      community: otherCommunity
    });
    const receipts = await send(both, [here(), there(), there(), here(), there()]);
    expect(outcomes(receipts)).toEqual(Array(5).fill('accepted'));
    const heads = await office.store.connection.selectFrom('community').select(['code', 'head']).execute();
    expect(Object.fromEntries(heads.map(({ code, head }) => [code, head]))).toEqual({
      [community]: 2,
      [otherCommunity]: 3
    });
  });

  it('gives sequences without a gap, in the order of arrival', async () => {
    const batch = Array.from({ length: 450 }, (_, index) =>
      index % 3 === 2 ? issueBy(li, { ownerGridCode: gridTwo }) : issueBy(li)
    );
    await send(li, batch);
    const rows = await office.store.connection.selectFrom('change').select(['sequence', 'id']).execute();
    expect(rows.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 300 }, (_, index) => index + 1)
    );
    const lawful = batch.filter((change) => change.facts.ownerGridCode === gridOne);
    expect(rows.map(({ id }) => id)).toEqual(lawful.map(({ id }) => id));
  });

  it('that says nothing is answered with nothing', async () => expect(await send(li, [])).toEqual([]));

  it('beside others at the same time leaves no gap and no double', async () => {
    const batches = Array.from({ length: 6 }, () => Array.from({ length: 20 }, () => issueBy(li)));
    await Promise.all([...batches, ...batches].map((batch) => send(li, batch)));
    const rows = await office.store.connection.selectFrom('change').select(['sequence', 'id']).execute();
    expect(rows.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 120 }, (_, index) => index + 1)
    );
    expect(new Set(rows.map(({ id }) => id)).size).toBe(120);
  });
});

describe('a conflict', () => {
  it('applies nothing and shows both sides, each time it is asked', async () => {
    const issue = issueBy(li);
    const { recordId, text } = issue.facts;
    const edit = (to: string) =>
      changeOf('report-amended', { recordId, edits: { text: { from: text, to } } }, by(li, 1));
    await send(li, [issue, edit('甲')]);
    const second = edit('乙');
    const conflict = {
      status: 'conflict',
      fields: [{ field: 'text', from: text, current: '甲', to: '乙' }],
      records: [{ id: recordId, text: '甲', version: 2 }]
    };
    expect(await send(li, [second])).toMatchObject([conflict]);
    expect(await send(li, [second])).toMatchObject([conflict]);
    expect(await recordOf(recordId)).toMatchObject({ text: '甲', version: 2 });
  });
});
