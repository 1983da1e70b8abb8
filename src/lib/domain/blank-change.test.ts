import { describe, expect, test } from 'vitest';
import {
  after,
  caseStory,
  changeOf,
  issueFacts,
  judged,
  newId,
  reportFacts,
  rules,
  voiceFacts
} from '../../../tests/support/changes';
import { blankChange } from './blank-change';
import { blank, blankings, nextGeneration } from './blanking';
import type { Change } from './changes';
import type { RecordId } from './ids';
import { allowChange, applyChange, touchedIn } from './judge';
import type { AnyRecord } from './record';

const secret = '张婆婆13800001234';
const place = { source: 'map' as const, stairwell: secret, floor: 3, words: secret, buildingCode: undefined };
const story = caseStory({ text: secret, place, answers: { whom: secret, count: 3 } });
const { issueId, caseId } = story;
const onIssue = { recordId: issueId };
const onCase = { recordId: caseId };

/** Everything somebody can write on an issue and its case, each with the secret in it. */
const told: Change[] = [
  story.recorded,
  changeOf('report-amended', { ...onIssue, edits: { text: { from: secret, to: `${secret}！` } } }),
  changeOf('detail-requested', { ...onIssue, reason: secret }),
  changeOf('follow-up-noted', { ...onIssue, whom: secret, channel: 'call', promise: secret }),
  changeOf('voice-attached', { ...onIssue, voice: voiceFacts(newId()) }),
  changeOf('comment-added', { ...onIssue, text: secret }),
  story.opened,
  { ...story.dispatched, facts: { ...story.dispatched.facts, instruction: secret } },
  { ...story.returned, facts: { ...story.returned.facts, reason: secret } },
  { ...story.dispatched, facts: { ...story.dispatched.facts, instruction: secret } },
  { ...story.handled, facts: { ...story.handled.facts, text: secret } },
  changeOf('comment-added', { ...onCase, text: secret }),
  { ...story.passed, facts: { ...story.passed.facts, words: secret } },
  { ...story.closed, facts: { ...story.closed.facts, words: secret } },
  changeOf('resident-told', { ...onIssue, caseId, words: secret })
];

const blanking = (recordId: RecordId, what: (typeof blankings)[number]) =>
  changeOf('personal-blanked', { recordId, what, why: 'request' }, { baseVersion: 9 });

function replay(changes: readonly Change[]): Map<RecordId, AnyRecord> {
  const records = new Map<RecordId, AnyRecord>();
  for (const change of changes)
    for (const record of applyChange(change, touchedIn(records, change))) records.set(record.id, record);
  return records;
}

describe.each(blankings)('blanked by %s', (what) => {
  const ends = [blanking(issueId, what), blanking(caseId, what)];

  test('a record is the same as the changes that are kept of it make it', () => {
    const kept = [...told.map((change) => blankChange(change, what)), ...ends];
    expect(replay(kept)).toEqual(replay([...told, ...ends]));
  });

  test('nothing of it stands where it was blanked, and the thing itself is still there', () => {
    const records = after(...told, ...ends);
    const log = told.map((change) => blankChange(change, what));
    const issue = records.get(issueId) as AnyRecord & { kind: 'issue' };
    expect(issue.followUps).toMatchObject([{ whom: blank, promise: blank, channel: 'call' }]);
    expect(issue).toMatchObject({ told: { words: blank }, voices: [], voiceIds: [], state: 'accepted' });
    expect(issue.text).toBe(what === 'words' ? blank : `${secret}！`);
    expect(records.get(caseId)).toMatchObject({ state: 'closed' });
    if (what === 'words') {
      expect(JSON.stringify([...records.values(), log])).not.toContain('张婆婆');
      expect(issue).toMatchObject({ place: { source: 'map' }, answers: { whom: blank, count: 3 } });
      expect(issue.place).not.toHaveProperty('floor');
    }
  });

  test('twice is as once, and never less than before', () => {
    const once = after(...told, blanking(issueId, 'words'));
    const twice = after(...told, blanking(issueId, 'words'), blanking(issueId, what));
    const { version: _, blanked: was, ...first } = once.get(issueId)! as AnyRecord & { kind: 'issue' };
    expect(twice.get(issueId)).toMatchObject(first);
    expect(twice.get(issueId)).toMatchObject({ blanked: { what: was!.what } });
  });
});

describe('what was written before a blanking', () => {
  const recorded = changeOf('issue-recorded', issueFacts(issueId));
  const records = (what: (typeof blankings)[number]) => after(recorded, blanking(issueId, what));
  const followUp = (baseVersion: number) =>
    changeOf('follow-up-noted', { ...onIssue, whom: secret, channel: 'call', promise: '' }, { baseVersion });
  const refused = { verdict: 'refused', refusal: { code: 'personal-blanked' } };

  test('is not taken after it, however much its author had written before', () => {
    for (const baseVersion of [1, 2, 40, 9_999])
      expect(judged(followUp(baseVersion), records('contacts'))).toMatchObject(refused);
  });

  test('is taken where it was written by somebody who had seen it', () => {
    const version = records('contacts').get(issueId)!.version;
    expect(version).toBe(nextGeneration(1));
    expect(judged(followUp(version), records('contacts'))).toEqual({ verdict: 'allowed' });
    expect(judged(followUp(version + 3), records('contacts'))).toEqual({ verdict: 'allowed' });
  });

  test('is taken where it says nothing that was blanked', () => {
    const comment = changeOf('comment-added', { ...onIssue, text: '好' }, { baseVersion: 1 });
    expect(judged(comment, records('contacts'))).toEqual({ verdict: 'allowed' });
    expect(judged(comment, records('words'))).toMatchObject(refused);
    const opened = changeOf('record-opened', onIssue, { baseVersion: 1 });
    expect(judged(opened, records('words'))).toEqual({ verdict: 'allowed' });
    const voice = changeOf('voice-attached', { ...onIssue, voice: voiceFacts(newId()) }, { baseVersion: 1 });
    expect(judged(voice, records('contacts'))).toMatchObject(refused);
    // Recorded before the report was saved, declared by a tablet that has seen the blanking since.
    const late = { ...voice, baseVersion: 20_000 };
    expect(judged(late, records('contacts'))).toMatchObject(refused);
  });

  test('an amendment of the old words is refused, not shown as a conflict with them', () => {
    const edits = { text: { from: reportFacts(issueId).text, to: secret } };
    const amended = changeOf('report-amended', { ...onIssue, edits }, { baseVersion: 1 });
    expect(allowChange(amended, records('words'), rules)).toMatchObject(refused);
  });
});

test('a patrol says nothing of a resident', () => {
  const recordId = newId<RecordId>();
  const started = changeOf('patrol-started', { recordId, ownerGridCode: '510108011007001' });
  expect(judged(blanking(recordId, 'words'), after(started))).toMatchObject({ verdict: 'refused' });
});
