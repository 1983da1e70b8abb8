import { expect, test } from 'vitest';
import {
  after,
  at,
  caseStory,
  changeOf,
  handler,
  judged,
  officer,
  unit
} from '../../../tests/support/changes';
import { community } from '../../../tests/support/codes';
import type { Case } from './case';
import type { Change } from './changes';
import type { Actor } from './grant';
import { lawfulActs, type NextAct } from './lawful-acts';
import type { Issue } from './report';

const office: Actor = { account: officer, grants: [{ role: 'communityOfficer', area: community }] };
const ofUnit: Actor = { account: handler, grants: [{ role: 'unitHandler', area: community, unit }] };
const street: Actor = { account: handler, grants: [{ role: 'streetOfficer', area: '510108011' }] };
const worker: Actor = { account: handler, grants: [{ role: 'admin', area: '510108' }] };

type Story = ReturnType<typeof caseStory>;

/** The change each act makes, to be judged by the domain's own rules. */
function changeFor(act: NextAct, { issueId, caseId }: Story, hasCase: boolean): Change | null {
  const recordId = caseId;
  const head = { author: officer };
  const close = (how: 'done' | 'solvedOnSpot' | 'noLongerNeeded') =>
    changeOf('case-closed', { recordId, subjectId: issueId, how, words: '说明' }, head);
  switch (act) {
    case 'accept':
      return changeOf('case-opened', { recordId, subjectId: issueId, afterPhoto: 'no' }, head);
    case 'dispatch':
      return hasCase ? changeOf('case-dispatched', { recordId, unit, instruction: '' }, head) : null;
    case 'closeSolved':
      return hasCase ? close('solvedOnSpot') : null;
    case 'askDetail':
      return changeOf('detail-requested', { recordId: issueId, reason: '说明' }, head);
    case 'reject':
      return changeOf('report-rejected', { recordId: issueId, reason: '说明' }, head);
    case 'return':
      return changeOf('case-returned', { recordId, reason: '说明' }, head);
    case 'handle':
      return changeOf('case-handled', { recordId, text: '说明' }, head);
    case 'pass':
    case 'fail':
      return changeOf('case-checked', { recordId, passed: act === 'pass', words: '说明' }, head);
    case 'close':
      return close('done');
    case 'drop':
      return close('noLongerNeeded');
    case 'tell':
      return changeOf(
        'resident-told',
        { recordId: issueId, caseId: hasCase ? caseId : undefined, words: '' },
        head
      );
    case 'comment':
      return changeOf('comment-added', { recordId: issueId, text: '说明' }, head);
  }
}

const all: NextAct[] = [
  'accept',
  'dispatch',
  'askDetail',
  'reject',
  'closeSolved',
  'return',
  'handle',
  'pass',
  'fail',
  'close',
  'drop',
  'tell',
  'comment'
];

const solved = caseStory({ solvedOnSpot: true });
const story = caseStory();
const stories: [string, Story, Change[]][] = [
  ['reported', story, [story.recorded]],
  ['solved on the spot', solved, [solved.recorded]],
  ['accepted', story, [story.recorded, story.opened]],
  ['accepted, solved on the spot', solved, [solved.recorded, solved.opened]],
  ['dispatched', story, [story.recorded, story.opened, story.dispatched]],
  ['returned', story, [story.recorded, story.opened, story.dispatched, story.returned]],
  ['handled', story, [story.recorded, story.opened, story.dispatched, story.handled]],
  ['passed', story, [story.recorded, story.opened, story.dispatched, story.handled, story.passed]],
  ['failed', story, [story.recorded, story.opened, story.dispatched, story.handled, story.failed]],
  [
    'closed',
    story,
    [story.recorded, story.opened, story.dispatched, story.handled, story.passed, story.closed]
  ]
];

test.each(stories)('%s: an officer is offered what the rules allow, and nothing else', (_, told, changes) => {
  const records = after(...changes);
  const report = records.get(told.issueId) as Issue;
  const work = records.get(told.caseId) as Case | undefined;
  const offered = lawfulActs(office, report, work, at);
  for (const act of all) {
    const change = changeFor(act, told, work !== undefined);
    if (change)
      expect([act, judged(change, records).verdict === 'allowed']).toEqual([act, offered.includes(act)]);
  }
});

test('once a check has passed the case is closed as done, not as nothing to do', () => {
  const records = after(story.recorded, story.opened, story.dispatched, story.handled, story.passed);
  const [report, work] = [records.get(story.issueId) as Issue, records.get(story.caseId) as Case];
  expect(lawfulActs(office, report, work, at)).toEqual(['close', 'comment']);
});

test('a unit handles and returns what was sent to it', () => {
  const records = after(story.recorded, story.opened, story.dispatched);
  const [report, work] = [records.get(story.issueId) as Issue, records.get(story.caseId) as Case];
  expect(lawfulActs(ofUnit, report, work, at)).toEqual(['handle', 'return', 'comment']);
  expect(lawfulActs(street, report, work, at)).toEqual(['comment']);
  expect(lawfulActs(worker, report, work, at)).toEqual([]);
});

test('nobody checks their own work', () => {
  const records = after(story.recorded, story.opened, story.dispatched, {
    ...story.handled,
    author: officer
  });
  const [report, work] = [records.get(story.issueId) as Issue, records.get(story.caseId) as Case];
  expect(lawfulActs(office, report, work, at)).not.toContain('pass');
});
