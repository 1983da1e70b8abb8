import type { HistoryEntry } from '../domain/history';
import type { PhotoId, RecordId } from '../domain/ids';
import { msToInstant, type Instant } from '../domain/instant';
import type { ReceiptRun, ShownRecord, TabletDatabase, ToHandBack } from './database';
import { isDue } from './outbox';
import { changeOf } from './overlay';
import { noteAhead, noteUnconfirmed } from './pulled';
import { saveSetting, type Cursor, type Place } from './settings';
import { forgetThumbnailsLeft } from './thumbnails-left';

/** What waits for somebody else's hand-back is asked about again after this long. */
const waitMs = 10 * 60_000;
/** What the office fails on alone. */
const faultMs = 24 * 3_600_000;

type Line = Omit<ToHandBack, 'id'> & { receivedAt: Instant; sequence: number };

/**
 * Step 11, one transaction: the office was put back from a backup. All this tablet holds of what the office had accepted
 * is set down to be handed back: its own changes with their receipts, and what it was told of others' with the office's
 * seal. Then everything is read anew, from `cursor`. Pictures are offered again: the office says which it has.
 */
export async function beginHandBack(
  database: TabletDatabase,
  community: string,
  cursor: Cursor
): Promise<void> {
  const { outbox, receipts, records, photos, pictures, thumbnails, toHandBack, settings } = database;
  const tables = [outbox, receipts, records, photos, pictures, thumbnails, toHandBack, settings];
  await database.transaction('rw', tables, async () => {
    const known = await toHandBack.where('community').equals(community).toArray();
    const lines = [...(await ownLines(database, community)), ...(await toldLines(database, community))];
    const there = new Set(known.map(({ line }) => line));
    const fresh = lines.filter(({ line }) => !there.has(line)).sort(byArrival);
    await toHandBack.bulkAdd(fresh.map(({ recordIds, line }) => ({ community, recordIds, line })));
    await offerPictures(database, community, new Set(lines.flatMap(({ recordIds }) => recordIds)));
    await noteUnconfirmed(database, community);
    await saveSetting(database, `cursor-${community}`, cursor);
    await settings.bulkDelete([`ahead-${community}`, `left-${community}`]);
  });
}

function byArrival(a: Line, b: Line): number {
  if (a.receivedAt !== b.receivedAt) return a.receivedAt < b.receivedAt ? -1 : 1;
  return a.sequence - b.sequence;
}

async function ownLines({ outbox, receipts }: TabletDatabase, community: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (const run of await receipts.toArray())
    await outbox
      .where('order')
      .between(run.from, run.to, true, true)
      .each((row) => {
        if (changeOf(row).community === community) lines.push(ownLine(row, run, community));
      });
  return lines;
}

function ownLine(
  { order, body, recordIds }: { order: number; body: string; recordIds: RecordId[] },
  run: ReceiptRun,
  community: string
): Line {
  const { receivedAt } = run;
  const place = order - run.from;
  const sequence = run.sequence + place;
  const settled = run.settled?.[order];
  const said = { ...run.more, sequence, receivedAt, settled, seal: run.seals[place]! };
  return { community, recordIds, receivedAt, sequence, line: JSON.stringify({ ...said, body }) };
}

async function toldLines({ records }: TabletDatabase, community: string): Promise<Line[]> {
  const linesById = new Map<string, Line>();
  await records
    .filter(({ record }) => record.community === community)
    .each((shown) => {
      for (const entry of shown.history) {
        const line = toldLine(shown, entry, community);
        if (line) linesById.set(entry.id, line);
      }
    });
  return [...linesById.values()];
}

/** Null where the office did not seal it: it told less than the whole. */
function toldLine({ id: recordId }: ShownRecord, told: HistoryEntry, community: string): Line | null {
  const { id, kind, at, author, facts, receivedAt, sequence, settled, seal } = told;
  if (!seal || receivedAt === undefined || sequence === undefined) return null;
  const line = JSON.stringify({
    sequence,
    receivedAt,
    settled,
    seal,
    entry: { id, kind, at, author, facts }
  });
  return { community, recordIds: [recordId], receivedAt, sequence, line };
}

/**
 * Those the office said it had, as far as their bytes still lie here. Also those it failed on, or did not know, before anybody
 * noticed: that is forgotten.
 */
async function offerPictures(
  database: TabletDatabase,
  community: string,
  handedBack: ReadonlySet<RecordId>
): Promise<void> {
  const { photos, pictures, thumbnails, records } = database;
  const withBytes = new Set(await pictures.toCollection().primaryKeys());
  const small = new Set(await thumbnails.toCollection().primaryKeys());
  const here = new Set(await records.filter(({ record }) => record.community === community).primaryKeys());
  const offered: PhotoId[] = [];
  await photos
    .where('state')
    .anyOf('stored', 'ready', 'refused')
    .and(({ state, refusal }) => state !== 'refused' || refusal?.code === 'photo-not-declared')
    // Of a record that left with its grid, the declaration is handed back all the same.
    .and(({ id, recordId }) => withBytes.has(id) && (here.has(recordId) || handedBack.has(recordId)))
    .modify((photo) => {
      offered.push(photo.id);
      photo.state = 'ready';
      delete photo.refusal;
      delete photo.failures;
      delete photo.tryAgainAt;
      photo.thumbnailSent = !small.has(photo.id);
      delete photo.storedAt;
    });
  // Their small ones go with them now, once the office knows them again.
  await forgetThumbnailsLeft(database, offered);
}

/** The oldest whose time has come, of one community. */
export async function listToHandBack(
  { toHandBack }: TabletDatabase,
  community: string,
  nowMs: number,
  limit: number
): Promise<ToHandBack[]> {
  return toHandBack
    .where('community')
    .equals(community)
    .and((row) => isDue(row, nowMs))
    .limit(limit)
    .toArray();
}

/** The office has these, or says that they were never its own, and how far its log has come with them. */
export async function markHandedBack(
  database: TabletDatabase,
  rows: readonly ToHandBack[],
  ahead: Readonly<Record<string, Place>> = {}
): Promise<void> {
  const { toHandBack, settings } = database;
  await database.transaction('rw', toHandBack, settings, async () => {
    await toHandBack.bulkDelete(rows.map(({ id }) => id));
    await noteAhead(database, ahead);
  });
}

/** `waits`: for what comes before it. `fault`: the office fails on it alone. Others have their turn. */
export async function postponeHandBack(
  { toHandBack }: TabletDatabase,
  rows: readonly ToHandBack[],
  why: 'waits' | 'fault',
  nowMs: number
): Promise<void> {
  const tryAgainAt = msToInstant(nowMs + (why === 'waits' ? waitMs : faultMs));
  await toHandBack.bulkUpdate(rows.map(({ id }) => ({ key: id, changes: { tryAgainAt } })));
}
