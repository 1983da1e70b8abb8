import type { CommunityCode } from '../domain/area';
import type { Case } from '../domain/case';
import type { Handover } from '../domain/handover';
import type { PhotoId, RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import type { Report } from '../domain/report';
import type { TabletDatabase } from './database';

/** A place in a community's log, in the office's own words: handed back as they came (step 11). */
export interface Place {
  epoch: string;
  sequence: number;
  mark?: string;
}

/** How far a community was read: a place, and whatever else the office notes with it. */
export interface Cursor extends Place {
  [more: string]: unknown;
}

export interface HeldBack {
  recordId: RecordId;
  until: Instant;
}

/** A handover left on this very tablet, before the office has told of it. Then its record takes its place. */
export interface Received {
  handover: Handover;
  /** As their giver saw them: what they have recorded today may be nowhere else. */
  items: { report: Report; work?: Case }[];
  /** Ticked here already: a change once there is a record to make it on. */
  readAt?: Instant;
}

/** The small things a tablet remembers, each with its type. */
interface Settings {
  /** All orders up to here have a receipt or a trouble; the outbox is what lies above. */
  settledThrough: number;
  /** The highest order that was ever in a request: from there on, undoing is a change of its own. */
  offeredThrough: number;
  /** The report saved last is not sent before then, so that undoing it gives the form back. */
  heldBack: HeldBack | null;
  /** Where the next pull goes on. */
  [cursor: `cursor-${CommunityCode}`]: Cursor;
  /** How far the community's log had come by a push or a stored picture; gone once the cursor has caught up. */
  [place: `ahead-${CommunityCode}`]: Place;
  /** How far this tablet was told of a community it takes part in no more, for when it does again. */
  [place: `left-${CommunityCode}`]: Place;
  /** While everything is read anew: records that have not come again yet. */
  [records: `unconfirmed-${CommunityCode}`]: RecordId[];
  /** Own records without a receipt that the grants show no more: they go once the office turns out to have them. */
  [records: `hidden-${CommunityCode}`]: RecordId[];
  /** Every record this tablet was told is erased: what still names it, or brings it back, goes once the office has taken it. */
  erased: RecordId[];
  /** Numbers given on a day: 李平-1120-03 is the third. */
  [count: `numbers-${string}`]: number;
  /** Pictures the office has whole while their small one is still to go: it shows them without until then. */
  thumbnailsLeft: PhotoId[];
  /** A lifeline file was begun and not read to its end: pictures of it may be nowhere else. */
  halfRead: boolean;
  /** Handovers left on this tablet that the office has not told of yet. */
  received: Received[];
  /** The key to what others leave here for this person, and the slot it goes through, as bytes. */
  letterbox: { slot: number[]; key: JsonWebKey };
  lastOwnerGrid: string;
  categoriesUsed: string[];
  lastSyncedAt: string;
  trackAccepted: string;
  community: string;
  /** Of this very store: one that had to be made anew has another. */
  storeId: string;
}

export async function loadSetting<Key extends keyof Settings>(
  database: TabletDatabase,
  key: Key
): Promise<Settings[Key] | undefined> {
  return (await database.settings.get(key))?.value as Settings[Key] | undefined;
}

export async function saveSetting<Key extends keyof Settings>(
  database: TabletDatabase,
  key: Key,
  value: Settings[Key]
): Promise<void> {
  await database.settings.put({ key, value });
}

type Entry = { [Key in keyof Settings]: [key: Key, value: Settings[Key]] }[keyof Settings];

/** Several in one request to the store. */
export async function saveSettings(database: TabletDatabase, entries: readonly Entry[]): Promise<void> {
  await database.settings.bulkPut(entries.map(([key, value]) => ({ key, value })));
}
