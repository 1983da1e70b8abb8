import type { Change } from '$lib/domain/changes';
import type { ChangeId, RecordId } from '$lib/domain/ids';
import { parseChange } from '$lib/domain/judge';
import { recordIdIn, type OpenLifeline } from '$lib/protocol/open-lifeline';

/** One record of the file: what to show of it, and which changes and pictures belong to it. */
export interface FileRecord {
  recordId: RecordId;
  number: string;
  /** Where the file holds the change that made it. */
  kind?: 'issue' | 'need';
  /** Code of the category or the type of need. */
  subjectCode?: string;
  text: string;
  at: string;
  /** Told where nothing in the file made the record. */
  first?: Change;
  changeIds: ChangeId[];
  photoCount: number;
}

/** The changes by the record they are about, in their order. One that this build cannot read is handed in all the same. */
export function recordsIn({ changes, media }: Pick<OpenLifeline, 'changes' | 'media'>): FileRecord[] {
  const recordsById = new Map<RecordId, FileRecord>();
  for (const change of changes) {
    const recordId = recordIdIn(change);
    const raw = JSON.parse(change.body) as { at: string };
    const known = recordsById.get(recordId) ?? emptyRecord(recordId, raw.at);
    known.changeIds.push(change.id);
    recordsById.set(recordId, known);
    const read = parseChange(raw);
    if ('change' in read) describe(known, read.change);
  }
  for (const { facts } of media) {
    const record = recordsById.get(facts.recordId);
    if (record) record.photoCount++;
  }
  return [...recordsById.values()];
}

function emptyRecord(recordId: RecordId, at: string): FileRecord {
  return { recordId, number: '', text: '', at, changeIds: [], photoCount: 0 };
}

function describe(record: FileRecord, change: Change): void {
  record.first ??= change;
  if (change.kind === 'issue-recorded') {
    record.kind = 'issue';
    record.subjectCode = change.facts.categoryCode;
  } else if (change.kind === 'need-recorded') {
    record.kind = 'need';
    record.subjectCode = change.facts.needTypeCode;
  } else return;
  record.number = change.facts.number;
  record.text = change.facts.text;
}
