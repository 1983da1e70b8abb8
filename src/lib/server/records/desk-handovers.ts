import type { Handover } from '../../domain/handover';
import type { Report } from '../../domain/report';
import { isReport } from '../../domain/record';
import { newestFirst, readable, type Page, type PageMark, type Reading } from './desk';
import { withCases, type ReportRow } from './desk-reports';
import { readableRecords } from './desk-scope';
import { loadRecords } from './records';

export interface HandoverRow {
  handover: Handover;
  /** Those of its items that the reader may see. */
  items: ReportRow[];
}

/** What shifts handed over, newest first, with the reports they name. */
export async function listHandovers(
  reading: Reading,
  size: number,
  after?: PageMark
): Promise<Page<HandoverRow>> {
  const { store, actor, community, now } = reading;
  const records = readableRecords(store.connection, actor, community, now, 'readHandover');
  const page = await newestFirst(records.where('record.kind', '=', 'handover'), size, after);
  const handovers = readable(reading, page.rows) as Handover[];
  const itemIds = [...new Set(handovers.flatMap((handover) => handover.itemIds))];
  const loaded = [...(await loadRecords(store.connection, community, itemIds)).values()].filter(isReport);
  const items = await withCases(reading, readable(reading, loaded) as Report[]);
  const itemsById = new Map(items.map((item) => [item.report.id, item]));
  return {
    ...page,
    rows: handovers.map((handover) => ({
      handover,
      items: handover.itemIds.flatMap((id) => itemsById.get(id) ?? [])
    }))
  };
}
