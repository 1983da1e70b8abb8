import { describe, expect, it, test } from 'vitest';
import { after, changeOf, issueFacts, judged, newId, rules, worker } from '../../../../tests/support/changes';
import { gridOne } from '../../../../tests/support/codes';
import type { RecordId } from '../ids';
import { walkedSeconds, type Patrol } from '../patrol';
import type { Change } from '.';

const recordId = newId<RecordId>();
const clock = (time: string) => ({ at: `2026-11-20T${time}:00.000Z`, baseVersion: 1 });
const started = changeOf('patrol-started', { recordId, ownerGridCode: gridOne }, { at: clock('01:00').at });
const paused = changeOf('patrol-paused', { recordId }, clock('01:20'));
const resumed = changeOf('patrol-resumed', { recordId }, clock('01:30'));
const ended = changeOf('patrol-ended', { recordId, note: '' }, clock('02:00'));
const track = changeOf('track-recorded', {
  recordId,
  points: [['2026-11-20T01:05:00.000Z', 104.1, 30.6, 8]],
  gaps: [{ from: '2026-11-20T01:06:00.000Z', to: '2026-11-20T01:09:00.000Z', reason: 'screenOff' }],
  metres: 120
});
const patrolAfter = (...changes: Change[]) => after(started, ...changes).get(recordId) as Patrol;

it('starts with one tap, walking', () => {
  expect(patrolAfter()).toMatchObject({
    state: 'walking',
    author: worker,
    startedAt: clock('01:00').at,
    pauses: []
  });
});

it('pauses and goes on without a reason, and ends with or without a note', () => {
  const pause = { from: clock('01:20').at, to: clock('01:30').at };
  expect(patrolAfter(paused)).toMatchObject({ state: 'paused', pauses: [{ from: pause.from }] });
  expect(patrolAfter(paused, resumed)).toMatchObject({ state: 'walking', pauses: [pause] });
  expect(patrolAfter(paused, resumed, ended)).toMatchObject({
    state: 'ended',
    pauses: [pause],
    note: undefined
  });
  const withNote = changeOf('patrol-ended', { recordId, note: '一切正常' }, clock('02:00'));
  expect(patrolAfter(withNote).note).toBe('一切正常');
});

it('that ends in a pause closes the pause', () => {
  expect(patrolAfter(paused, ended).pauses).toEqual([{ from: clock('01:20').at, to: clock('02:00').at }]);
});

test.each([
  ['paused twice', paused, [paused]],
  ['resumed while walking', resumed, []],
  ['paused once ended', paused, [ended]],
  ['resumed once ended', resumed, [ended]],
  ['ended twice', ended, [ended]]
])('a patrol is never %s', (_, change, changes) =>
  expect(judged(change, after(started, ...changes))).toMatchObject({ refusal: { code: 'wrong-state' } })
);

test.each([paused, resumed, ended])('$kind is refused on an issue', (change) => {
  const issue = changeOf('issue-recorded', issueFacts(recordId));
  expect(judged(change, after(issue))).toMatchObject({ refusal: { code: 'wrong-state' } });
});

test.each([
  ['walking', [], clock('01:10').at, 600],
  ['in a pause', [paused], clock('01:50').at, 1200],
  ['after a pause', [paused, resumed], clock('01:40').at, 1800],
  ['when ended', [paused, resumed, ended], clock('09:00').at, 3000],
  ['under a clock set back', [paused], clock('00:30').at, 0]
])('the time on foot %s leaves pauses out and is never negative', (_, changes, now, seconds) =>
  expect(walkedSeconds(patrolAfter(...changes), now)).toBe(seconds)
);

describe('a track', () => {
  it('leaves only its number of points and its length in the record, also after the end', () => {
    const patrol = patrolAfter(track, ended, track);
    expect(patrol).toMatchObject({ trackPoints: 2, trackMetres: 240 });
    expect(JSON.stringify(patrol)).not.toContain('104.1');
  });

  it('is refused until an administrator has stated a purpose', () => {
    const off = { ...rules, trackPurposeStated: false };
    expect(judged(track, after(started), off)).toMatchObject({ refusal: { code: 'no-track-purpose' } });
  });

  it('belongs to a patrol', () => {
    const issue = changeOf('issue-recorded', issueFacts(recordId));
    expect(judged(track, after(issue))).toMatchObject({ refusal: { code: 'unknown-record' } });
  });
});
