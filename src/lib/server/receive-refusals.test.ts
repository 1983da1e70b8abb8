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
  outcomesOf,
  recordsIn,
  type Counter
} from '../../../tests/support/counter';
import { hire } from '../../../tests/support/office';
import type { Change } from '../domain/changes';

let office: Counter;
beforeEach(async () => {
  office = await openCounter();
});
afterEach(() => office.close());

describe('somebody else’s', () => {
  it('name on a change is refused and not remembered, so that the author can still hand it in', async () => {
    const { li, he } = office;
    const issue = issueBy(li);
    const stored = await office.everything();
    expect(await office.send(he, [issue])).toEqual([
      { status: 'refused', refusal: { code: 'not-granted', details: undefined }, records: [] }
    ]);
    expect(await office.everything()).toBe(stored);
    expect(outcomesOf(await office.send(li, [issue]))).toEqual(['accepted']);
    // Not even the author’s receipt is shown to others.
    expect(recordsIn(...(await office.send(he, [issue])))).toEqual([]);
    expect(outcomesOf(await office.send(he, [issue]))).toEqual(['not-granted']);
  });

  it('record is neither touched nor told', async () => {
    const { li, he } = office;
    const issue = issueBy(li);
    await office.send(li, [issue]);
    const { recordId } = issue.facts;
    const before = await office.recordOf(recordId);
    const tries = [
      commentOn(recordId, he),
      changeOf('report-amended', { recordId, edits: {} }, by(he)),
      changeOf('photo-attached', { recordId, photo: photoFacts(newId()) }, by(he)),
      changeOf('issue-recorded', issueFacts(recordId, { ownerGridCode: gridTwo }), by(he)),
      changeOf('case-opened', { recordId: newId(), subjectId: recordId, afterPhoto: 'no' }, by(he))
    ];
    const receipts = await office.send(he, tries);
    expect(outcomesOf(receipts)).toEqual(tries.map(() => 'unknown-record'));
    expect(recordsIn(...receipts)).toEqual([]);
    expect(JSON.stringify(receipts)).not.toContain('螺丝');
    expect(await office.recordOf(recordId)).toEqual(before);
  });

  it('community is out of reach, through the change and through the record', async () => {
    const { li } = office;
    const issue = issueBy(li);
    await office.send(li, [issue]);
    const { recordId } = issue.facts;
    const elsewhere = { community: otherCommunity };
    const receipts = await office.send(li, [
      { ...issueBy(li), ...elsewhere },
      { ...issueBy(li, { ownerGridCode: `${otherCommunity}001` }) },
      { ...issueBy(li, { ownerGridCode: `${otherCommunity}001` }), ...elsewhere },
      { ...commentOn(recordId, li), ...elsewhere },
      { ...issueBy(li), community: '510108011099' }
    ]);
    expect(outcomesOf(receipts)).toEqual([
      'malformed',
      'malformed',
      'not-granted',
      'unknown-record',
      'not-granted'
    ]);
    expect(recordsIn(...receipts)).toEqual([]);
  });

  it('unit learns nothing of who reported, whatever it sends', async () => {
    const { li, wang } = office;
    const { recorded, opened, dispatched, handled, returned, caseId } = caseStory();
    const facts = { ...dispatched.facts, unit: office.unit };
    await office.send(li, [{ ...recorded, ...by(li) }]);
    await office.send(wang, [{ ...opened, ...by(wang) }, changeOf('case-dispatched', facts, by(wang, 1))]);
    const zhang = await hire(office.store, '张师傅', [
      { role: 'unitHandler', area: community, unit: office.unit }
    ]);
    const receipts = await office.send(zhang, [
      commentOn(caseId, zhang, '在路上', 7),
      changeOf('case-checked', { recordId: caseId, passed: true, words: '' }, by(zhang)),
      { ...handled, ...by(zhang, 0) },
      { ...returned, ...by(zhang, 0) }
    ]);
    expect(outcomesOf(receipts)).toEqual(['accepted', 'not-granted', 'accepted', 'wrong-state']);
    expect(JSON.stringify(receipts)).not.toContain(li.account);
  });

  it('photo-stored cannot be said by a tablet', async () => {
    const { li } = office;
    const issue = issueBy(li);
    const photo = photoFacts(newId());
    const { recordId } = issue.facts;
    const stored = changeOf('photo-stored', { recordId, photoId: photo.id, storedAt: now }, by(li));
    const attached = changeOf('photo-attached', { recordId, photo }, by(li, 1));
    expect(outcomesOf(await office.send(li, [issue, attached, stored]))).toEqual([
      'accepted',
      'accepted',
      'not-granted'
    ]);
    expect(await office.recordOf(recordId)).not.toHaveProperty('photos.0.storedAt');
  });

  test.each([
    ['withdrawn', []],
    ['over', [{ role: 'gridWorker' as const, area: gridOne, to: '2026-11-20T01:59:59.999Z' }]],
    ['not yet in force', [{ role: 'gridWorker' as const, area: gridOne, from: later }]]
  ])('grid: a grant that is %s lets nothing in', async (_, grants) => {
    const { li } = office;
    const receipts = await office.send({ account: li.account, grants }, [issueBy(li)]);
    expect(outcomesOf(receipts)).toEqual(['not-granted']);
  });
});

