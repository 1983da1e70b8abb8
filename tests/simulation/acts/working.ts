// Every act a person may do to a record. Whether it is lawful there is for the tablet to say.
import { v7 as uuidV7 } from 'uuid';
import { recordHandovers } from '../../../src/lib/data/handovers';
import { recordAct } from '../../../src/lib/data/record';
import { changeKinds, type ChangeKindName, type FactsOf } from '../../../src/lib/domain/changes';
import type { RecordId } from '../../../src/lib/domain/ids';
import { isReport, isReportOrCase, type AnyRecord } from '../../../src/lib/domain/record';
import { mayEver } from '../../../src/lib/domain/rights';
import { gridOne, gridTwo } from '../../support/codes';
import { shoot } from './reporting';
import { idle, type Idle } from '../story';
import { at, shownRecords, toldSaved, type Scene } from '../scene';

export type Deed = (target: AnyRecord, scene: DeedScene) => [ChangeKindName, object];
export type DeedScene = Pick<Scene, 'town' | 'random' | 'number'> & { records: readonly AnyRecord[] };

export const deeds: Deed[] = [
  ({ id }, { number }) => ['comment-added', { recordId: id, text: `第 ${number} 句` }],
  ({ id }, { number }) => [
    'follow-up-noted',
    { recordId: id, whom: '物业', channel: 'call', promise: `第 ${number} 句` }
  ],
  (target, { number }) => {
    const from = 'text' in target ? target.text : '';
    return ['report-amended', { recordId: target.id, edits: { text: { from, to: `改 ${number}` } } }];
  },
  (target) => {
    const from = 'communityOnly' in target && target.communityOnly;
    return ['report-amended', { recordId: target.id, edits: { communityOnly: { from, to: !from } } }];
  },
  ({ id }) => ['report-withdrawn', { recordId: id }],
  ({ id }) => ['report-rejected', { recordId: id, reason: '重复' }],
  ({ id }) => ['detail-requested', { recordId: id, reason: '太近' }],
  ({ id }) => ['record-opened', { recordId: id }],
  ({ id }, { records, random }) => ['reports-linked', { recordId: id, otherId: random.pick(records).id }],
  ({ id }) => ['case-opened', { recordId: uuidV7(), subjectId: id, afterPhoto: 'no' }],
  ({ id }, { town }) => ['case-dispatched', { recordId: id, unit: town.unit, instruction: '' }],
  ({ id }) => ['case-returned', { recordId: id, reason: '不归我们' }],
  ({ id }) => ['case-handled', { recordId: id, text: '好了' }],
  ({ id }, { random }) => ['case-checked', { recordId: id, passed: random.onceIn(2), words: '没好' }],
  (target, { random }) => {
    const subjectId = target.kind === 'case' ? target.subjectId : target.id;
    const how = random.pick(['done', 'noLongerNeeded', 'solvedOnSpot']);
    return ['case-closed', { recordId: target.id, subjectId, how, words: '不用了' }];
  },
  (target) => {
    const caseId = 'caseId' in target ? target.caseId : undefined;
    return ['resident-told', { recordId: target.id, caseId, words: '' }];
  },
  ({ id }) => ['handover-read', { recordId: id }]
];

/** The first lawful one from a drawn one on, as a rule one that the person's role knows. */
export async function doesSomething(scene: Scene): Promise<string | Idle> {
  const { page, random } = scene;
  const records = shownRecords(scene);
  if (records.length === 0) return idle('finds nothing to do');
  const target = random.pick(records);
  const first = random.below(deeds.length);
  const isRogue = random.onceIn(7);
  for (let offset = 0; offset < deeds.length; offset++) {
    const [kind, facts] = deeds[(first + offset) % deeds.length]!(target, { ...scene, records });
    const needed = changeKinds[kind].act;
    const actor = { account: page.person.account, grants: page.person.grants };
    if (!isRogue && typeof needed === 'string' && !mayEver(actor, needed, at())) continue;
    const whole = facts as FactsOf<ChangeKindName> & { recordId: RecordId };
    if ((await recordAct(page.author, kind, whole, at())).verdict !== 'allowed') continue;
    toldSaved(scene, whole.recordId, [kind]);
    page.wake();
    return `${kind} on ${nameOf(target)}`;
  }
  return idle(`can do nothing with ${nameOf(target)}`);
}

export async function amends(scene: Scene): Promise<string | Idle> {
  return deed(scene, isReport, deeds[2]!);
}

export async function hidesOrShows(scene: Scene): Promise<string | Idle> {
  const { account } = scene.page.person;
  const isOwn = (record: AnyRecord) =>
    'communityOnly' in record && record.kind !== 'case' && record.author === account;
  return deed(scene, isOwn, deeds[3]!);
}

