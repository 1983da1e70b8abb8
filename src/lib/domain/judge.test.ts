import { describe, expect, it, test } from 'vitest';
import {
  after,
  at,
  caseStory,
  changeOf,
  handler,
  issueFacts,
  newId,
  officer,
  photoFacts,
  reportFacts,
  rules,
  settled,
  unit,
  voiceFacts,
  worker
} from '../../../tests/support/changes';
import { community, gridOne, gridTwo, otherCommunity } from '../../../tests/support/codes';
import { changeKinds, type Change, type ChangeKindName } from './changes';
import type { Grant } from './grant';
import type { AccountId, RecordId } from './ids';
import { applyChange, judgeChange, touchedBy } from './judge';
import type { AnyRecord } from './record';

type Example = { before: Change[]; change: Change };

/** A lawful change of every kind: the worker's own, the office's and the unit's, on the worker's records. */
const story = caseStory();
const { issueId, recorded, opened, dispatched, returned, handled, passed, closed } = story;
const patrolId = newId<RecordId>();
const onHandover = { recordId: newId<RecordId>() };
const handedOver = changeOf('shift-handed-over', {
  ...onHandover,
  ownerGridCode: gridOne,
  note: '王阿姨家明早送药',
  itemIds: [issueId]
});
const onOpinion = { recordId: newId<RecordId>() };
const opinion = changeOf('opinion-given', {
  ...onOpinion,
  ownerGridCode: gridOne,
  text: '字太小',
  appVersion: '0.1.0',
  page: '/mine'
});
const started = changeOf('patrol-started', { recordId: patrolId, ownerGridCode: gridOne });
const second = changeOf('issue-recorded', issueFacts(newId()));
const rejected = changeOf('report-rejected', { recordId: issueId, reason: '重复' }, { author: officer });
const picture = photoFacts(newId());
const photo = changeOf('photo-attached', { recordId: issueId, photo: picture });
const need = changeOf('need-recorded', { ...reportFacts(newId()), needTypeCode: 'N01' });
const onIssue = { recordId: issueId };
const onPatrol = { recordId: patrolId };

const examples: Record<ChangeKindName, Example> = {
  'issue-recorded': { before: [], change: recorded },
  'need-recorded': { before: [], change: need },
  'report-amended': { before: [recorded], change: changeOf('report-amended', { ...onIssue, edits: {} }) },
  'report-withdrawn': { before: [recorded], change: changeOf('report-withdrawn', onIssue) },
  'reports-linked': {
    before: [recorded, second],
    change: changeOf('reports-linked', { ...onIssue, otherId: second.facts.recordId })
  },
  'detail-requested': {
    before: [recorded],
    change: changeOf('detail-requested', { ...onIssue, reason: '?' })
  },
  'report-rejected': { before: [recorded], change: rejected },
  'photo-attached': { before: [recorded], change: photo },
  'voice-attached': {
    before: [recorded],
    change: changeOf('voice-attached', { ...onIssue, voice: voiceFacts(newId()) })
  },
  'photo-stored': {
    before: [recorded, photo],
    change: changeOf('photo-stored', { ...onIssue, photoId: picture.id, storedAt: at })
  },
  'follow-up-noted': {
    before: [recorded],
    change: changeOf('follow-up-noted', { ...onIssue, whom: '物业', channel: 'call', promise: '' })
  },
  'resident-told': {
    before: [recorded, rejected],
    change: changeOf('resident-told', { ...onIssue, words: '' })
  },
  'record-opened': { before: [recorded], change: changeOf('record-opened', onIssue) },
  'personal-blanked': {
    before: [recorded],
    change: changeOf('personal-blanked', { ...onIssue, what: 'words', why: 'request' })
  },
  'comment-added': { before: [recorded], change: changeOf('comment-added', { ...onIssue, text: '好' }) },
  'case-opened': { before: [recorded], change: opened },
  'case-dispatched': { before: [recorded, opened], change: dispatched },
  'case-returned': { before: [recorded, opened, dispatched], change: returned },
  'case-handled': { before: [recorded, opened, dispatched], change: handled },
  'case-checked': { before: [recorded, opened, dispatched, handled], change: passed },
  'case-closed': { before: [recorded, opened, dispatched, handled, passed], change: closed },
  'patrol-started': { before: [], change: started },
  'patrol-paused': { before: [started], change: changeOf('patrol-paused', onPatrol) },
  'patrol-resumed': {
    before: [started, changeOf('patrol-paused', onPatrol)],
    change: changeOf('patrol-resumed', onPatrol)
  },
  'patrol-ended': { before: [started], change: changeOf('patrol-ended', { ...onPatrol, note: '' }) },
  'track-recorded': {
    before: [started],
    change: changeOf('track-recorded', { ...onPatrol, points: [[at, 104.1, 30.6, 8]], gaps: [], metres: 0 })
  },
  'shift-handed-over': { before: [], change: handedOver },
  'handover-read': {
    before: [{ ...handedOver, author: newId<AccountId>() }],
    change: changeOf('handover-read', onHandover)
  },
  'opinion-given': { before: [], change: opinion },
  'opinion-answered': { before: [opinion], change: changeOf('opinion-answered', { ...onOpinion, text: '' }) }
};
const kinds = Object.keys(changeKinds) as ChangeKindName[];

