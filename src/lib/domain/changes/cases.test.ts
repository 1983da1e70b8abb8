import { describe, expect, it, test } from 'vitest';
import {
  after,
  caseStory,
  changeOf,
  handler,
  judged,
  newId,
  officer,
  photoFacts,
  rules,
  settled,
  unit,
  worker
} from '../../../../tests/support/changes';
import type { Case } from '../case';
import type { UnitId } from '../ids';
import type { Issue } from '../report';
import type { Change } from '.';

const story = caseStory();
const { issueId, caseId, recorded, opened, dispatched, returned, handled, passed, failed, closed } = story;
const caseAfter = (...changes: Change[]) => after(recorded, ...changes).get(caseId) as Case;

describe('opening', () => {
  it('takes the report up as a case that knows its number, its reporter and its subject', () => {
    const records = after(recorded, opened);
    expect(records.get(caseId)).toMatchObject({
      state: 'accepted',
      number: settled.caseNumber,
      subjectId: issueId,
      reporter: worker,
      author: officer,
      ownerGridCode: recorded.facts.ownerGridCode,
      version: 1
    });
    expect(records.get(issueId)).toMatchObject({ state: 'accepted', caseId, version: 2 });
  });

  it('answers a request for detail and keeps 仅社区可见', () => {
    const only = caseStory({ communityOnly: true });
    const asked = changeOf('detail-requested', { recordId: only.issueId, reason: '?' }, { author: officer });
    const records = after(only.recorded, asked, only.opened);
    expect(records.get(only.caseId)).toMatchObject({ communityOnly: true });
    expect((records.get(only.issueId) as Issue).reason).toBeUndefined();
  });

  const second = changeOf('case-opened', { ...opened.facts, recordId: newId() }, { author: officer });
  test.each([
    ['twice for one report', second, after(recorded, opened), 'wrong-state'],
    ['for a report that is not there', second, new Map(), 'unknown-record'],
    [
      'for a rejected report',
      opened,
      after(recorded, changeOf('report-rejected', { recordId: issueId, reason: '重复' })),
      'wrong-state'
    ]
  ])('is refused %s', (_, change, records, code) =>
    expect(judged(change, records)).toMatchObject({ refusal: { code } })
  );
});

describe('the way of a case', () => {
  test.each([
    ['dispatched', [opened, dispatched], { state: 'dispatched', unit, instruction: '请紧固' }],
    ['returned', [opened, dispatched, returned], { state: 'returned' }],
    ['dispatched again after a return', [opened, dispatched, returned, dispatched], { state: 'dispatched' }],
    ['handled', [opened, dispatched, handled], { state: 'handled' }],
    ['checked', [opened, dispatched, handled, passed], { state: 'handled' }],
    ['failed', [opened, dispatched, handled, failed], { state: 'rework' }],
    ['handled again', [opened, dispatched, handled, failed, handled], { state: 'handled' }],
    ['returned out of rework', [opened, dispatched, handled, failed, returned], { state: 'returned' }],
    ['closed', [opened, dispatched, handled, passed, closed], { state: 'closed' }]
  ])('%s', (_, changes, expected) => expect(caseAfter(...changes)).toMatchObject(expected));

  const at = (changes: Change[]) => after(recorded, ...changes);
  test.each([
    ['dispatched twice', dispatched, [opened, dispatched]],
    ['dispatched once handled', dispatched, [opened, dispatched, handled]],
    ['handled before it was dispatched', handled, [opened]],
    ['handled twice', handled, [opened, dispatched, handled]],
    ['handled once returned', handled, [opened, dispatched, returned]],
    ['returned before it was dispatched', returned, [opened]],
    ['returned once handled', returned, [opened, dispatched, handled]],
    ['checked before it was handled', passed, [opened, dispatched]],
    ['checked twice', passed, [opened, dispatched, handled, passed]],
    ['checked in rework', passed, [opened, dispatched, handled, failed]],
    ['closed as done before a passed check', closed, [opened, dispatched, handled]],
    ['closed as done after a failed check', closed, [opened, dispatched, handled, failed]],
    ['closed twice', closed, [opened, dispatched, handled, passed, closed]]
  ])('a case is never %s', (_, change, changes) =>
    expect(judged(change, at(changes))).toEqual({ verdict: 'refused', refusal: { code: 'wrong-state' } })
  );

  it('keeps every return, check and result with who and when', () => {
    const work = caseAfter(
      opened,
      dispatched,
      returned,
      dispatched,
      handled,
      failed,
      handled,
      passed,
      closed
    );
    expect(work.returns).toEqual([{ author: handler, at: returned.at, reason: '不归我们管' }]);
    expect(work.checks.map((check) => check.passed)).toEqual([false, true]);
    expect(work.result).toMatchObject({ author: handler, passed: true });
    expect(work.closed).toMatchObject({ author: officer, how: 'done' });
    expect(work.version).toBe(9);
  });
});

describe('the limit', () => {
  it('runs from the first dispatch: a return does not buy time', () => {
    expect(caseAfter(opened, dispatched).dueAt).toBe(settled.dueAt);
    const before = caseAfter(opened, dispatched, returned);
    expect(before.dueAt).toBe(settled.dueAt);
    expect(caseAfter(opened, dispatched, returned, dispatched).dueAt).toBe(before.dueAt);
  });

  it('is refused with a unit that is not on the list', () => {
    const stranger = changeOf('case-dispatched', { ...dispatched.facts, unit: newId<UnitId>() });
    expect(judged(stranger, after(recorded, opened))).toMatchObject({ refusal: { code: 'unknown-unit' } });
    const noUnits = { ...rules, unitIds: new Set<UnitId>() };
    expect(judged(dispatched, after(recorded, opened), noUnits)).toMatchObject({
      refusal: { code: 'unknown-unit' }
    });
  });
});

