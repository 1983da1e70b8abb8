import type { CommunityCode } from '../domain/area';
import type { Grant } from '../domain/grant';
import type { HistoryEntry } from '../domain/history';
import type { RecordId } from '../domain/ids';
import { visibilityOf, type AnyRecord } from '../domain/record';
import { mayDo } from '../domain/rights';
import { msToInstant } from '../domain/instant';
import { forgetBlanked } from './blanked';
import type { TabletDatabase } from './database';
import { forgetErased, noteBroughtBack } from './erased';
import { listUnreceipted } from './outbox';
import { changeOf, isMaker, layOver, listLyingOn, tablesOfOverlay, type Rebase } from './overlay';
import { loadSetting, saveSetting, type Cursor, type Place } from './settings';

export interface PulledPage {
  community: string;
  cursor: Cursor;
  rows: { record: AnyRecord; history: HistoryEntry[] }[];
  leftScope: readonly RecordId[];
  erased: readonly RecordId[];
  /** The grants that count from now on (step 10); a server of protocol 1 does not say. */
  grants?: readonly Grant[];
  /** They are others than at the page before. */
  areOther: boolean;
  /** The community's head is reached. */
  isLast: boolean;
}

/** What a transaction needs that stores a page or drops a community. */
export const tablesOfPages = (database: TabletDatabase) => [
  ...tablesOfOverlay(database),
  database.receipts,
  database.pictures,
  database.originals,
  database.reference,
  database.toHandBack
];

export async function loadCursor(database: TabletDatabase, community: string): Promise<Cursor | undefined> {
  return loadSetting(database, `cursor-${community}`);
}

/**
 * The furthest place this tablet was told of, by community, for the next push to tell. Of a community it was told to leave
 * only where the session names it again, among `communities`: until then no pull could clear up what the push is refused for.
 */
export async function loadPlaces(
  database: TabletDatabase,
  communities: readonly string[]
): Promise<Record<string, Place>> {
  const places: Record<string, Place> = {};
  for (const community of new Set([...(await listCommunitiesRead(database)), ...communities])) {
    const isNamed = communities.includes(community);
    const place = furthest([
      isNamed ? await loadSetting(database, `left-${community}`) : undefined,
      ...(await loadTold(database, community))
    ]);
    if (place) places[community] = place;
  }
  return places;
}

/** The furthest place it was told of beyond its pulls: an older store does not have it. */
export async function loadAhead(database: TabletDatabase, community: string): Promise<Place | undefined> {
  const [ahead] = await loadTold(database, community);
  return furthest([await loadSetting(database, `left-${community}`), ahead]);
}

async function loadTold(database: TabletDatabase, community: string): Promise<(Place | undefined)[]> {
  return [await loadSetting(database, `ahead-${community}`), await loadCursor(database, community)];
}

/** Of one life of the store. Where there are two, an earlier one was told first, and shows that the other is new. */
function furthest(places: readonly (Place | undefined)[]): Place | undefined {
  const [first, ...others] = places.flatMap((place) => place ?? []);
  const further = others.reduce(
    (far, place) => (place.epoch === far?.epoch && place.sequence > far.sequence ? place : far),
    first
  );
  return further && { epoch: further.epoch, sequence: further.sequence, mark: further.mark };
}

/** The sequence of the first change this tablet had accepted: from there on it holds all its own. */
export async function loadFirstReceipt({ receipts }: TabletDatabase): Promise<number | undefined> {
  return (await receipts.orderBy('from').first())?.sequence;
}

/** Communities this tablet has read or begun to, was told of or has borders of: also those its account takes part in no more. */
export async function listCommunitiesRead(database: TabletDatabase): Promise<string[]> {
  const begun = ['cursor-', 'ahead-', 'unconfirmed-'];
  const keys = await database.settings.where('key').startsWithAnyOf(begun).primaryKeys();
  const drawn = await database.reference.toCollection().primaryKeys();
  return [...new Set([...keys.map((key) => key.slice(key.indexOf('-') + 1)), ...drawn])];
}

