import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { caseStory, changeOf, newId } from '../../../tests/support/changes';
import { community, gridOne, gridTwo, otherCommunity } from '../../../tests/support/codes';
import {
  by,
  commentOn,
  issueBy,
  later,
  now,
  openCounter,
  outcomesOf,
  recordsIn,
  type Counter
} from '../../../tests/support/counter';
import { hire } from '../../../tests/support/office';
import type { Change } from '../domain/changes';
import type { ChangeId } from '../domain/ids';
import type { Receipt } from '../protocol/receipt';
import { saveItems } from './records/reference';
import { sealChange, sha256Hex } from './seal';

let office: Counter;
beforeEach(async () => {
  office = await openCounter();
});
afterEach(() => office.close());

describe('an accepted change', () => {
  it('is stored as the bytes its device made, with its sequence, and its record with it', async () => {
    const { li } = office;
    const issue = issueBy(li);
    const body = `{"extra": "kept",  ${JSON.stringify(issue).slice(1)}`;
    const [receipt] = await office.send(li, [body]);
    const settled = { receivedAt: now };
    expect(receipt).toEqual({
      status: 'accepted',
      count: 1,
      sequence: 1,
      receivedAt: now,
      seals: [
        sealChange(office.store.sealKey, { id: issue.id, sha256: sha256Hex(body), sequence: 1, settled })
      ],
      records: []
    });
    const row = await office.store.connection.selectFrom('change').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      id: issue.id,
      body,
      sha256: sha256Hex(body),
      at: issue.at,
      received_at: now,
      device: office.device
    });
    expect(await office.recordOf(issue.facts.recordId)).toMatchObject({
      version: 1,
      receivedAt: now,
      at: issue.at
    });
  });

  it('shares one entry with its neighbours', async () => {
    const { li } = office;
    const issues = [issueBy(li), issueBy(li), issueBy(li)];
    const receipts = await office.send(li, issues);
    expect(receipts).toMatchObject([{ status: 'accepted', count: 3, sequence: 1 }]);
    expect(receipts[0]).toHaveProperty('seals.length', 3);
  });

  it('tells the record where the sender cannot know it: another version, a case number, a limit', async () => {
    const { li, wang } = office;
    const { recorded, opened, dispatched, issueId, caseId } = caseStory();
    await office.send(li, [{ ...recorded, ...by(li) }]);
    const [same] = await office.send(li, [commentOn(issueId, li, '一')]);
    expect(recordsIn(same)).toEqual([]);
    const [other] = await office.send(wang, [commentOn(issueId, wang, '二')]);
    expect(recordsIn(other)).toMatchObject([{ id: issueId, version: 3 }]);
    const [number] = await office.send(wang, [{ ...opened, ...by(wang) }]);
    expect(recordsIn(number)).toMatchObject([
      { id: caseId, number: '长天路-2026-0001' },
      { id: issueId, caseId }
    ]);
    const facts = { ...dispatched.facts, unit: office.unit };
    const [limit] = await office.send(wang, [changeOf('case-dispatched', facts, by(wang, 1))]);
    expect(recordsIn(limit)).toMatchObject([
      { id: caseId, dueAt: expect.stringMatching(/^2026-11-2/) as string }
    ]);
  });

  it('counts a limit on the community’s own days', async () => {
    const { li, wang } = office;
    const day = '2026-11-23';
    await saveItems(office.store, community, 'calendar', [{ code: day, item: { day, isWorked: false } }]);
    const { recorded, opened, dispatched } = caseStory();
    const facts = { ...dispatched.facts, unit: office.unit };
    await office.send(li, [{ ...recorded, ...by(li) }]);
    await office.send(wang, [{ ...opened, ...by(wang) }, changeOf('case-dispatched', facts, by(wang, 1))]);
    // Three working days from Friday 10:00 in Shanghai: Friday, Tuesday, Wednesday, and the first hour of Thursday.
    expect(await office.recordOf(facts.recordId)).toMatchObject({ dueAt: '2026-11-26T02:00:00.000Z' });
  });

  it('tells the record as it is after the whole request, once', async () => {
    const { li, wang } = office;
    const { recorded, opened, issueId, caseId } = caseStory();
    await office.send(li, [{ ...recorded, ...by(li) }]);
    const comments = Array.from({ length: 250 }, (_, index) =>
      commentOn(caseId, wang, String(index), index + 1)
    );
    const receipts = await office.send(wang, [{ ...opened, ...by(wang) }, ...comments]);
    expect(outcomesOf(receipts)).toEqual(Array(251).fill('accepted'));
    const told = recordsIn(...receipts);
    expect(told.map(({ id }) => id).sort()).toEqual([caseId, issueId].sort());
    expect(told.find(({ id }) => id === caseId)).toMatchObject({ version: 251 });
  });

  it('wakes who listens, and only if there is something new', async () => {
    const { li, he } = office;
    const heard: number[] = [];
    office.store.live.listen([community], ({ sequence }) => heard.push(sequence));
    const issue = issueBy(li);
    await office.send(li, [issue]);
    await office.send(li, [issue]);
    await office.send(he, [commentOn(issue.facts.recordId, he)]);
    expect(heard).toEqual([1]);
  });

  it('stays accepted where a listener breaks', async () => {
    const { li } = office;
    office.store.live.listen([community], () => {
      throw new Error('gone');
    });
    const heard = vi.fn();
    office.store.live.listen([community], heard);
    expect(outcomesOf(await office.send(li, [issueBy(li)]))).toEqual(['accepted']);
    expect(heard).toHaveBeenCalledOnce();
  });
});

