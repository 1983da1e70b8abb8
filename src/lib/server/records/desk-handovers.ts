import type { Handover } from '../../domain/handover';
import type { Report } from '../../domain/report';
import { isReport } from '../../domain/record';
import { maxDeskRows, readable, type Page, type PageMark, type Reading } from './desk';
import { withCases, type ReportRow } from './desk-reports';
import { readableRecords } from './desk-scope';
import { loadRecords, rowToRecord } from './records';

export interface HandoverRow {
  handover: Handover;
  /** Those of its items that the reader may see. */
  items: ReportRow[];
}

/** What shifts handed over, newest first, with the reports they name. Uses the index record_by_state. */
export async function listHandovers(
  reading: Reading,
  size: number,
  after?: PageMark
): Promise<Page<HandoverRow>> {
  const { store, actor, community, now } = reading;
  const limit = Math.min(size, maxDeskRows);
  const rows = await readableRecords(store.connection, actor, community, now, 'readHandover')
    .where('record.kind', '=', 'handover')
    .select(['record.body', 'record.received_at', 'record.id'])
    .$if(after !== undefined, (query) =>
      query.where((where) =>
        where.or([
          where('record.received_at', '<', after!.value),
          where.and([where('record.received_at', '=', after!.value), where('record.id', '<', after!.id)])
        ])
      )
    )
    .orderBy('record.received_at', 'desc')
    .orderBy('record.id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const handovers = readable(reading, shown.map(rowToRecord)) as Handover[];
  const itemIds = [...new Set(handovers.flatMap((handover) => handover.itemIds))];
  const loaded = [...(await loadRecords(store.connection, community, itemIds)).values()].filter(isReport);
  const items = await withCases(reading, readable(reading, loaded) as Report[]);
  const itemsById = new Map(items.map((item) => [item.report.id, item]));
  return {
    rows: handovers.map((handover) => ({
      handover,
      items: handover.itemIds.flatMap((id) => itemsById.get(id) ?? [])
    })),
    next: rows.length > limit && last ? { value: last.received_at, id: last.id } : undefined
  };
}
