import { describe, expect, it, test } from 'vitest';
import {
  changeOf,
  caseStory,
  after,
  issueFacts,
  judged,
  newId,
  officer,
  photoFacts,
  reportFacts,
  worker,
  at,
  settled
} from '../../../../tests/support/changes';
import { gridOne } from '../../../../tests/support/codes';
import type { RecordId } from '../ids';
import { parseChange } from '../judge';
import { maxNameLength, type Issue, type Need } from '../report';
import type { Change, FactsOf } from '.';

const id = newId<RecordId>();
const recorded = changeOf('issue-recorded', issueFacts(id));
const need = changeOf('need-recorded', { ...reportFacts(id), needTypeCode: 'N01', wishedAt: at });
const asked = changeOf('detail-requested', { recordId: id, reason: '照片太近' }, { author: officer });
const rejected = changeOf('report-rejected', { recordId: id, reason: '不属于本社区' }, { author: officer });
const withdrawn = changeOf('report-withdrawn', { recordId: id });
const amended = (edits: FactsOf<'report-amended'>['edits']) =>
  changeOf('report-amended', { recordId: id, edits });
const toText = (from: string, to: string) => amended({ text: { from, to } });
const recordedText = recorded.facts.text;

const issueAfter = (...changes: Change[]) => after(recorded, ...changes).get(id) as Issue;

describe('recording', () => {
  it('takes the number of the longest name, on whichever tablet', () => {
    const number = `${'名'.repeat(maxNameLength)}123-1120-1000`;
    const change = { ...recorded, facts: { ...recorded.facts, number } };
    expect(parseChange(change)).toMatchObject({ change: { facts: { number } } });
  });

  it('makes an issue that is reported, version 1, at device and server time', () => {
    expect(issueAfter()).toMatchObject({
      kind: 'issue',
      state: 'reported',
      version: 1,
      author: worker,
      ownerGridCode: gridOne,
      at,
      receivedAt: settled.receivedAt,
      text: recordedText
    });
  });

  it('makes a need with its wished time', () => {
    expect(after(need).get(id)).toMatchObject({
      kind: 'need',
      needTypeCode: 'N01',
      wishedAt: at,
      state: 'reported'
    });
  });

  test.each([
    ['an issue', changeOf('issue-recorded', issueFacts(id))],
    ['a need', changeOf('need-recorded', { ...reportFacts(id), needTypeCode: 'N01' })],
    ['a patrol', changeOf('patrol-started', { recordId: id, ownerGridCode: gridOne })],
    ['a case', changeOf('case-opened', { recordId: id, subjectId: id, afterPhoto: 'no' })]
  ])('%s never takes the place of a record that is there', (_, change) => {
    expect(judged(change, after(recorded))).toMatchObject({ refusal: { code: 'already-exists' } });
  });
});