export async function comments(scene: Scene): Promise<string | Idle> {
  return deed(scene, isReportOrCase, deeds[0]!);
}

async function deed(
  scene: Scene,
  fits: (record: AnyRecord) => boolean,
  chosen: Deed
): Promise<string | Idle> {
  const { page, random } = scene;
  const records = shownRecords(scene);
  const fitting = records.filter(fits);
  if (fitting.length === 0) return idle('finds nothing to say anything about');
  const target = random.pick(fitting);
  const [kind, facts] = chosen(target, { ...scene, records });
  const whole = facts as FactsOf<ChangeKindName> & { recordId: RecordId };
  const { verdict } = await recordAct(page.author, kind, whole, at());
  if (verdict === 'allowed') toldSaved(scene, whole.recordId, [kind]);
  page.wake();
  const told = `${kind} on ${nameOf(target)}: ${verdict}`;
  return verdict === 'allowed' ? told : idle(told);
}

export async function attachesPhoto(scene: Scene): Promise<string | Idle> {
  const { random } = scene;
  const fitting = shownRecords(scene).filter(isReportOrCase);
  if (fitting.length === 0) return idle('finds nothing to photograph');
  const target = random.pick(fitting);
  await shoot(scene, target.id, 'after');
  return `photographs ${nameOf(target)}`;
}

export async function walks(scene: Scene): Promise<string | Idle> {
  const { page, random } = scene;
  const mine = shownRecords(scene).find(
    (record) => record.kind === 'patrol' && record.author === page.person.account && record.state !== 'ended'
  );
  const [grant] = page.person.grants;
  const ownerGridCode = grant!.area.length >= 15 ? grant!.area : gridOne;
  const step = mine
    ? random.pick(['patrol-paused', 'patrol-resumed', 'patrol-ended', 'track-recorded'] as const)
    : 'patrol-started';
  const recordId = mine?.id ?? (uuidV7() as RecordId);
  const facts =
    step === 'track-recorded'
      ? { recordId, points: [[at(), 104.1, 30.6, 9]], gaps: [], metres: 5 }
      : step === 'patrol-started'
        ? { recordId, ownerGridCode }
        : { recordId };
  const { verdict } = await recordAct(page.author, step, facts as never, at());
  if (verdict === 'allowed') toldSaved(scene, recordId, [step]);
  page.wake();
  return verdict === 'allowed' ? `${step}: ${verdict}` : idle(`${step}: ${verdict}`);
}

/** The end of a shift: what is open goes to whoever comes next. Sometimes in a grid that is another's. */
export async function handsOver(scene: Scene): Promise<string | Idle> {
  const { page, random, number } = scene;
  const own = page.person.grants[0]!.area.slice(0, 15);
  const parts = random.onceIn(4) ? [gridOne, gridTwo] : [own.length === 15 ? own : gridOne];
  const items = shownRecords(scene).filter(isReport).slice(0, 5);
  const made = await recordHandovers(
    page.author,
    parts.map((ownerGridCode) => ({ ownerGridCode, itemIds: items.map(({ id }) => id) })),
    `交接第 ${number} 句`,
    at()
  );
  if (!Array.isArray(made)) return idle(`hands nothing over: ${made.verdict}`);
  for (const { id } of made) toldSaved(scene, id, ['shift-handed-over']);
  page.wake();
  return `hands over ${items.length} of ${parts.map((code) => code.slice(12)).join()}`;
}

/** Ticks what the shift before left. */
export async function readsHandover(scene: Scene): Promise<string | Idle> {
  const { account } = scene.page.person;
  const isOthers = ({ kind, author }: AnyRecord) => kind === 'handover' && author !== account;
  return deed(scene, isOthers, deeds.at(-1)!);
}

/** 意见建议, in whichever grid: the office decides whether it is theirs. */
export async function givesOpinion(scene: Scene): Promise<string | Idle> {
  const { page, number } = scene;
  const own = page.person.grants[0]!.area.slice(0, 15);
  const recordId = uuidV7() as RecordId;
  const ownerGridCode = own.length === 15 ? own : gridOne;
  const facts = { recordId, ownerGridCode, text: `意见第 ${number} 句`, appVersion: '0.1.0', page: '/' };
  const { verdict } = await recordAct(page.author, 'opinion-given', facts, at());
  if (verdict !== 'allowed') return idle(`gives no opinion: ${verdict}`);
  toldSaved(scene, recordId, ['opinion-given']);
  page.wake();
  return `gives an opinion in ${ownerGridCode.slice(12)}`;
}

export const nameOf = (record: AnyRecord): string =>
  'text' in record ? `${record.kind} ${record.text}` : `${record.kind} …${record.id.slice(-4)}`;
