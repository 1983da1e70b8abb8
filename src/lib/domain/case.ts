import type { Instant } from './instant';
import type { AccountId, RecordId, UnitId } from './ids';
import type { Category } from './category';
import type { AttachedPhoto } from './photo';
import type { Comment, RecordBase } from './report';

export const caseStates = ['accepted', 'dispatched', 'returned', 'handled', 'rework', 'closed'] as const;
export type CaseState = (typeof caseStates)[number];

type AfterPhoto = Category['afterPhoto'];

/** The tracked work opened from an issue or a need (on screen 事项). */
export interface Case extends RecordBase {
  kind: 'case';
  /** 长天路-2026-0123; given by the server, so absent until the change was accepted. */
  number?: string;
  subjectId: RecordId;
  /** Who reported it. Decides what a volunteer may see; never shown to a unit. */
  reporter: AccountId;
  afterPhoto: AfterPhoto;
  communityOnly: boolean;
  state: CaseState;
  unit?: UnitId;
  /** What the dispatcher tells the unit. Never who reported it. */
  instruction?: string;
  /** End of the limit, from the category's limit and the calendar. Overdue is computed from it, never stored. */
  dueAt?: Instant;
  returns: { author: AccountId; at: Instant; reason: string }[];
  /** The newest result; `passed` once it was checked. */
  result?: { author: AccountId; at: Instant; text: string; passed?: boolean };
  /** `photoCount`: how many pictures the case had then. */
  checks: { author: AccountId; at: Instant; passed: boolean; words: string; photoCount?: number }[];
  closed?: { author: AccountId; at: Instant; how: CloseKind; words: string };
  photos: AttachedPhoto[];
  comments: Comment[];
}

export const closeKinds = ['done', 'solvedOnSpot', 'noLongerNeeded'] as const;
export type CloseKind = (typeof closeKinds)[number];

/** Whether there is a picture of the present result: what was attached before a failed check shows what failed. */
export function hasAfterPhoto({ photos, checks }: Pick<Case, 'photos' | 'checks'>): boolean {
  const failed = checks.findLast(({ passed }) => !passed);
  return photos.slice(failed?.photoCount ?? 0).some(({ stage }) => stage === 'after');
}

export function isOverdue(work: Pick<Case, 'state' | 'dueAt'>, now: Instant): boolean {
  return work.state !== 'closed' && work.state !== 'handled' && work.dueAt !== undefined && work.dueAt < now;
}