interface Person {
  account: AccountId;
  grants: Grant[];
}
const colleague = newId<AccountId>();
const outsider = newId<AccountId>();
const workerIn = (area: string, account: AccountId = worker): Person => ({
  account,
  grants: [{ role: 'gridWorker', area }]
});
const officerIn = (area: string): Person => ({
  account: officer,
  grants: [{ role: 'communityOfficer', area }]
});
const handlerOf = (theirs: typeof unit): Person => ({
  account: handler,
  grants: [{ role: 'unitHandler', area: community, unit: theirs }]
});
const volunteer: Person = { account: outsider, grants: [{ role: 'microGridWorker', area: `${gridOne}01` }] };
const street: Person = { account: outsider, grants: [{ role: 'streetOfficer', area: '510108011' }] };
const admin: Person = { account: outsider, grants: [{ role: 'admin', area: '510108' }] };

/** The verdict on the example when this person makes it: their own change, on the worker's records. */
function verdictFor(kind: ChangeKindName, person: Person): string {
  const { before, change } = examples[kind];
  const own = { ...change, author: person.account } as Change;
  const records = touched(own, after(...before));
  const judgement = judgeChange(own, records, person, rules, at);
  return judgement.verdict === 'refused' ? judgement.refusal.code : judgement.verdict;
}

function touched(change: Change, records: ReadonlyMap<RecordId, AnyRecord>): Map<RecordId, AnyRecord> {
  return new Map([...records].filter(([id]) => touchedBy(change).includes(id)));
}

const serverMade: ChangeKindName[] = ['photo-stored', 'personal-blanked'];
const making: ChangeKindName[] = [
  'issue-recorded',
  'need-recorded',
  'patrol-started',
  'shift-handed-over',
  'opinion-given'
];
const onPatrols: ChangeKindName[] = ['patrol-paused', 'patrol-resumed', 'patrol-ended', 'track-recorded'];
const onThings = kinds.filter((kind) => !making.includes(kind));

describe.each<[string, Person, (kind: ChangeKindName) => string]>([
  [
    'the worker of the grid',
    workerIn(gridOne),
    (kind) =>
      [
        ...making,
        'report-amended',
        'report-withdrawn',
        'reports-linked',
        'photo-attached',
        'voice-attached',
        'follow-up-noted',
        'resident-told',
        'comment-added',
        'case-checked',
        'handover-read',
        ...onPatrols
      ].includes(kind)
        ? 'allowed'
        : 'not-granted'
  ],
  [
    'a colleague of the same grid',
    workerIn(gridOne, colleague),
    (kind) => {
      if (onPatrols.includes(kind) || kind === 'opinion-answered') return hiddenFrom(kind);
      return [
        ...making,
        'reports-linked',
        'follow-up-noted',
        'resident-told',
        'comment-added',
        'case-checked',
        'handover-read'
      ].includes(kind)
        ? 'allowed'
        : 'not-granted';
    }
  ],
  [
    'the community officer',
    officerIn(community),
    (kind) => {
      // What somebody thinks of the app is no officer's either.
      if (onPatrols.includes(kind) || kind === 'opinion-answered') return hiddenFrom(kind);
      const own = ['issue-recorded', 'need-recorded', 'opinion-given'];
      // A handover is the office's to read, and the workers' to make and to tick.
      const walkers = ['patrol-started', 'shift-handed-over', 'handover-read'];
      const others = ['report-amended', 'report-withdrawn', ...serverMade, ...walkers];
      return own.includes(kind) || !others.includes(kind) ? 'allowed' : 'not-granted';
    }
  ],
  [
    'the unit the case was sent to',
    handlerOf(unit),
    (kind) => {
      if (['case-returned', 'case-handled'].includes(kind)) return 'allowed';
      if (serverMade.includes(kind)) return 'not-granted';
      if (['case-checked'].includes(kind)) return 'not-granted';
      // The subject of the case is not the unit's to see.
      return making.includes(kind) ? 'not-granted' : 'unknown-record';
    }
  ],
  ['another unit', handlerOf(newId()), (kind) => hiddenFrom(kind)],
  ['the worker of the neighbour grid', workerIn(gridTwo, outsider), (kind) => hiddenFrom(kind)],
  [
    'an officer of another community',
    { ...officerIn(otherCommunity), account: outsider },
    (kind) => hiddenFrom(kind)
  ],
  ['a volunteer of a micro-grid', volunteer, (kind) => hiddenFrom(kind)],
  ['an administrator', admin, (kind) => (kind === 'opinion-answered' ? 'allowed' : hiddenFrom(kind))],
  ['somebody without any grant', { account: outsider, grants: [] }, (kind) => hiddenFrom(kind)],
  [
    'the street',
    street,
    (kind) => {
      const hidden = [...onPatrols, 'handover-read', 'opinion-answered'];
      if (hidden.includes(kind)) return hiddenFrom(kind);
      return kind === 'comment-added' ? 'allowed' : 'not-granted';
    }
  ],
  [
    'the worker whose grid was handed on',
    workerIn(gridTwo),
    // Of one's own reports and patrols the refusal may say why; the case is the office's.
    (kind) => {
      const isOthers = (kind.startsWith('case-') && kind !== 'case-opened') || kind === 'handover-read';
      return isOthers ? 'unknown-record' : 'not-granted';
    }
  ]
])('%s', (_, person, expected) => {
  test.each(kinds)('%s', (kind) => expect(verdictFor(kind, person)).toBe(expected(kind)));
});

