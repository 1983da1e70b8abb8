import type { HistoryEntry } from '../domain/history';
import { instantToDay } from '../domain/instant';
import { isReport, type AnyRecord } from '../domain/record';
import type { ShownRecord, Tag } from './database';

export function shownRecord(record: AnyRecord, history: HistoryEntry[]): ShownRecord {
  const { id, kind, at } = record;
  return { id, kind, at, tags: tagsOf(record), record, history };
}

function tagsOf(record: AnyRecord): Tag[] {
  if (record.kind === 'case') {
    if (record.closed) return [`closed-${instantToDay(record.closed.at)}`];
    return record.state === 'handled' ? ['handled'] : [];
  }
  if (record.kind === 'handover') return record.readBy.length ? [] : ['unread'];
  if (!isReport(record)) return [];
  const tags: Tag[] = [];
  if (record.state === 'needsDetail') tags.push('needs-detail');
  if (record.state === 'rejected') tags.push('rejected');
  if (record.followUps.some((one) => one.dueDay !== undefined)) tags.push('promised');
  return tags;
}
