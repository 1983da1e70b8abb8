import type { z } from 'zod/mini';
import type { ChangeHead } from '../change';
import { caseChecked } from './case-checked';
import { caseClosed } from './case-closed';
import { caseDispatched } from './case-dispatched';
import { caseHandled } from './case-handled';
import { caseOpened } from './case-opened';
import { caseReturned } from './case-returned';
import { commentAdded } from './comment-added';
import { detailRequested } from './detail-requested';
import { followUpNoted } from './follow-up-noted';
import { handoverRead } from './handover-read';
import { issueRecorded } from './issue-recorded';
import { needRecorded } from './need-recorded';
import { opinionAnswered } from './opinion-answered';
import { opinionGiven } from './opinion-given';
import { patrolEnded } from './patrol-ended';
import { patrolPaused } from './patrol-paused';
import { patrolResumed } from './patrol-resumed';
import { patrolStarted } from './patrol-started';
import { personalBlanked } from './personal-blanked';
import { photoAttached } from './photo-attached';
import { photoStored } from './photo-stored';
import { recordOpened } from './record-opened';
import { reportAmended } from './report-amended';
import { reportRejected } from './report-rejected';
import { reportWithdrawn } from './report-withdrawn';
import { reportsLinked } from './reports-linked';
import { residentTold } from './resident-told';
import { shiftHandedOver } from './shift-handed-over';
import { trackRecorded } from './track-recorded';
import { voiceAttached } from './voice-attached';

/** Every kind of change there is. A new one is a file here and a line in this table. */
export const changeKinds = {
  'issue-recorded': issueRecorded,
  'need-recorded': needRecorded,
  'report-amended': reportAmended,
  'report-withdrawn': reportWithdrawn,
  'reports-linked': reportsLinked,
  'detail-requested': detailRequested,
  'report-rejected': reportRejected,
  'photo-attached': photoAttached,
  'voice-attached': voiceAttached,
  'photo-stored': photoStored,
  'follow-up-noted': followUpNoted,
  'resident-told': residentTold,
  'record-opened': recordOpened,
  'personal-blanked': personalBlanked,
  'comment-added': commentAdded,
  'case-opened': caseOpened,
  'case-dispatched': caseDispatched,
  'case-returned': caseReturned,
  'case-handled': caseHandled,
  'case-checked': caseChecked,
  'case-closed': caseClosed,
  'patrol-started': patrolStarted,
  'patrol-paused': patrolPaused,
  'patrol-resumed': patrolResumed,
  'patrol-ended': patrolEnded,
  'track-recorded': trackRecorded,
  'shift-handed-over': shiftHandedOver,
  'handover-read': handoverRead,
  'opinion-given': opinionGiven,
  'opinion-answered': opinionAnswered
};
export type ChangeKindName = keyof typeof changeKinds;
export type FactsOf<Kind extends ChangeKindName> = z.infer<(typeof changeKinds)[Kind]['facts']>;

/** A change whose facts fit its kind. */
export type Change<Kind extends ChangeKindName = ChangeKindName> = {
  [Name in Kind]: ChangeHead & { kind: Name; facts: FactsOf<Name> };
}[Kind];

export function isChangeKind(text: string): text is ChangeKindName {
  return Object.hasOwn(changeKinds, text);
}
