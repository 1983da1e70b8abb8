import type { Case } from '../../src/lib/domain/case';
import type { ChangeKindName, FactsOf } from '../../src/lib/domain/changes';
import type { RecordId } from '../../src/lib/domain/ids';
import type { Opinion } from '../../src/lib/domain/opinion';
import type { ReportStatus } from '../../src/lib/domain/status';
import type { Who } from '../people';
import type { PictureName } from '../pictures/names';
import type { When } from './clock';
import type { Spot } from './places';

/** A change as a story knows it: what happened, not yet who and when. A declared photo says whose bytes follow. */
export type Fact = { [Kind in ChangeKindName]: { kind: Kind; facts: FactsOf<Kind> } }[ChangeKindName] & {
  picture?: PictureName;
};

/** What a deed may ask while it becomes facts. */
export interface Scene {
  nowMs: number;
  /** Device time of the deed. */
  atMs: number;
  /** The record the story is about, and its case. */
  subject: RecordId;
  work: RecordId;
  /** The subject of another story. */
  subjectOf: (story: string) => RecordId;
  /** 李平-1120-03. */
  number: string;
  /** Whose it is, for a deed that records something at a spot. */
  ownerGridCode: (spot: Spot) => string;
  patrol?: RecordId;
  /** What the category of the subject says. */
  afterPhoto: Case['afterPhoto'];
}

/** What somebody does in a story. See verbs.ts for all of them. */
export type Deed = ((scene: Scene) => Fact[]) & { isReport?: true };

/** When, who, what; and, where there was no signal, how many minutes later it reached the office. */
export type Step = readonly [when: When, who: Who, deed: Deed, minutesWithoutSignal?: number];

export interface Story {
  key: string;
  /** What is told here, for whoever reads this or a failing test. */
  tells: string;
  community: string;
  /** How it stands at the end: checked by seed.test.ts against the store. */
  ends: ReportStatus | 'ended' | 'waiting' | 'read' | Opinion['state'];
  overdue?: boolean;
  steps: readonly Step[];
}
