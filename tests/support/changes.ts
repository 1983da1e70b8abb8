// Changes as tablets make them, and the records they leave behind, for tests that need no store.
import { v7 as uuidV7 } from 'uuid';
import type { ChangeHead, CommunityRules, Judgement, Settled } from '../../src/lib/domain/change';
import type { Change, ChangeKindName, FactsOf } from '../../src/lib/domain/changes';
import type { AccountId, DeviceId, PhotoId, RecordId, UnitId } from '../../src/lib/domain/ids';
import { allowChange, applyChange, touchedIn } from '../../src/lib/domain/judge';
import type { AnyRecord } from '../../src/lib/domain/record';
import { community, gridOne } from './codes';

export const newId = <Id extends string>() => uuidV7() as Id;

export const worker = newId<AccountId>();
export const officer = newId<AccountId>();
export const handler = newId<AccountId>();
export const unit = newId<UnitId>();

export const rules: CommunityRules = {
  unitIds: new Set([unit]),
  trackPurposeStated: true,
  categoriesByCode: new Map()
};

export const at = '2026-11-20T01:00:00.000Z';
export const settled: Required<Settled> = {
  receivedAt: '2026-11-20T02:00:00.000Z',
  caseNumber: '长天路-2026-0001',
  dueAt: '2026-11-25T01:00:00.000Z'
};

/** A change by the worker at nine o'clock, unless `head` says otherwise. */
export function changeOf<Kind extends ChangeKindName>(
  kind: Kind,
  facts: FactsOf<Kind>,
  head: Partial<ChangeHead> = {}
): Change<Kind> {
  const said = { community, author: worker, device: newId<DeviceId>(), at, baseVersion: 0, ...head };
  return { id: newId(), kind, shape: 1, facts, ...said } as unknown as Change<Kind>;
}

export function reportFacts(recordId: RecordId) {
  return {
    recordId,
    number: '李平-1120-01',
    ownerGridCode: gridOne,
    place: { source: 'none' as const },
    text: '健身器材螺丝松动',
    photoIds: [],
    voiceIds: [],
    solvedOnSpot: false,
    communityOnly: false
  };
}

export function issueFacts(recordId: RecordId, more: Partial<FactsOf<'issue-recorded'>> = {}) {
  const own = { categoryCode: 'C01', publicFacility: false, quickReport: false, answers: {} };
  return { ...reportFacts(recordId), ...own, ...more };
}

export function photoFacts(
  id: PhotoId,
  stage: 'before' | 'after' = 'before'
): FactsOf<'photo-attached'>['photo'] {
  const sha256 = 'a'.repeat(64) as FactsOf<'photo-attached'>['photo']['sha256'];
  return { id, mime: 'image/jpeg', bytes: 1000, sha256, source: 'camera', stage, previewable: true };
}

export function voiceFacts(id: PhotoId): FactsOf<'voice-attached'>['voice'] {
  const { bytes, sha256 } = photoFacts(id);
  return { id, mime: 'audio/webm', bytes, sha256, seconds: 12 };
}

/** Whether a change is lawful on these records, whoever makes it. */
export function judged(change: Change, records: ReadonlyMap<RecordId, AnyRecord>, by = rules): Judgement {
  return allowChange(change, touchedIn(records, change), by);
}

/** The records after these lawful changes, one after the other. Throws where one is not lawful. */
export function after(...changes: Change[]): Map<RecordId, AnyRecord> {
  const records = new Map<RecordId, AnyRecord>();
  for (const change of changes) {
    const judgement = judged(change, records);
    if (judgement.verdict !== 'allowed')
      throw new Error(`${change.kind} is ${judgement.verdict}: ${JSON.stringify(judgement)}`);
    for (const record of applyChange(change, touchedIn(records, change), settled))
      records.set(record.id, record);
  }
  return records;
}

/** The life of one issue and its case, change by change, each lawful after the ones before it. */
export function caseStory(
  more: Partial<FactsOf<'issue-recorded'>> = {},
  afterPhoto: 'no' | 'required' = 'no'
) {
  const issueId = newId<RecordId>();
  const caseId = newId<RecordId>();
  const by = (author: AccountId) => ({ author, baseVersion: 1 });
  const { recordId, subjectId, words } = { recordId: caseId, subjectId: issueId, words: '' };
  return {
    issueId,
    caseId,
    recorded: changeOf('issue-recorded', issueFacts(issueId, more)),
    opened: changeOf('case-opened', { recordId, subjectId, afterPhoto }, { author: officer }),
    dispatched: changeOf('case-dispatched', { recordId, unit, instruction: '请紧固' }, by(officer)),
    returned: changeOf('case-returned', { recordId, reason: '不归我们管' }, by(handler)),
    handled: changeOf('case-handled', { recordId, text: '已紧固' }, by(handler)),
    passed: changeOf('case-checked', { recordId, passed: true, words }, by(worker)),
    failed: changeOf('case-checked', { recordId, passed: false, words: '还松' }, by(worker)),
    closed: changeOf('case-closed', { recordId, subjectId, how: 'done', words }, by(officer))
  };
}
