import { v7 as uuidV7 } from 'uuid';
import type { GridCode } from '../domain/area';
import type { Judgement } from '../domain/change';
import { isToRead, maxHandoverItems, takenOverMs, type Handover } from '../domain/handover';
import type { AccountId, RecordId } from '../domain/ids';
import { instantToDay, msToInstant, type Instant } from '../domain/instant';
import { isOpenItem } from '../domain/open-item';
import { makeChange, type Author } from './author';
import type { TabletDatabase } from './database';
import { loadReceived } from './received';
import type { Received } from './settings';
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

/** Newest first, those left on this tablet included. */
export async function listHandovers(database: TabletDatabase, limit: number): Promise<Handover[]> {
  const [received, rows] = await Promise.all([
    listLetters(database),
    database.records
      .where('[kind+at]')
      .between(...isHandover(''))
      .reverse()
      .limit(limit)
      .toArray()
  ]);
  return [...received, ...rows.map((row) => row.record as Handover)]
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, limit);
}

/** Those left on this tablet that have no record yet, as their ticks here have them. */
async function listLetters(database: TabletDatabase): Promise<Handover[]> {
  const received = await loadReceived(database);
  const shown = await database.records.bulkGet(received.map(({ handover }) => handover.id));
  return received.filter((_, index) => !shown[index]).map((letter) => asTicked(database, letter));
}

function asTicked({ account }: TabletDatabase, { handover, readAt }: Received): Handover {
  return readAt ? { ...handover, readBy: [...handover.readBy, { account, at: readAt }] } : handover;
}

/** What still waits for this person, newest first. Found by index: nobody has ticked it, or it is not old. */
export async function listToRead(database: TabletDatabase, me: AccountId, now: Instant): Promise<Handover[]> {
  const { records } = database;
  const since = msToInstant(Date.parse(now) - takenOverMs);
  const [letters, received, unread, recent] = await Promise.all([
    listLetters(database),
    loadReceived(database),
    records.where('tags').equals('unread').toArray(),
    records
      .where('[kind+at]')
      .between(...isHandover(since))
      .toArray()
  ]);
  const ticked = received.filter(({ readAt }) => readAt).map(({ handover }) => handover.id);
  const told = [...unread, ...recent].map((row) => row.record as Handover);
  const byId = new Map([...letters, ...told].map((handover) => [handover.id, handover]));
  return [...byId.values()]
    .filter((handover) => isToRead(handover, me, now) && !ticked.includes(handover.id))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** A handover as its page shows it. */
export interface HandoverView {
  handover: Handover;
  items: ReportRow[];
  /** Items that are not here: erased, not this person's to see, or still on their way. */
  missing: number;
  isUnsent: boolean;
  /** Left on this tablet, and the office has not told of it yet: its items as their giver saw them, but for those above. */
  received?: Received['items'];
}

export async function loadHandover(database: TabletDatabase, id: RecordId): Promise<HandoverView | null> {
  const record = (await database.records.get(id))?.record;
  if (record?.kind !== 'handover') return loadLetter(database, id);
  const items = await listReportsOf(database, record.itemIds);
  const { unsent } = await loadPending(database, [id]);
  return { handover: record, items, missing: record.itemIds.length - items.length, isUnsent: unsent.has(id) };
}

async function loadLetter(database: TabletDatabase, id: RecordId): Promise<HandoverView | null> {
  const letter = (await loadReceived(database)).find((one) => one.handover.id === id);
  if (!letter) return null;
  const { handover } = letter;
  const items = await listReportsOf(database, handover.itemIds);
  const here = new Set(items.map(({ report }) => report.id));
  const received = letter.items.filter(({ report }) => !here.has(report.id));
  const missing = handover.itemIds.length - items.length - received.length;
  return { handover: asTicked(database, letter), items, missing, isUnsent: true, received };
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