describe('the same work again', () => {
  it('changes nothing, however often and however it is cut, and is receipted alike', async () => {
    const { li } = office;
    const issue = issueBy(li);
    const { recordId } = issue.facts;
    const batch = [
      issue,
      commentOn(recordId, li),
      commentOn(newId(), li),
      issueBy(li, { ownerGridCode: gridTwo })
    ];
    const first = await office.send(li, batch);
    expect(outcomesOf(first)).toEqual(['accepted', 'accepted', 'unknown-record', 'not-granted']);
    const stored = await office.everything();
    const again = await office.send(li, batch, later);
    const bare = (receipts: Receipt[]) => receipts.map((receipt) => ({ ...receipt, records: [] }));
    expect(bare(again)).toEqual(bare(first));
    const alone = [];
    for (const change of batch) alone.push(...outcomesOf(await office.send(li, [change], later)));
    expect(alone).toEqual(outcomesOf(first));
    expect(await office.everything()).toBe(stored);
  });

  it('is one change also inside one request', async () => {
    const { li } = office;
    const issue = issueBy(li);
    const refused = issueBy(li, { ownerGridCode: gridTwo });
    const receipts = await office.send(li, [issue, issue, refused, refused, issue]);
    expect(outcomesOf(receipts)).toEqual(['accepted', 'accepted', 'not-granted', 'not-granted', 'accepted']);
    expect(receipts.flatMap((one) => (one.status === 'accepted' ? [one.sequence] : []))).toEqual([1, 1, 1]);
    expect(await office.store.connection.selectFrom('change').select('id').execute()).toHaveLength(1);
  });

  it('with other bytes under a known id is refused, after an acceptance and after a refusal', async () => {
    const { li } = office;
    const issue = issueBy(li);
    const refused = issueBy(li, { ownerGridCode: gridTwo });
    const other = (change: Change) => ({ ...change, at: later }) as Change;
    await office.send(li, [issue, refused]);
    const stored = await office.everything();
    expect(outcomesOf(await office.send(li, [other(issue), other(refused)]))).toEqual([
      'id-reused',
      'id-reused'
    ]);
    expect(outcomesOf(await office.send(li, [issue, other(issue)]))).toEqual(['accepted', 'id-reused']);
    expect(await office.everything()).toBe(stored);
  });

  it('stays refused once refused, also when it would be lawful now', async () => {
    const { li } = office;
    const issue = issueBy(li, { ownerGridCode: gridTwo });
    expect(outcomesOf(await office.send(li, [issue]))).toEqual(['not-granted']);
    const promoted = { account: li.account, grants: [{ role: 'gridWorker' as const, area: community }] };
    expect(outcomesOf(await office.send(promoted, [issue]))).toEqual(['not-granted']);
    expect(outcomesOf(await office.send(promoted, [{ ...issue, id: newId<ChangeId>() }]))).toEqual([
      'accepted'
    ]);
  });

  it('tells of a refusal only what may be read by now', async () => {
    const { li, wang } = office;
    const issue = issueBy(li);
    await office.send(li, [issue]);
    const { recordId } = issue.facts;
    const refused = changeOf(
      'case-opened',
      { recordId: newId(), subjectId: recordId, afterPhoto: 'no' },
      by(li)
    );
    expect(recordsIn(...(await office.send(li, [refused])))).toMatchObject([{ id: recordId }]);
    await office.send(wang, [commentOn(recordId, wang, '新的')]);
    expect(recordsIn(...(await office.send(li, [refused])))).toMatchObject([{ id: recordId, version: 2 }]);
    const retired = { account: li.account, grants: [] };
    expect(recordsIn(...(await office.send(retired, [refused])))).toEqual([]);
    const kept = await office.store.connection.selectFrom('outcome').select('receipt').execute();
    expect(kept.map(({ receipt }) => receipt).join()).not.toContain('螺丝');
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
    const receipts = await office.send(both, [here(), there(), there(), here(), there()]);
    expect(outcomesOf(receipts)).toEqual(Array(5).fill('accepted'));
    const heads = await office.store.connection.selectFrom('community').select(['code', 'head']).execute();
    expect(Object.fromEntries(heads.map(({ code, head }) => [code, head]))).toEqual({
      [community]: 2,
      [otherCommunity]: 3
    });
  });

  it('gives sequences without a gap, in the order of arrival', async () => {
    const { li } = office;
    const batch = Array.from({ length: 450 }, (_, index) =>
      index % 3 === 2 ? issueBy(li, { ownerGridCode: gridTwo }) : issueBy(li)
    );
    await office.send(li, batch);
    const rows = await office.store.connection.selectFrom('change').select(['sequence', 'id']).execute();
    expect(rows.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 300 }, (_, index) => index + 1)
    );
    const lawful = batch.filter((change) => change.facts.ownerGridCode === gridOne);
    expect(rows.map(({ id }) => id)).toEqual(lawful.map(({ id }) => id));
  });

  it('that says nothing is answered with nothing', async () =>
    expect(await office.send(office.li, [])).toEqual([]));

  it('beside others at the same time leaves no gap and no double', async () => {
    const { li } = office;
    const batches = Array.from({ length: 6 }, () => Array.from({ length: 20 }, () => issueBy(li)));
    await Promise.all([...batches, ...batches].map((batch) => office.send(li, batch)));
    const rows = await office.store.connection.selectFrom('change').select(['sequence', 'id']).execute();
    expect(rows.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 120 }, (_, index) => index + 1)
    );
    expect(new Set(rows.map(({ id }) => id)).size).toBe(120);
  });
});

describe('a conflict', () => {
  it('applies nothing and shows both sides, each time it is asked', async () => {
    const { li } = office;
    const issue = issueBy(li);
    const { recordId, text } = issue.facts;
    const edit = (to: string) =>
      changeOf('report-amended', { recordId, edits: { text: { from: text, to } } }, by(li, 1));
    await office.send(li, [issue, edit('甲')]);
    const second = edit('乙');
    const conflict = {
      status: 'conflict',
      fields: [{ field: 'text', from: text, current: '甲', to: '乙' }],
      records: [{ id: recordId, text: '甲', version: 2 }]
    };
    expect(await office.send(li, [second])).toMatchObject([conflict]);
    expect(await office.send(li, [second])).toMatchObject([conflict]);
    expect(await office.recordOf(recordId)).toMatchObject({ text: '甲', version: 2 });
  });
});
