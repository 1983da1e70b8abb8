import { v7 as uuidV7 } from 'uuid';
import type { GridCode } from '../domain/area';
import type { Judgement } from '../domain/change';
import { isToRead, maxHandoverItems, takenOverMs, type Handover } from '../domain/handover';
import type { AccountId, RecordId } from '../domain/ids';
import { instantToDay, msToInstant, type Instant } from '../domain/instant';
import { isOpenItem } from '../domain/open-item';
import { makeChange, type Author } from './author';
import type { TabletDatabase } from './database';
import { listForToday, listReportsOf, loadPending, type ReportRow } from './reads';
import { tablesOfWriting, writeChange } from './write';

/** What one grid's next worker is left: each grid may have another, who reads no other's. */
export interface HandedGrid {
  ownerGridCode: GridCode;
  itemIds: readonly RecordId[];
}

/** Saves the end of a shift in one transaction, a handover for each grid; or says why nothing was written. */
export async function recordHandovers(
  author: Author,
  grids: readonly HandedGrid[],
  note: string,
  at: Instant
): Promise<Handover[] | Exclude<Judgement, { verdict: 'allowed' }>> {
  const { database } = author;
  const made = await Promise.all(
    grids.map(({ ownerGridCode, itemIds }) => {
      const recordId = uuidV7() as RecordId;
      const facts = { recordId, ownerGridCode, note, itemIds: itemIds.slice(0, maxHandoverItems) };
      return makeChange(author, 'shift-handed-over', facts, at, 0);
    })
  );
  return database.transaction('rw', tablesOfWriting(database), async () => {
    for (const sealed of made) {
      const judgement = await writeChange(author, sealed);
      // One is written as the others are: the first says it of all.
      if (judgement.verdict !== 'allowed') return judgement;
    }
    const ids = made.map(({ change }) => change.facts.recordId);
    return (await database.records.bulkGet(ids)).map((row) => row!.record as Handover);
  });
}

const isHandover = (from: Instant): [[string, string], [string, string]] => [
  ['handover', from],
  ['handover', '\uffff']
];

/** Newest first. */
export async function listHandovers({ records }: TabletDatabase, limit: number): Promise<Handover[]> {
  const rows = await records
    .where('[kind+at]')
    .between(...isHandover(''))
    .reverse()
    .limit(limit)
    .toArray();
  return rows.map((row) => row.record as Handover);
}

/** What still waits for this person, newest first. Found by index: nobody has ticked it, or it is not old. */
export async function listToRead(
  { records }: TabletDatabase,
  me: AccountId,
  now: Instant
): Promise<Handover[]> {
  const since = msToInstant(Date.parse(now) - takenOverMs);
  const [unread, recent] = await Promise.all([
    records.where('tags').equals('unread').toArray(),
    records
      .where('[kind+at]')
      .between(...isHandover(since))
      .toArray()
  ]);
  const byId = new Map([...unread, ...recent].map((row) => [row.id, row.record as Handover]));
  return [...byId.values()]
    .filter((handover) => isToRead(handover, me, now))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** A handover as its page shows it. */
export interface HandoverView {
  handover: Handover;
  items: ReportRow[];
  /** Items that are not here: erased, not this person's to see, or still on their way. */
  missing: number;
  isUnsent: boolean;
}

export async function loadHandover(database: TabletDatabase, id: RecordId): Promise<HandoverView | null> {
  const record = (await database.records.get(id))?.record;
  if (record?.kind !== 'handover') return null;
  const items = await listReportsOf(database, record.itemIds);
  const { unsent } = await loadPending(database, [id]);
  return { handover: record, items, missing: record.itemIds.length - items.length, isUnsent: unsent.has(id) };
}

const monthMs = 30 * 24 * 3_600_000;

/** What is open of each of these grids, newest first, as far as anybody still thinks of it. */
export async function listOpenItems(
  database: TabletDatabase,
  grids: readonly GridCode[],
  now: Instant
): Promise<Map<GridCode, ReportRow[]>> {
  const rows = await listForToday(database, msToInstant(Date.parse(now) - monthMs), instantToDay(now));
  return new Map(
    grids.map((grid) => [
      grid,
      rows.filter(({ report, work }) => isOpenItem(report, work, grid, now)).slice(0, maxHandoverItems)
    ])
  );
}
