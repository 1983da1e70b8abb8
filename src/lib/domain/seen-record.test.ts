import { describe, expect, it, test } from 'vitest';
import {
  after,
  at,
  caseStory,
  changeOf,
  handler,
  newId,
  officer,
  photoFacts,
  unit,
  voiceFacts,
  worker
} from '../../../tests/support/changes';
import { community, gridOne } from '../../../tests/support/codes';
import type { ChangeKindName } from './changes';
import type { Actor, Grant } from './grant';
import type { HistoryEntry } from './history';
import type { AccountId } from './ids';
import { historySeenBy, knowsReporter, nobody, seenBy, withoutContacts } from './seen-record';

const story = caseStory({
  publicFacility: true,
  place: { source: 'map', gridCode: `${gridOne}01` },
  solvedOnSpot: true
});
const recordId = story.issueId;
const contacts = [
  changeOf('follow-up-noted', { recordId, whom: '三楼刘婆婆', channel: 'inPerson', promise: '明天再来' }),
  changeOf('comment-added', { recordId, text: '刘婆婆不在家' }),
  changeOf('resident-told', { recordId, words: '已告诉刘婆婆' }),
  changeOf('voice-attached', { recordId, voice: voiceFacts(newId()) })
];
const photo = { ...photoFacts(newId()), takenAt: at, exif: { camera: '李平的平板' } };
const records = after(
  story.recorded,
  ...contacts,
  changeOf('photo-attached', { recordId, photo }),
  changeOf('record-opened', { recordId }, { author: officer }),
  story.opened,
  story.dispatched,
  changeOf('comment-added', { recordId: story.caseId, text: '刘婆婆问起' })
);
const issue = records.get(story.issueId)!;
const work = records.get(story.caseId)!;

const person = (account: AccountId, role: Grant['role'], area: string) => ({
  account,
  grants: [{ role, area, unit: role === 'unitHandler' ? unit : undefined }]
});

describe('who reported a record, and whom the worker spoke to', () => {
  it.each([
    ['its author', person(worker, 'gridWorker', gridOne)],
    ['its author, also once the grid was handed on', { account: worker, grants: [] }],
    ['a colleague of the grid', person(newId(), 'gridWorker', gridOne)],
    ['the community', person(officer, 'communityOfficer', community)]
  ])('is known to %s', (_, actor) => {
    expect(knowsReporter(actor, issue, at)).toBe(true);
    expect(knowsReporter(actor, work, at)).toBe(true);
  });

  it.each([
    ['the unit that handles it', person(handler, 'unitHandler', community)],
    ['a volunteer', person(newId(), 'microGridWorker', `${gridOne}01`)],
    ['the street', person(newId(), 'streetOfficer', '510108011')],
    ['a worker of another grid', person(newId(), 'gridWorker', `${community}002`)]
  ])('is not known to %s', (_, actor) => {
    expect(knowsReporter(actor, issue, at)).toBe(false);
    expect(knowsReporter(actor, work, at)).toBe(false);
  });
});

describe('a public facility for a volunteer', () => {
  it('says what and where it is, and nothing of residents', () => {
    const seen = withoutContacts(issue);
    expect(seen).toMatchObject({
      id: recordId,
      text: story.recorded.facts.text,
      state: 'accepted',
      version: issue.version
    });
    expect(seen).toMatchObject({ told: { words: '' } });
    expect(JSON.stringify(issue)).toContain('刘婆婆');
    expect(JSON.stringify(seen)).not.toContain('刘婆婆');
  });

  it('does not say who reported, nor who opened it, only that and when', () => {
    const seen = withoutContacts(issue);
    expect(seen).toMatchObject({ number: '', author: nobody, openedBy: [{ account: nobody, at }] });
    expect(seen).toMatchObject({ photos: [{ id: photo.id, author: nobody, takenAt: at }] });
    for (const name of ['李平', worker, officer]) {
      expect(JSON.stringify(issue)).toContain(name);
      expect(JSON.stringify(seen)).not.toContain(name);
    }
  });

  it('keeps what a tablet needs to lay its own changes over it', () => {
    const { id, version, kind, community: of, ownerGridCode, state, at: since } = withoutContacts(issue);
    expect(withoutContacts(issue)).toMatchObject({ id, version, kind, ownerGridCode, state, at: since });
    expect([id, version, of]).toEqual([issue.id, issue.version, community]);
  });

  it('nor does its case', () => {
    expect(JSON.stringify(work)).toContain(worker);
    expect(JSON.stringify(withoutContacts(work))).not.toContain(worker);
    expect(withoutContacts(work)).toMatchObject({ id: work.id, version: work.version, reporter: nobody });
  });

  it('has no voices', () => {
    expect(issue).toMatchObject({ voices: [{ seconds: 12 }] });
    expect(withoutContacts(issue)).toMatchObject({ voices: [], voiceIds: [] });
  });
});

describe('the history', () => {
  const kinds: ChangeKindName[] = [
    'report-amended',
    ...contacts.map(({ kind }) => kind),
    'photo-attached',
    'case-opened'
  ];
  const told = kinds.map((kind) => {
    const author = kind === 'case-opened' ? officer : worker;
    const facts = kind === 'photo-attached' ? { recordId, photo } : {};
    return { kind, author, authorName: author === worker ? '李平' : '王丽', facts } as HistoryEntry;
  });
  const asked = { kind: 'comment-added', author: officer, facts: { text: '请联系 13987650421' } };
  const history = [...told, asked as unknown as HistoryEntry];
  const seen = (actor: Actor) => historySeenBy(actor, issue, history, at);

  it('is whole for who may know the reporter', () => {
    expect(seen(person(worker, 'gridWorker', gridOne))).toEqual(history);
    expect(seen(person(officer, 'communityOfficer', community))).toEqual(history);
  });

  it.each([
    [
      'the street, which may comment, no contacts and nothing the reporter said',
      'streetOfficer',
      '510108011',
      ['comment-added']
    ],
    ['a volunteer no contacts and no talk', 'microGridWorker', `${gridOne}01`, []]
  ] as const)('tells %s, and not who reported', (_, role, area, talk) => {
    const told = seen(person(newId(), role, area));
    expect(told.map(({ kind }) => kind)).toEqual([
      'report-amended',
      'photo-attached',
      'case-opened',
      ...talk
    ]);
    expect(told[1]).toMatchObject({ facts: { photo: { stage: 'before' } } });
    expect(told[2]).toMatchObject({ authorName: '王丽' });
    for (const { facts } of told.slice(3)) expect(facts).toEqual({ text: '请联系 ***' });
    expect(JSON.stringify(told)).not.toContain('李平');
    expect(JSON.stringify(told)).not.toContain(worker);
  });
});

test('one’s own record is seen whole, whatever one’s role', () => {
  const me = person(worker, 'microGridWorker', gridOne);
  expect(seenBy(me, issue, at)).toBe(issue);
  expect(seenBy(person(newId(), 'microGridWorker', gridOne), issue, at)).toEqual(withoutContacts(issue));
});
