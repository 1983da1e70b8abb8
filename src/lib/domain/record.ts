import type { GridCode } from './area';
import type { Case } from './case';
import type { Handover } from './handover';
import type { AccountId, RecordId, UnitId } from './ids';
import type { Opinion } from './opinion';
import type { Patrol } from './patrol';
import type { Issue, Need, Report } from './report';

export const recordKinds = ['issue', 'need', 'case', 'patrol', 'handover', 'opinion'] as const;
export type RecordKind = (typeof recordKinds)[number];
export type AnyRecord = Issue | Need | Case | Patrol | Handover | Opinion;

/** Value-by-key: the records a change touches, as far as they exist. */
export type RecordsById = ReadonlyMap<RecordId, AnyRecord>;

/** What decides who may see a record. Kept beside it in the store, before and after each change. */
export interface VisibilityKeys {
  ownerGridCode: GridCode;
  /** Where a public facility lies: what a micro-grid's volunteers may see. */
  facilityGridCode?: GridCode;
  author: AccountId;
  unit?: UnitId;
  restricted: boolean;
  /** Reading one is a right of its own. */
  isPatrol?: true;
  /** Likewise. */
  isHandover?: true;
  /** Likewise. */
  isOpinion?: true;
}

export function visibilityOf(record: AnyRecord): VisibilityKeys {
  const { ownerGridCode, author } = record;
  if (record.kind === 'patrol') return { ownerGridCode, author, restricted: false, isPatrol: true };
  if (record.kind === 'handover') return { ownerGridCode, author, restricted: false, isHandover: true };
  if (record.kind === 'opinion') return { ownerGridCode, author, restricted: false, isOpinion: true };
  if (record.kind === 'case')
    return { ownerGridCode, author: record.reporter, unit: record.unit, restricted: record.communityOnly };
  const facilityGridCode =
    record.kind === 'issue' && record.publicFacility ? record.place.gridCode : undefined;
  return { ownerGridCode, author, facilityGridCode, restricted: record.communityOnly };
}

export function isReport(record: AnyRecord | undefined): record is Report {
  return record?.kind === 'issue' || record?.kind === 'need';
}

/** What is worked on: the only records with pictures and talk. */
export function isReportOrCase(record: AnyRecord | undefined): record is Report | Case {
  return isReport(record) || record?.kind === 'case';
}

export function reportOf(records: RecordsById, id: RecordId): Report | undefined {
  const record = records.get(id);
  return isReport(record) ? record : undefined;
}

export function caseOf(records: RecordsById, id: RecordId): Case | undefined {
  const record = records.get(id);
  return record?.kind === 'case' ? record : undefined;
}

export function patrolOf(records: RecordsById, id: RecordId): Patrol | undefined {
  const record = records.get(id);
  return record?.kind === 'patrol' ? record : undefined;
}

export function handoverOf(records: RecordsById, id: RecordId): Handover | undefined {
  const record = records.get(id);
  return record?.kind === 'handover' ? record : undefined;
}

export function opinionOf(records: RecordsById, id: RecordId): Opinion | undefined {
  const record = records.get(id);
  return record?.kind === 'opinion' ? record : undefined;
}