describe('what cannot be read', () => {
  const long = '长'.repeat(10_001);
  test.each<[string, (change: Change<'issue-recorded'>) => string, string]>([
    ['no JSON', () => '{"id":', 'malformed'],
    ['JSON that is no change', () => '[]', 'malformed'],
    ['null', () => 'null', 'malformed'],
    ['an id that is none', (change) => JSON.stringify({ ...change, id: '1 OR 1=1' }), 'malformed'],
    [
      'facts that do not fit',
      (change) => JSON.stringify({ ...change, facts: { ...change.facts, place: 'here' } }),
      'malformed'
    ],
    [
      'a date that is none',
      (change) => JSON.stringify({ ...change, at: '2026-02-31T00:00:00.000Z' }),
      'malformed'
    ],
    [
      'text over 10,000 characters',
      (change) => JSON.stringify({ ...change, facts: { ...change.facts, text: long } }),
      'text-too-long'
    ],
    [
      'a change over 64 KiB',
      (change) => JSON.stringify({ ...change, padding: 'x'.repeat(64 * 1024) }),
      'too-large'
    ],
    ['an unknown kind', (change) => JSON.stringify({ ...change, kind: 'issue-dreamt' }), 'upgrade-needed'],
    [
      'the kind of a prototype',
      (change) => JSON.stringify({ ...change, kind: 'constructor' }),
      'upgrade-needed'
    ],
    ['a newer shape', (change) => JSON.stringify({ ...change, shape: 2 }), 'upgrade-needed']
  ])('%s is answered, stored nowhere, and holds up nobody', async (_, spoil, outcome) => {
    const { li } = office;
    const receipts = await office.send(li, [issueBy(li), spoil(issueBy(li)), issueBy(li)]);
    expect(outcomesOf(receipts)).toEqual(['accepted', outcome, 'accepted']);
    const { connection } = office.store;
    expect(await connection.selectFrom('change').select('id').execute()).toHaveLength(2);
    expect(await connection.selectFrom('outcome').select('change_id').execute()).toEqual([]);
  });

  it('takes exactly 10,000 characters and exactly 64 KiB', async () => {
    const { li } = office;
    const text = '长'.repeat(10_000);
    const issue = { ...issueBy(li, { text }), padding: '' };
    const room = 64 * 1024 - Buffer.byteLength(JSON.stringify(issue));
    const [receipt] = await office.send(li, [JSON.stringify({ ...issue, padding: 'x'.repeat(room) })]);
    expect(receipt?.status).toBe('accepted');
    expect(await office.recordOf(issue.facts.recordId)).toMatchObject({ text });
  });

  it('makes what depends on it wait, in the same request', async () => {
    const { li } = office;
    const newer = { ...issueBy(li), shape: 2 } as unknown as Change<'issue-recorded'>;
    const spoilt = issueBy(li, { text: long });
    const receipts = await office.send(li, [
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
