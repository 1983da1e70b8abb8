import type { Case } from './case';
import type { Actor } from './grant';
import type { Instant } from './instant';
import { visibilityOf } from './record';
import type { Report } from './report';
import { mayDo, type Act } from './rights';

/** What a person of the office or of a unit can do next with a report and its case. */
export type NextAct =
  | 'accept'
  | 'dispatch'
  | 'askDetail'
  | 'reject'
  | 'closeSolved'
  | 'return'
  | 'handle'
  | 'pass'
  | 'fail'
  | 'close'
  | 'drop'
  | 'tell'
  | 'comment';

/** Which of them to offer, in the order of the work. The server judges each again when it comes. */
export function lawfulActs(actor: Actor, report: Report, work: Case | undefined, now: Instant): NextAct[] {
  const record = work ?? report;
  const may = (act: Act) => mayDo(actor, act, visibilityOf(record), now);
  const acts: [NextAct, boolean][] = work ? actsOnCase(actor, report, work, may) : actsOnReport(report, may);
  const isOver = report.solvedOnSpot || report.state === 'rejected' || work?.state === 'closed';
  const mayTell = isOver && !report.told && mayDo(actor, 'tell', visibilityOf(report), now);
  return [...acts, ['tell', mayTell] as const, ['comment', may('comment')] as const]
    .filter(([, isLawful]) => isLawful)
    .map(([act]) => act);
}

type May = (act: Act) => boolean;

function actsOnReport({ state, solvedOnSpot }: Report, may: May): [NextAct, boolean][] {
  const isWaiting = state === 'reported' || state === 'needsDetail';
  return [
    ['accept', isWaiting && may('openCase')],
    ['closeSolved', isWaiting && solvedOnSpot && may('openCase') && may('close')],
    ['dispatch', isWaiting && may('openCase') && may('dispatch')],
    ['askDetail', state === 'reported' && may('askDetail')],
    ['reject', isWaiting && may('reject')]
  ];
}

function actsOnCase(actor: Actor, report: Report, work: Case, may: May): [NextAct, boolean][] {
  const { state, result } = work;
  const isToDispatch = state === 'accepted' || state === 'returned' || state === 'rework';
  const isWithUnit = state === 'dispatched' || state === 'rework';
  const isToCheck = state === 'handled' && !result?.passed && result?.author !== actor.account;
  const isOpen = state !== 'closed';
  return [
    ['dispatch', isToDispatch && may('dispatch')],
    ['handle', isWithUnit && may('handle')],
    ['return', isWithUnit && may('return')],
    ['pass', isToCheck && may('check')],
    ['fail', isToCheck && may('check')],
    ['close', isOpen && result?.passed === true && may('close')],
    ['closeSolved', isOpen && report.solvedOnSpot && may('close')],
    ['drop', isOpen && !result?.passed && may('close')]
  ];
}
