import { describe, expect, it } from 'vitest';
import { after, at, caseStory, changeOf, handler, newId, officer, unit, worker } from '../../../tests/support/changes';
import { community, gridOne } from '../../../tests/support/office';
import type { Grant } from './grant';
import type { AccountId } from './ids';
import { recordSeenBy } from './seen-record';

const story = caseStory({ publicFacility: true, place: { source: 'map', gridCode: `${gridOne}01` } });
const followedUp = changeOf('follow-up-noted', {
  recordId: story.issueId,
  whom: '三楼刘婆婆',
  channel: 'inPerson',
  promise: '明天再来'
});
const records = after(story.recorded, followedUp, story.opened, story.dispatched);
const issue = records.get(story.issueId)!;
const work = records.get(story.caseId)!;

const person = (account: AccountId, role: Grant['role'], area: string) => ({
  account,
  grants: [{ role, area, unit: role === 'unitHandler' ? unit : undefined }]
});
const people = {
  worker: person(worker, 'gridWorker', gridOne),
  colleague: person(newId(), 'gridWorker', gridOne),
  officer: person(officer, 'communityOfficer', community),
  volunteer: person(newId(), 'microGridWorker', `${gridOne}01`),
  street: person(newId(), 'streetOfficer', '510108011'),
  handler: person(handler, 'unitHandler', community)
};

describe('who reported a case', () => {
  it('is never told to the unit that handles it', () => {
    const seen = recordSeenBy(people.handler, work, at);
    expect(seen).not.toHaveProperty('reporter');
    expect(JSON.stringify(seen)).not.toContain(worker);
    expect(seen).toMatchObject({ id: story.caseId, state: 'dispatched', instruction: '请紧固' });
  });

  it.each(['worker', 'colleague', 'officer'] as const)('is known to the %s', (name) =>
    expect(recordSeenBy(people[name], work, at)).toBe(work)
  );
});

describe('whom the worker spoke to', () => {
  it.each(['volunteer', 'street'] as const)('is not told to the %s', (name) => {
    const seen = recordSeenBy(people[name], issue, at);
    expect(seen).toMatchObject({ id: story.issueId, text: story.recorded.facts.text, followUps: [] });
    expect(JSON.stringify(seen)).not.toContain('刘婆婆');
  });

  it.each(['worker', 'colleague', 'officer'] as const)('is known to the %s', (name) =>
    expect(recordSeenBy(people[name], issue, at)).toBe(issue)
  );

  it('stays with its author, also once the grid was handed on', () => {
    expect(recordSeenBy({ account: worker, grants: [] }, issue, at)).toBe(issue);
  });
});
