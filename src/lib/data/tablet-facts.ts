import Dexie, { type EntityTable } from 'dexie';
import { v7 as uuidV7 } from 'uuid';
import type { Grant } from '../domain/grant';
import type { AccountId, DeviceId } from '../domain/ids';

/** Who is signed in on this tablet, kept so that it opens without a server. */
export interface SignedIn {
  account: AccountId;
  name: string;
  grants: Grant[];
  communities: { code: string; name: string }[];
  deviceMark: string;
}

interface Facts {
  device: DeviceId;
  signedIn: SignedIn | null;
  /** Somebody signed out while the server could not be told. */
  sessionToEnd: boolean;
}

/** What belongs to the tablet and to no account. Each account's work lies in a database of its own. */
class TabletFacts extends Dexie {
  facts!: EntityTable<{ key: keyof Facts; value: Facts[keyof Facts] }, 'key'>;

  constructor() {
    super('xunge-tablet', { chromeTransactionDurability: 'strict' });
    this.version(1).stores({ facts: 'key' });
  }
}

let opened: TabletFacts | undefined;
const tabletFacts = () => (opened ??= new TabletFacts());

/** The tablet's own id, made on first use and then the same for ever. */
export async function loadDeviceId(): Promise<DeviceId> {
  const database = tabletFacts();
  return database.transaction('rw', database.facts, async () => {
    const known = (await database.facts.get('device'))?.value;
    if (known) return known as DeviceId;
    const device = uuidV7() as DeviceId;
    await database.facts.add({ key: 'device', value: device });
    return device;
  });
}

export async function loadSignedIn(): Promise<SignedIn | null> {
  return ((await tabletFacts().facts.get('signedIn'))?.value as SignedIn | null | undefined) ?? null;
}

export async function loadSessionToEnd(): Promise<boolean> {
  return Boolean((await tabletFacts().facts.get('sessionToEnd'))?.value);
}

export async function saveSessionToEnd(value: boolean): Promise<void> {
  await tabletFacts().facts.put({ key: 'sessionToEnd', value });
}

/** Null hides the account; its database, with all unsent work, stays. */
export async function saveSignedIn(signedIn: SignedIn | null): Promise<void> {
  await tabletFacts().facts.put({ key: 'signedIn', value: signedIn });
}