describe('amending', () => {
  it('changes what it names and nothing else, and counts the version on', () => {
    const edits = { text: { from: recordedText, to: '改过' }, solvedOnSpot: { from: false, to: true } };
    expect(issueAfter(amended(edits))).toEqual({
      ...issueAfter(),
      text: '改过',
      solvedOnSpot: true,
      version: 2
    });
  });

  it('answers a request for detail', () => {
    expect(issueAfter(asked)).toMatchObject({ state: 'needsDetail', reason: '照片太近' });
    const answered = issueAfter(asked, toText(recordedText, '补拍了'));
    expect(answered).toMatchObject({ state: 'reported', text: '补拍了' });
    expect(answered.reason).toBeUndefined();
  });

  it('can take a wished time away', () => {
    const taken = after(need, amended({ wishedAt: { from: at, to: null } })).get(id) as Need;
    expect(taken.wishedAt).toBeUndefined();
  });

  it('is a conflict where somebody else changed the same field, with all three values', () => {
    const second = toText(recordedText, '乙');
    expect(judged(second, after(recorded, toText(recordedText, '甲')))).toEqual({
      verdict: 'conflict',
      fields: [{ field: 'text', from: recordedText, current: '甲', to: '乙' }]
    });
  });

  test.each([
    ['another field', amended({ solvedOnSpot: { from: false, to: true } })],
    ['the same value', toText(recordedText, '甲')],
    [
      'an equal place, its fields in another order',
      amended({ place: { from: { source: 'none' }, to: { words: '门口', source: 'map' } } })
    ]
  ])('is no conflict where it brings %s', (_, change) => {
    expect(judged(change, after(recorded, toText(recordedText, '甲')))).toEqual({ verdict: 'allowed' });
  });

  test.each<[string, Change, FactsOf<'report-amended'>['edits']]>([
    ['a category of a need', need, { categoryCode: { from: 'C01', to: 'C02' } }],
    ['a facility of a need', need, { publicFacility: { from: false, to: true } }],
    ['answers of a need', need, { answers: { from: {}, to: { state: 'loose' } } }],
    ['a type of need of an issue', recorded, { needTypeCode: { from: 'N01', to: 'N02' } }],
    ['a wished time of an issue', recorded, { wishedAt: { from: null, to: at } }]
  ])('is refused with %s', (_, report, edits) => {
    expect(judged(amended(edits), after(report))).toEqual({
      verdict: 'refused',
      refusal: { code: 'malformed', details: { field: Object.keys(edits)[0] } }
    });
  });

  it('of the category hides a public facility from the volunteers, unless it says it is one', () => {
    const lamp = changeOf('issue-recorded', issueFacts(id, { categoryCode: 'C03', publicFacility: true }));
    const toDispute = { categoryCode: { from: 'C03', to: 'C19' } };
    expect(after(lamp, amended(toDispute)).get(id)).toMatchObject({
      categoryCode: 'C19',
      publicFacility: false
    });
    const kept = { ...toDispute, publicFacility: { from: true, to: true } };
    expect(after(lamp, amended(kept)).get(id)).toMatchObject({ publicFacility: true });
    expect(after(lamp, toText(recordedText, '改过')).get(id)).toMatchObject({ publicFacility: true });
  });
});

describe('the states of a report', () => {
  const { recorded: storyRecorded, opened, issueId } = caseStory();
  const accepted = after(storyRecorded, opened);
  const of = (change: Change) => ({ ...change, facts: { ...change.facts, recordId: issueId } }) as Change;

  test.each([
    ['amended once accepted', of(toText(recordedText, '改')), accepted],
    ['withdrawn once accepted', of(withdrawn), accepted],
    ['rejected once accepted', of(rejected), accepted],
    ['asked about once accepted', of(asked), accepted],
    ['asked about twice', asked, after(recorded, asked)],
    ['amended once rejected', toText(recordedText, '改'), after(recorded, rejected)],
    ['amended once withdrawn', toText(recordedText, '改'), after(recorded, withdrawn)],
    ['rejected twice', rejected, after(recorded, rejected)],
    ['withdrawn twice', withdrawn, after(recorded, withdrawn)]
  ])('a report is never %s', (_, change, records) => {
    expect(judged(change, records)).toEqual({ verdict: 'refused', refusal: { code: 'wrong-state' } });
  });

  it('keeps the reason it was rejected for', () => {
    expect(issueAfter(rejected)).toMatchObject({ state: 'rejected', reason: '不属于本社区' });
    expect(issueAfter(asked, rejected)).toMatchObject({ state: 'rejected', reason: '不属于本社区' });
  });

  it('can be withdrawn while the office has not taken it up', () => {
    expect(issueAfter(withdrawn)).toMatchObject({ state: 'withdrawn', text: recordedText });
    expect(issueAfter(asked, withdrawn)).toMatchObject({ state: 'withdrawn' });
  });
});

