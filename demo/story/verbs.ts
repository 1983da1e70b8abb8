import type { Case } from '../../src/lib/domain/case';
import type { RecordId } from '../../src/lib/domain/ids';
import { msToInstant } from '../../src/lib/domain/instant';
import type { FollowUp } from '../../src/lib/domain/report';
import { starterCategories } from '../../src/lib/server/starter/categories';
import type { PictureName } from '../pictures/names';
import { unitIdOf, type UnitName } from '../units';
import { dayOf, whenToMs, type When } from './clock';
import { photoOf } from './pictures';
import { placeOf, type Spot } from './places';
import type { Deed, Fact, Scene } from './story';

/** All that people of the demo do, as they would say it. Each verb becomes one or more changes of the domain. */

interface Details extends Spot {
  photos?: PictureName[];
  answers?: Record<string, string | number>;
  /** 现场已处理, with a picture of the result if there is one. */
  solved?: true | PictureName;
  communityOnly?: true;
  /** When the resident would like it. */
  wished?: When;
}

/** Found something and saved it: the change itself, then one for each picture. */
export function reportsIssue(categoryCode: string, text: string, details: Details): Deed {
  const { publicFacility, quickReport } = starterCategories.find(({ code }) => code === categoryCode)!;
  return asReport((scene) => {
    const { photos, shared } = reportFacts(scene, text, details);
    const answers = details.answers ?? {};
    const facts = { ...shared, categoryCode, publicFacility, quickReport, answers };
    return [{ kind: 'issue-recorded', facts }, ...photos];
  });
}

/** Noted what a resident wants. */
export function reportsNeed(needTypeCode: string, text: string, details: Details): Deed {
  return asReport((scene) => {
    const { photos, shared } = reportFacts(scene, text, details);
    const { wished } = details;
    const wishedAt = wished && msToInstant(whenToMs(wished, scene.nowMs));
    return [{ kind: 'need-recorded', facts: { ...shared, needTypeCode, wishedAt } }, ...photos];
  });
}

function asReport(deed: Deed): Deed {
  return Object.assign(deed, { isReport: true as const });
}

function reportFacts(scene: Scene, text: string, details: Details) {
  const { subject: recordId, number, patrol: patrolId } = scene;
  const { photos: before = [], solved, communityOnly = false, ...spot } = details;
  const photos = before.map((picture) => photoFact(scene, recordId, picture, 'before'));
  if (solved && solved !== true) photos.push(photoFact(scene, recordId, solved, 'after'));
  const shared = {
    recordId,
    number,
    ownerGridCode: scene.ownerGridCode(spot),
    place: placeOf(spot, text),
    text,
    photoIds: photos.map(({ facts }) => facts.photo.id),
    voiceIds: [],
    solvedOnSpot: Boolean(solved),
    communityOnly,
    patrolId
  };
  return { photos, shared };
}

type PhotoFact = Extract<Fact, { kind: 'photo-attached' }>;

function photoFact(
  scene: Scene,
  recordId: RecordId,
  picture: PictureName,
  stage: 'before' | 'after'
): PhotoFact {
  return {
    kind: 'photo-attached',
    facts: { recordId, photo: photoOf(picture, stage, scene.atMs) },
    picture
  };
}

/** The worker corrects the text while the office has not taken it up. */
export const amendsText =
  (from: string, to: string): Deed =>
  ({ subject }) => [{ kind: 'report-amended', facts: { recordId: subject, edits: { text: { from, to } } } }];

export const withdraws = (): Deed => (scene) => [
  { kind: 'report-withdrawn', facts: { recordId: scene.subject } }
];

export const linksTo =
  (story: string): Deed =>
  (scene) => [
    { kind: 'reports-linked', facts: { recordId: scene.subject, otherId: scene.subjectOf(story) } }
  ];

/** 跟进: whom one spoke to, what was promised, and for which day. */
export const followsUp =
  (whom: string, channel: FollowUp['channel'], promise: string, due: When): Deed =>
  ({ subject, nowMs }) => {
    const dueDay = dayOf(whenToMs(due, nowMs));
    return [{ kind: 'follow-up-noted', facts: { recordId: subject, whom, channel, promise, dueDay } }];
  };

