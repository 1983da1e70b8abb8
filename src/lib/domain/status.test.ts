import { expect, test } from 'vitest';
import {
  after,
  at,
  caseStory,
  changeOf,
  officer,
  reportFacts,
  settled
} from '../../../tests/support/changes';
import { isOverdue, type Case } from './case';
import type { Change } from './changes';
import type { Report } from './report';
import { isOpen, reportStatus } from './status';

const { issueId, caseId, recorded, ...story } = caseStory();
const { opened, dispatched, returned, handled, passed, failed, closed } = story;
const rejected = changeOf('report-rejected', { recordId: issueId, reason: '重复' }, { author: officer });
const asked = changeOf('detail-requested', { recordId: issueId, reason: '?' }, { author: officer });
const withdrawn = changeOf('report-withdrawn', { recordId: issueId });
const told = changeOf('resident-told', { recordId: issueId, caseId, words: '' });
const whole = [opened, dispatched, handled, passed, closed];

function statusAfter(...changes: Change[]) {
  const records = after(...changes);
  return reportStatus(records.get(issueId) as Report, records.get(caseId) as Case | undefined);
}

test.each([
  ['reported', [], true],
  ['needsDetail', [asked], true],
  ['rejected', [rejected], false],
  ['withdrawn', [withdrawn], false],
  ['accepted', [opened], true],
  ['dispatched', [opened, dispatched], true],
  ['returned', [opened, dispatched, returned], true],
  ['handled', [opened, dispatched, handled], true],
  ['checked', [opened, dispatched, handled, passed], true],
  ['rework', [opened, dispatched, handled, failed], true],
  ['closed', whole, false],
  // An issue ends with its case, whether or not a resident was told.
  ['closed', [...whole, told], false]
])('an issue is %s', (status, changes, open) => {
  expect(statusAfter(recorded, ...changes)).toBe(status);
  expect(isOpen(statusAfter(recorded, ...changes))).toBe(open);
});

test('what was solved on the spot says so until the office takes it up', () => {
  const solved = changeOf('issue-recorded', { ...recorded.facts, solvedOnSpot: true });
  expect(statusAfter(solved)).toBe('solvedOnSpot');
  expect(statusAfter(solved, opened)).toBe('accepted');
});

test('a need ends once the resident was told', () => {
  const need = changeOf('need-recorded', { ...reportFacts(issueId), needTypeCode: 'N01' });
  expect(statusAfter(need, ...whole)).toBe('closed');
  expect(statusAfter(need, ...whole, told)).toBe('told');
});

test('a report whose case is not here yet says that it is accepted', () => {
  const records = after(recorded, opened, dispatched);
  expect(reportStatus(records.get(issueId) as Report, undefined)).toBe('accepted');
});

test.each([
  ['before its limit', [opened, dispatched], at, false],
  ['after its limit', [opened, dispatched], '2026-12-01T00:00:00.000Z', true],
  ['at its limit to the millisecond', [opened, dispatched], settled.dueAt, false],
  ['once handled', [opened, dispatched, handled], '2026-12-01T00:00:00.000Z', false],
  ['once closed', whole, '2026-12-01T00:00:00.000Z', false],
  ['without a limit', [opened], '2026-12-01T00:00:00.000Z', false]
])('a case is overdue %s', (_, changes, now, expected) => {
  expect(isOverdue(after(recorded, ...changes).get(caseId) as Case, now)).toBe(expected);
});
