import type { CommunityCode } from '../domain/area';
import type { RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import type { TabletDatabase } from './database';

export interface HeldBack {
  recordId: RecordId;
  until: Instant;
}

/** The small things a tablet remembers, each with its type. */
interface Settings {
  /** All orders up to here have a receipt or a trouble; the outbox is what lies above. */
  settledThrough: number;
  /** The highest order that was ever in a request: from there on, undoing is a change of its own. */
  offeredThrough: number;
  /** The report saved last is not sent before then, so that undoing it gives the form back. */
  heldBack: HeldBack | null;
  /** Where the next pull goes on: the office's own words, handed back as they came. */
  [cursor: `cursor-${CommunityCode}`]: { epoch: string; sequence: number; wholeThrough?: number };
  /** Numbers given on a day: 李平-1120-03 is the third. */
  [count: `numbers-${string}`]: number;
  lastOwnerGrid: string;
  categoriesUsed: string[];
  lastSyncedAt: string;
  trackAccepted: string;
  community: string;
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