describe('proof and words', () => {
  it('asks for an after-photo where the category requires one, and is content with one', () => {
    const strict = caseStory({}, 'required');
    const changes = [strict.recorded, strict.opened, strict.dispatched];
    const photo = (stage: 'before' | 'after') =>
      changeOf(
        'photo-attached',
        { recordId: strict.caseId, photo: photoFacts(newId(), stage) },
        { author: handler }
      );
    const needed = { refusal: { code: 'after-photo-required' } };
    expect(judged(strict.handled, after(...changes))).toMatchObject(needed);
    expect(judged(strict.handled, after(...changes, photo('before')))).toMatchObject(needed);
    expect(judged(strict.handled, after(...changes, photo('after')))).toEqual({ verdict: 'allowed' });
  });

  it('asks for a new one after a failed check: the old one shows what failed', () => {
    const strict = caseStory({}, 'required');
    const photo = () =>
      changeOf(
        'photo-attached',
        { recordId: strict.caseId, photo: photoFacts(newId(), 'after') },
        { author: handler }
      );
    const failed = [
      strict.recorded,
      strict.opened,
      strict.dispatched,
      photo(),
      strict.handled,
      strict.failed
    ];
    const needed = { refusal: { code: 'after-photo-required' } };
    expect(judged(strict.handled, after(...failed))).toMatchObject(needed);
    expect(judged(strict.handled, after(...failed, strict.dispatched))).toMatchObject(needed);
    expect(judged(strict.handled, after(...failed, photo()))).toEqual({ verdict: 'allowed' });
    const again = [...failed, photo(), strict.handled, strict.failed];
    expect(judged(strict.handled, after(...again))).toMatchObject(needed);
  });

  it('is not checked by the one who did it', () => {
    const own = changeOf('case-checked', passed.facts, { author: handler });
    expect(judged(own, after(recorded, opened, dispatched, handled))).toMatchObject({
      refusal: { code: 'own-work-unchecked' }
    });
  });

  test.each([
    [
      'a failed check',
      changeOf('case-checked', { ...failed.facts, words: '  ' }),
      [opened, dispatched, handled]
    ],
    [
      'closing what nobody needs any more',
      changeOf('case-closed', { ...closed.facts, how: 'noLongerNeeded' }),
      [opened]
    ]
  ])('%s needs words', (_, change, changes) =>
    expect(judged(change, after(recorded, ...changes))).toMatchObject({
      refusal: { code: 'reason-required' }
    })
  );

  it('closes at once what was solved on the spot, and only that', () => {
    const solved = caseStory({ solvedOnSpot: true });
    const close = (of: typeof story) => changeOf('case-closed', { ...of.closed.facts, how: 'solvedOnSpot' });
    expect(judged(close(solved), after(solved.recorded, solved.opened))).toEqual({ verdict: 'allowed' });
    expect(judged(close(story), after(recorded, opened))).toMatchObject({ refusal: { code: 'wrong-state' } });
  });

  it('is closed by its own subject only', () => {
    const other = caseStory({ solvedOnSpot: true });
    const facts = { ...closed.facts, subjectId: other.issueId, how: 'solvedOnSpot' as const };
    const records = new Map([...after(recorded, opened), ...after(other.recorded)]);
    expect(judged(changeOf('case-closed', facts), records)).toMatchObject({
      refusal: { code: 'wrong-state' }
    });
  });
});

describe('telling the resident', () => {
  const told = (withCase: boolean) =>
    changeOf('resident-told', { recordId: issueId, caseId: withCase ? caseId : undefined, words: '修好了' });
  const whole = [opened, dispatched, handled, passed, closed];

  it('ends it once the case is closed', () => {
    const by = { author: worker, at: told(true).at, words: '修好了' };
    expect((after(recorded, ...whole, told(true)).get(issueId) as Issue).told).toEqual(by);
  });

  test.each([
    ['a rejection', [changeOf('report-rejected', { recordId: issueId, reason: '重复' })], {}],
    ['a solution on the spot', [], { solvedOnSpot: true }]
  ])('is lawful after %s without a case', (_, changes, more) => {
    const first = changeOf('issue-recorded', { ...recorded.facts, ...more });
    expect(judged(told(false), after(first, ...changes))).toEqual({ verdict: 'allowed' });
  });

  test.each([
    ['before there is anything to tell', told(false), []],
    ['while the case is open', told(true), [opened, dispatched]],
    ['without naming the closed case', told(false), whole],
    ['twice', told(true), [...whole, told(true)]]
  ])('is refused %s', (_, change, changes) =>
    expect(judged(change, after(recorded, ...changes))).toMatchObject({ refusal: { code: 'wrong-state' } })
  );
});

test.each([dispatched, returned, handled, passed, closed])('$kind is refused on a report', (change) => {
  const onReport = { ...change, facts: { ...change.facts, recordId: issueId } } as Change;
  expect(judged(onReport, after(recorded, opened))).toMatchObject({ verdict: 'refused' });
});
