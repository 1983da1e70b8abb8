import type { LegalBasis } from './legal-basis';
import type { Act } from './rights';

/** How long a kind of data is kept: `setting`s of the community, or for as long as the thing it belongs to. */
export const periods = ['track', 'closed', 'record', 'access', 'session', 'employment', 'always'] as const;
export type Period = (typeof periods)[number];

/**
 * One line of what is kept of people. Its purpose in words is in messages/privacy.ts; who may read it is whoever has the act
 * `read` in rights.ts.
 */
export interface PersonalField {
  whose: 'resident' | 'worker' | 'staff';
  basis: LegalBasis;
  kept: Period;
  read: Act;
  /** Where it lies in changes, as `kind.fact`; the record and its history are made of them. */
  facts?: readonly string[];
  /** Tables of the office that hold it and are made of no change. */
  tables?: readonly string[];
  /** Made illegible with this, and with whatever goes further. */
  blankedWith?: 'contacts' | 'words';
}

const recorded = (...fields: string[]) =>
  ['issue-recorded', 'need-recorded'].flatMap((kind) => fields.map((field) => `${kind}.${field}`));

/** What is kept of people, all of it. A test fails where a fact that somebody writes, or a table, is on no line. */
export const personalFields = {
  contact: {
    whose: 'resident',
    basis: 'consent',
    kept: 'closed',
    read: 'readReporter',
    facts: ['follow-up-noted.whom', 'follow-up-noted.promise', 'resident-told.words'],
    blankedWith: 'contacts'
  },
  voice: {
    whose: 'resident',
    basis: 'consent',
    kept: 'closed',
    read: 'readReporter',
    facts: ['voice-attached.voice'],
    tables: ['photo']
  },
  need: {
    whose: 'resident',
    basis: 'consent',
    kept: 'closed',
    read: 'read',
    facts: ['need-recorded.text', 'need-recorded.place'],
    tables: ['record', 'change'],
    blankedWith: 'words'
  },
  issue: {
    whose: 'resident',
    basis: 'duty',
    kept: 'record',
    read: 'read',
    facts: [
      'issue-recorded.text',
      'issue-recorded.place',
      'issue-recorded.answers',
      'report-amended.edits.text',
      'report-amended.edits.place',
      'report-amended.edits.answers'
    ],
    tables: ['outcome'],
    blankedWith: 'words'
  },
  talk: {
    whose: 'resident',
    basis: 'duty',
    kept: 'record',
    read: 'comment',
    facts: [
      'comment-added.text',
      'detail-requested.reason',
      'report-rejected.reason',
      'case-dispatched.instruction',
      'case-returned.reason',
      'case-handled.text',
      'case-checked.words',
      'case-closed.words'
    ],
    blankedWith: 'words'
  },
  picture: {
    whose: 'resident',
    basis: 'duty',
    kept: 'record',
    read: 'read',
    facts: ['photo-attached.photo']
  },
  reporter: {
    whose: 'worker',
    basis: 'duty',
    kept: 'record',
    read: 'readReporter',
    facts: recorded('number'),
    tables: ['touch']
  },
  handover: {
    whose: 'resident',
    basis: 'duty',
    kept: 'closed',
    read: 'readHandover',
    facts: ['shift-handed-over.note']
  },
  opinion: {
    whose: 'worker',
    basis: 'duty',
    kept: 'closed',
    read: 'readOpinion',
    facts: ['opinion-given.text', 'opinion-given.page', 'opinion-given.appVersion', 'opinion-answered.text']
  },
  patrol: {
    whose: 'worker',
    basis: 'duty',
    kept: 'closed',
    read: 'readPatrol',
    facts: ['patrol-ended.note']
  },
  track: {
    whose: 'worker',
    basis: 'consent',
    kept: 'track',
    read: 'readPatrol',
    facts: ['track-recorded.points']
  },
  account: {
    whose: 'staff',
    basis: 'duty',
    kept: 'employment',
    read: 'administer',
    tables: ['account', 'account_grant', 'slip']
  },
  session: {
    whose: 'staff',
    basis: 'duty',
    kept: 'session',
    read: 'administer',
    tables: ['session', 'device', 'store_secret']
  },
  access: { whose: 'staff', basis: 'duty', kept: 'access', read: 'inspect', tables: ['access'] },
  administration: {
    whose: 'staff',
    basis: 'duty',
    kept: 'always',
    read: 'administer',
    tables: ['administration', 'purge']
  }
} as const satisfies Record<string, PersonalField>;
export type PersonalFieldName = keyof typeof personalFields;

export const listPersonalFields = (): [PersonalFieldName, PersonalField][] =>
  Object.entries(personalFields) as [PersonalFieldName, PersonalField][];

/** The facts of this kind of change that go with a blanking; those of `contacts` go with `words`, too. */
export function blankedFactsOf(kind: string, what: 'contacts' | 'words'): string[] {
  const lines = listPersonalFields().filter(
    ([, { blankedWith }]) => blankedWith === what || blankedWith === 'contacts'
  );
  return lines
    .flatMap(([, { facts = [] }]) => facts)
    .filter((fact) => fact.startsWith(`${kind}.`))
    .map((fact) => fact.slice(kind.length + 1));
}