/** Nothing is told of what one may not see, not even that it is there. */
function hiddenFrom(kind: ChangeKindName): string {
  return making.includes(kind) || serverMade.includes(kind) ? 'not-granted' : 'unknown-record';
}

describe('the judgement', () => {
  it('is lawful in every example when the server makes it', () => {
    for (const kind of kinds) {
      const { before, change } = examples[kind];
      expect(judgeChange(change, touched(change, after(...before)), 'server', rules, at).verdict, kind).toBe(
        'allowed'
      );
    }
  });

  test.each(kinds)('%s in somebody else’s name is not granted', (kind) => {
    const { before, change } = examples[kind];
    const everything = [officerIn(community), workerIn(gridOne, officer)].flatMap(({ grants }) => grants);
    const forged = { ...change, author: outsider } as Change;
    const judgement = judgeChange(
      forged,
      touched(forged, after(...before)),
      { account: officer, grants: everything },
      rules,
      at
    );
    expect(judgement).toEqual({ verdict: 'refused', refusal: { code: 'not-granted' } });
  });

  test.each(onThings)('%s on what is not there tells no more than on what is hidden', (kind) => {
    const { change } = examples[kind];
    const own = { ...change, author: outsider } as Change;
    const onNothing = judgeChange(own, new Map(), workerIn(gridTwo, outsider), rules, at);
    expect(onNothing).toEqual({ verdict: 'refused', refusal: { code: hiddenFrom(kind) } });
  });

  test.each(making)('%s for a grid of another community is malformed, whoever makes it', (kind) => {
    const { change } = examples[kind];
    const forged = { ...change, facts: { ...change.facts, ownerGridCode: `${otherCommunity}001` } } as Change;
    const everywhere = { account: worker, grants: [...workerIn('51').grants, ...officerIn('51').grants] };
    expect(judgeChange(forged, new Map(), everywhere, rules, at)).toEqual({
      verdict: 'refused',
      refusal: { code: 'malformed', details: { field: 'ownerGridCode' } }
    });
  });

  test.each(onThings)('%s never reaches a record of another community', (kind) => {
    const { before, change } = examples[kind];
    const moved = { ...change, community: otherCommunity } as Change;
    const everywhere = {
      account: change.author,
      grants: [...workerIn('51').grants, ...officerIn('51').grants]
    };
    const judgement = judgeChange(moved, touched(moved, after(...before)), everywhere, rules, at);
    expect(judgement.verdict).toBe('refused');
  });

  it('keeps 仅社区可见 from colleagues, and only from them', () => {
    const hidden = changeOf('issue-recorded', issueFacts(newId(), { communityOnly: true }));
    const comment = (author: AccountId) =>
      changeOf('comment-added', { recordId: hidden.facts.recordId, text: '好' }, { author });
    const records = after(hidden);
    const by = (person: Person) => judgeChange(comment(person.account), records, person, rules, at);
    expect(by(workerIn(gridOne, colleague))).toMatchObject({ refusal: { code: 'unknown-record' } });
    expect(by(workerIn(gridOne))).toEqual({ verdict: 'allowed' });
    expect(by(officerIn(community))).toEqual({ verdict: 'allowed' });
  });

  it('lets nobody write into a record through a link to it', () => {
    const neighbours = changeOf('issue-recorded', issueFacts(newId(), { ownerGridCode: gridTwo }));
    const records = after(recorded, neighbours);
    const link = changeOf('reports-linked', { recordId: issueId, otherId: neighbours.facts.recordId });
    const grants: Grant[] = [
      { role: 'gridWorker', area: gridOne },
      { role: 'streetOfficer', area: gridTwo }
    ];
    expect(judgeChange(link, records, { account: worker, grants }, rules, at)).toEqual({
      verdict: 'refused',
      refusal: { code: 'not-granted' }
    });
  });
});

describe('applying', () => {
  test.each(kinds)(
    '%s counts every record it writes one version on, and changes nothing it was given',
    (kind) => {
      const { before, change } = examples[kind];
      const records = touched(change, after(...before));
      const frozen = JSON.stringify([...records]);
      for (const record of applyChange(change, records, settled)) {
        const before = records.get(record.id)?.version ?? 0;
        const isLater = kind === 'personal-blanked' ? record.version > before : record.version === before + 1;
        expect(isLater).toBe(true);
        expect(touchedBy(change)).toContain(record.id);
        expect(record.receivedAt).toBe(settled.receivedAt);
      }
      expect(JSON.stringify([...records])).toBe(frozen);
    }
  );
});