/**
 * These and the communities read before. Each is asked for until a page of it has come, or the office has said that the
 * account takes part in it no more (step 10): what was recorded there may have to go.
 */
export async function beginReading(
  database: TabletDatabase,
  communities: readonly CommunityCode[]
): Promise<Set<CommunityCode>> {
  const known = await listCommunitiesRead(database);
  for (const community of communities)
    if (!known.includes(community)) await saveSetting(database, `unconfirmed-${community}`, []);
  return new Set([...communities, ...known]);
}

/**
 * Step 9: one transaction stores page and cursor. Unsent work is laid over what came, never overwritten. What left the
 * account's scope goes, but for records that still carry unsent work: those stay until it is settled.
 */
export async function storePage(database: TabletDatabase, page: PulledPage, rebase: Rebase): Promise<void> {
  const { community, cursor, rows } = page;
  await database.transaction('rw', tablesOfPages(database), async () => {
    const fresh = new Map(rows.map((row) => [row.record.id, row.record]));
    const historyById = new Map(rows.map((row) => [row.record.id, row.history]));
    await layOver(database, fresh, rebase, historyById);
    await dropHidden(database, page, rebase);
    await drop(database, page.leftScope, rebase);
    await noteBroughtBack(database, fresh);
    await forgetErased(database, page.erased);
    await forgetBlanked(database, fresh.values());
    await confirm(database, page, rebase);
    await saveSetting(database, `cursor-${community}`, cursor);
    await forgetReached(database, community, cursor);
  });
}

/**
 * Inside a transaction: how far the office says that these logs have come. Never back: what it says of less, or in another
 * life, may be an older store's word, and so may all it says of a community that was left, until a pull has shown the place kept of it.
 */
export async function noteAhead(
  database: TabletDatabase,
  ahead: Readonly<Record<string, Place>>
): Promise<void> {
  for (const [community, place] of Object.entries(ahead)) {
    const left = await loadSetting(database, `left-${community}`);
    const told = await loadTold(database, community);
    if (left && !told.some(Boolean)) continue;
    const known = furthest([left, ...told]);
    if (!known || (known.epoch === place.epoch && known.sequence < place.sequence))
      await saveSetting(database, `ahead-${community}`, place);
  }
}

/** Inside a transaction: what the cursor has reached is told by the cursor. */
async function forgetReached(database: TabletDatabase, community: string, cursor: Cursor): Promise<void> {
  for (const key of [`ahead-${community}`, `left-${community}`] as const) {
    const place = await loadSetting(database, key);
    if (place?.epoch === cursor.epoch && place.sequence <= cursor.sequence)
      await database.settings.delete(key);
  }
}

/** Everything of the community is read anew from `cursor`, and what does not come again is gone then. */
export async function startAnew(database: TabletDatabase, community: string, cursor: Cursor): Promise<void> {
  const { records, settings } = database;
  await database.transaction('rw', records, settings, async () => {
    await noteUnconfirmed(database, community);
    // Until the new cursor has come as far: an older store may take the place of this one meanwhile.
    const place = furthest(await loadTold(database, community));
    if (place) await saveSetting(database, `ahead-${community}`, place);
    await saveSetting(database, `cursor-${community}`, cursor);
  });
}

/** Inside a transaction: none of the community's records is known to be there still. */
export async function noteUnconfirmed(database: TabletDatabase, community: string): Promise<void> {
  const ids = await database.records.filter(({ record }) => record.community === community).primaryKeys();
  await saveSetting(database, `unconfirmed-${community}`, ids);
}