describe('linking', () => {
  const other = newId<RecordId>();
  const second = changeOf('issue-recorded', issueFacts(other));
  const linked = changeOf('reports-linked', { recordId: id, otherId: other });

  it('shows on both, once however often it is done', () => {
    const records = after(
      recorded,
      second,
      linked,
      changeOf('reports-linked', { recordId: other, otherId: id })
    );
    expect(records.get(id)).toMatchObject({ linkedIds: [other], version: 3 });
    expect(records.get(other)).toMatchObject({ linkedIds: [id], version: 3 });
  });

  test.each([
    ['to itself', changeOf('reports-linked', { recordId: id, otherId: id })],
    ['to a record that is not there', changeOf('reports-linked', { recordId: id, otherId: newId() })]
  ])('is refused %s', (_, change) => {
    expect(judged(change, after(recorded))).toEqual({
      verdict: 'refused',
      refusal: { code: 'unknown-record' }
    });
  });
});

describe('what comes on top at any time', () => {
  const followedUp = changeOf('follow-up-noted', {
    recordId: id,
    whom: '物业张师傅',
    channel: 'call',
    promise: '周五来修',
    dueDay: '2026-11-27'
  });
  const opened = changeOf('record-opened', { recordId: id }, { author: officer });

  it('a follow-up is kept with its day, in every state', () => {
    const { whom, channel, promise, dueDay } = followedUp.facts;
    const kept = { id: followedUp.id, author: worker, at, whom, channel, promise, dueDay };
    for (const state of [[], [asked], [rejected], [withdrawn]])
      expect(issueAfter(...state, followedUp).followUps).toEqual([kept]);
  });

  it('a comment is kept on a report and on a case, never on a patrol', () => {
    const { issueId, caseId, ...story } = caseStory();
    const records = after(story.recorded, story.opened);
    for (const recordId of [issueId, caseId])
      expect(judged(changeOf('comment-added', { recordId, text: '好' }), records)).toEqual({
        verdict: 'allowed'
      });
    const patrol = changeOf('patrol-started', { recordId: id, ownerGridCode: gridOne });
    const comment = changeOf('comment-added', { recordId: id, text: '好' });
    expect(judged(comment, after(patrol))).toMatchObject({ refusal: { code: 'wrong-state' } });
    expect(issueAfter(comment).comments).toEqual([{ id: comment.id, author: worker, at, text: '好' }]);
  });

  it('opening it is noted once per officer', () => {
    expect(issueAfter(opened).openedBy).toEqual([{ account: officer, at }]);
    expect(judged(opened, after(recorded, opened))).toMatchObject({ refusal: { code: 'already-exists' } });
    const another = changeOf('record-opened', { recordId: id }, { author: newId() });
    expect(issueAfter(opened, another).openedBy).toHaveLength(2);
  });

  test.each([followedUp, opened, asked, rejected, withdrawn, toText('a', 'b')])(
    '$kind is refused where the record is not there',
    (change) => expect(judged(change, new Map())).toMatchObject({ refusal: { code: 'unknown-record' } })
  );

  test.each([followedUp, opened])('$kind is refused on a patrol', (change) => {
    const patrol = changeOf('patrol-started', { recordId: id, ownerGridCode: gridOne });
    expect(judged(change, after(patrol))).toMatchObject({ refusal: { code: 'unknown-record' } });
  });
});

describe('what was asked for and came', () => {
  const opened = changeOf('record-opened', { recordId: id }, { author: officer });
  const photo = changeOf('photo-attached', { recordId: id, photo: photoFacts(newId()) });
  const text = toText(recordedText, '东门第二个');

  it.each([
    ['a picture', photo],
    ['words', text]
  ])('is marked until the office opens the record again: %s', (_, change) => {
    expect(issueAfter(opened, asked, change).detailAddedAt).toBe(at);
    const again = { ...opened, id: newId<typeof opened.id>() };
    const seen = issueAfter(opened, asked, change, again);
    expect(seen.detailAddedAt).toBeUndefined();
    expect(seen.openedBy).toEqual([{ account: officer, at }]);
    expect(judged(opened, after(recorded, opened, asked, change, again)).verdict).toBe('refused');
  });

  it('is not what nobody asked for, and not what is asked for anew', () => {
    expect(issueAfter(opened, photo, text).detailAddedAt).toBeUndefined();
    const anew = { ...asked, id: newId<typeof asked.id>() };
    expect(issueAfter(asked, photo, anew).detailAddedAt).toBeUndefined();
  });
});
