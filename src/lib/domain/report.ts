import * as z from 'zod/mini';
import { CommunityCode, GridCode } from './area';
import type { Blanked } from './blanking';
import { Instant } from './instant';
import { AccountId, ChangeId, PhotoId, RecordId } from './ids';
import type { LegalBasis } from './legal-basis';
import { Place } from './place';
import type { AttachedPhoto, AttachedVoice } from './photo';

/** A text on a record, in characters. */
export const maxTextLength = 10_000;
export const Text = z.string().check(z.maxLength(maxTextLength));

/** An account's name, in characters. */
export const maxNameLength = 60;

/** What a worker can say at once: 李平-1120-03, a name with mark, day and count. Printed and searchable for ever. */
export const DeviceNumber = z.string().check(z.minLength(3), z.maxLength(maxNameLength + 20));

/** The fields an issue and a need share when they are recorded. A report is either of the two. */
export const reportFields = {
  recordId: RecordId,
  number: DeviceNumber,
  /** Whose it is: one of the author's grids. Where it is stands in `place`. */
  ownerGridCode: GridCode,
  place: Place,
  text: Text,
  /** Pictures taken before saving; each is declared by its own change once it is processed. */
  photoIds: z.array(PhotoId).check(z.maxLength(30)),
  voiceIds: z.array(PhotoId).check(z.maxLength(10)),
  /** 现场已处理: report and result in one step. */
  solvedOnSpot: z.boolean(),
  /** 仅社区可见: seen by its author and the roles with the right. */
  communityOnly: z.boolean(),
  patrolId: z.optional(RecordId)
};
export type ReportFacts = z.infer<ReturnType<typeof z.object<typeof reportFields>>>;

export type ReportState = 'reported' | 'needsDetail' | 'rejected' | 'accepted' | 'withdrawn';

export interface FollowUp {
  id: ChangeId;
  author: AccountId;
  at: Instant;
  whom: string;
  channel: 'call' | 'wechat' | 'inPerson';
  promise: string;
  /** The promise comes up in 今天 on this day. */
  dueDay?: string;
  basis?: LegalBasis;
}

export interface Comment {
  id: ChangeId;
  author: AccountId;
  at: Instant;
  text: string;
}

/** What every record carries. `version` counts accepted changes; 0 means never at the office. */
export interface RecordBase {
  id: RecordId;
  community: CommunityCode;
  ownerGridCode: GridCode;
  author: AccountId;
  version: number;
  /** Device time of the first change. */
  at: Instant;
  /** Server time of the first change, once it arrived. */
  receivedAt?: Instant;
  /** What it said of people was made illegible. */
  blanked?: Blanked;
}

export interface ReportBase extends RecordBase {
  number: string;
  place: Place;
  text: string;
  photoIds: PhotoId[];
  voiceIds: PhotoId[];
  photos: AttachedPhoto[];
  voices: AttachedVoice[];
  solvedOnSpot: boolean;
  communityOnly: boolean;
  patrolId?: RecordId;
  state: ReportState;
  /** Why it was rejected, or what is still wanted. */
  reason?: string;
  caseId?: RecordId;
  linkedIds: RecordId[];
  followUps: FollowUp[];
  comments: Comment[];
  /** 社区已查看: who of the office opened it, and when first. */
  openedBy: { account: AccountId; at: Instant }[];
  /** 有补充: what the office asked for came then, and nobody there has opened it since. */
  detailAddedAt?: Instant;
  told?: { author: AccountId; at: Instant; words: string };
}

/** What is found. */
export interface Issue extends ReportBase {
  kind: 'issue';
  categoryCode: string;
  publicFacility: boolean;
  quickReport: boolean;
  answers: Record<string, string | number>;
}

/** What a resident wants. */
export interface Need extends ReportBase {
  kind: 'need';
  needTypeCode: string;
  /** 错时: when the resident would like it. */
  wishedAt?: Instant;
}

export type Report = Issue | Need;

/** What the office asked for is here: the report is its turn again. */
export function withDetail<Asked extends Report>(report: Asked, at: Instant): Asked {
  return report.state === 'needsDetail'
    ? { ...report, state: 'reported', reason: undefined, detailAddedAt: at }
    : report;
}