/** Step 10: the account takes part in this community no more. What is unsent there stays until it is settled. */
export async function dropCommunity(
  database: TabletDatabase,
  community: string,
  rebase: Rebase
): Promise<void> {
  await database.transaction('rw', tablesOfPages(database), async () => {
    await dropHidden(database, { community, grants: [], areOther: true }, rebase);
    await database.reference.delete(community);
    // The office takes nothing back from here any more; what is one's own lies in the outbox still.
    await database.toHandBack.where('community').equals(community).delete();
    // An older store may take its place, with the grants of yesterday.
    const place = (await loadPlaces(database, [community]))[community];
    if (place) await saveSetting(database, `left-${community}`, place);
    await database.settings.bulkDelete([
      `cursor-${community}`,
      `ahead-${community}`,
      `unconfirmed-${community}`
    ]);
  });
}

/** Takes what came off the list of what is not known to be there still; at the end the rest goes. */
async function confirm(
  database: TabletDatabase,
  { community, rows, isLast }: PulledPage,
  rebase: Rebase
): Promise<void> {
  const unconfirmed = await loadSetting(database, `unconfirmed-${community}`);
  if (!unconfirmed) return;
  const came = new Set(rows.map((row) => row.record.id));
  const rest = unconfirmed.filter((id) => !came.has(id));
  if (!isLast) return saveSetting(database, `unconfirmed-${community}`, rest);
  // What of it is still to be handed back may be all there is (step 11).
  const waiting = await database.toHandBack.where('recordIds').anyOf(rest).toArray();
  const kept = new Set(waiting.flatMap(({ recordIds }) => recordIds));
  const gone = rest.filter((id) => !kept.has(id));
  await drop(database, gone, rebase);
  if (kept.size)
    return saveSetting(
      database,
      `unconfirmed-${community}`,
      rest.filter((id) => kept.has(id))
    );
  await database.settings.delete(`unconfirmed-${community}`);
}

type Scope = Pick<PulledPage, 'community' | 'grants' | 'areOther'>;

/**
 * Records of the community that these grants do not show; in none of them a date counts, the office has seen to it. Where
 * they are as before only what is new here: it may have been made under a grant that came and went between two pages.
 */
async function listHidden(
  database: TabletDatabase,
  { community, grants = [], areOther }: Scope
): Promise<RecordId[]> {
  const { records, account } = database;
  const actor = { account, grants };
  const isHidden = ({ record }: { record: AnyRecord }) =>
    record.community === community && !mayDo(actor, 'read', visibilityOf(record), msToInstant(0));
  if (areOther) return records.filter(isHidden).primaryKeys();
  const made = (await listUnreceipted(database)).filter(isMaker).map((row) => changeOf(row).facts.recordId);
  return records.where('id').anyOf(made).filter(isHidden).primaryKeys();
}

/** What the grants do not show goes; what the office may not have goes once it turns out to have it. */
async function dropHidden(database: TabletDatabase, scope: Scope, rebase: Rebase): Promise<void> {
  const { community, grants } = scope;
  if (!grants) return;
  const hidden = await listHidden(database, scope);
  await saveSetting(database, `hidden-${community}`, await drop(database, hidden, rebase));
}

/**
 * These are not this account's to see any more. What the office never had is not the office's to take away: returns
 * those.
 */
async function drop(database: TabletDatabase, ids: readonly RecordId[], rebase: Rebase): Promise<RecordId[]> {
  if (!ids.length) return [];
  const made = (await listLyingOn(database, ids)).filter(isMaker);
  const own = new Set(made.flatMap((row) => changeOf(row).facts.recordId));
  const left = await loadOfficeRecords(
    database,
    ids.filter((id) => !own.has(id))
  );
  if (left.size) await layOver(database, left, rebase, new Map(), new Set(left.keys()));
  return ids.filter((id) => own.has(id));
}

/** The records as the office gave them, without what lies over them; those this tablet never had are left out. */
async function loadOfficeRecords(
  database: TabletDatabase,
  ids: readonly RecordId[]
): Promise<Map<RecordId, AnyRecord>> {
  const bases = await database.bases.bulkGet([...ids]);
  const shown = await database.records.bulkGet([...ids]);
  return new Map(
    ids.flatMap((id, index) => {
      const record = bases[index]?.record ?? shown[index]?.record;
      return record ? [[id, record] as const] : [];
    })
  );
}