/** 已告知居民. `case` where the office had made one of it. */
export const tells =
  (words: string, after: 'case' | 'onSpot' = 'case'): Deed =>
  ({ subject, work }) => [
    {
      kind: 'resident-told',
      facts: { recordId: subject, words, ...(after === 'case' && { caseId: work }) }
    }
  ];

export const comments =
  (text: string): Deed =>
  ({ subject }) => [{ kind: 'comment-added', facts: { recordId: subject, text } }];

export const commentsOnCase =
  (text: string): Deed =>
  ({ work }) => [{ kind: 'comment-added', facts: { recordId: work, text } }];

/** 社区已查看. */
export const opens = (): Deed => (scene) => [{ kind: 'record-opened', facts: { recordId: scene.subject } }];

/** 待补充: what is still wanted. */
export const asksFor =
  (reason: string): Deed =>
  ({ subject }) => [{ kind: 'detail-requested', facts: { recordId: subject, reason } }];

export const rejects =
  (reason: string): Deed =>
  ({ subject }) => [{ kind: 'report-rejected', facts: { recordId: subject, reason } }];

/** 受理: a case is opened. */
export const takesUp =
  (): Deed =>
  ({ subject, work, afterPhoto }) => [
    { kind: 'case-opened', facts: { recordId: work, subjectId: subject, afterPhoto } }
  ];

export const sendsTo =
  (unit: UnitName, instruction: string): Deed =>
  ({ work }) => [{ kind: 'case-dispatched', facts: { recordId: work, unit: unitIdOf(unit), instruction } }];

export const returns =
  (reason: string): Deed =>
  ({ work }) => [{ kind: 'case-returned', facts: { recordId: work, reason } }];

/** What was done, with a picture of it if there is one. */
export const handles =
  (text: string, picture?: PictureName): Deed =>
  (scene) => [
    ...(picture ? [photoFact(scene, scene.work, picture, 'after')] : []),
    { kind: 'case-handled', facts: { recordId: scene.work, text } }
  ];

export const passes =
  (words = ''): Deed =>
  ({ work }) => [{ kind: 'case-checked', facts: { recordId: work, passed: true, words } }];

export const fails =
  (words: string): Deed =>
  ({ work }) => [{ kind: 'case-checked', facts: { recordId: work, passed: false, words } }];

export const closes =
  (how: NonNullable<Case['closed']>['how'] = 'done', words = ''): Deed =>
  ({ work, subject }) => [{ kind: 'case-closed', facts: { recordId: work, subjectId: subject, how, words } }];

/** The end of a shift: the note, and what these stories are about, to whoever comes next in the grid of the spot. */
export const handsOver =
  (spot: Spot, note: string, stories: readonly string[]): Deed =>
  (scene) => [
    {
      kind: 'shift-handed-over',
      facts: {
        recordId: scene.subject,
        ownerGridCode: scene.ownerGridCode(spot),
        note,
        itemIds: stories.map((story) => scene.subjectOf(story))
      }
    }
  ];

export const readsHandover = (): Deed => (scene) => [
  { kind: 'handover-read', facts: { recordId: scene.subject } }
];

export const startsPatrol =
  (spot: Spot): Deed =>
  (scene) => [
    {
      kind: 'patrol-started',
      facts: { recordId: scene.subject, ownerGridCode: scene.ownerGridCode(spot) }
    }
  ];

export const pausesPatrol = (): Deed => (scene) => [
  { kind: 'patrol-paused', facts: { recordId: scene.subject } }
];

export const resumesPatrol = (): Deed => (scene) => [
  { kind: 'patrol-resumed', facts: { recordId: scene.subject } }
];

export const endsPatrol =
  (note = ''): Deed =>
  (scene) => [{ kind: 'patrol-ended', facts: { recordId: scene.subject, note } }];

export const givesOpinion =
  (text: string, spot: Spot, page: string): Deed =>
  (scene) => [
    {
      kind: 'opinion-given',
      facts: {
        recordId: scene.subject,
        ownerGridCode: scene.ownerGridCode(spot),
        text,
        appVersion: '0.1.0',
        page
      }
    }
  ];

export const answersOpinion =
  (text = ''): Deed =>
  (scene) => [{ kind: 'opinion-answered', facts: { recordId: scene.subject, text } }];
