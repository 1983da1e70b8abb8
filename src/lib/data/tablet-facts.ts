import Dexie, { type EntityTable } from 'dexie';
import { v7 as uuidV7 } from 'uuid';
import type { Grant } from '../domain/grant';
import type { AccountId, DeviceId } from '../domain/ids';
import type { Instant } from '../domain/instant';

/** Who is signed in on this tablet, kept so that it opens without a server. */
export interface SignedIn {
  account: AccountId;
  name: string;
  grants: Grant[];
  communities: { code: string; name: string }[];
  deviceMark: string;
}

/** What an account has left on this tablet that the office does not have. */
export interface UnsentOf {
  account: AccountId;
  name: string;
  /** Records, or where only they wait, photos. */
  count: number;
  oldestAt: Instant | null;
}

interface Facts {
  device: DeviceId;
  signedIn: SignedIn | null;
  unsent: Record<AccountId, UnsentOf>;
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
  const device = (await database.facts.get('device'))?.value;
  if (device) return device as DeviceId;
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

/** Kept beside the accounts' own stores: whoever signs in next must know that somebody's work still lies here. */
export async function saveUnsentOf(unsent: UnsentOf): Promise<void> {
  const { facts } = tabletFacts();
  await tabletFacts().transaction('rw', facts, async () => {
    const known = ((await facts.get('unsent'))?.value ?? {}) as Facts['unsent'];
    await facts.put({ key: 'unsent', value: { ...known, [unsent.account]: unsent } });
  });
}

export async function listUnsentOfOthers(account: AccountId): Promise<UnsentOf[]> {
  const known = ((await tabletFacts().facts.get('unsent'))?.value ?? {}) as Facts['unsent'];
  return Object.values(known).filter((one) => one.account !== account && one.count > 0);
}

/** Whether this account's store was ever seen here, as far as this tablet knows. */
export async function knowsStoreOf(account: AccountId): Promise<boolean> {
  const known = ((await tabletFacts().facts.get('unsent'))?.value ?? {}) as Facts['unsent'];
  return account in known;
}

export async function loadSessionToEnd(): Promise<boolean> {
  return Boolean((await tabletFacts().facts.get('sessionToEnd'))?.value);
}

export async function saveSessionToEnd(value: boolean): Promise<void> {
  await tabletFacts().facts.put({ key: 'sessionToEnd', value });
}

export async function saveSignedIn(signedIn: SignedIn): Promise<void> {
  await tabletFacts().facts.put({ key: 'signedIn', value: signedIn });
}

/** What the server says of whoever is signed in. False where they signed out while it was asked. */
export async function updateSignedIn(fresh: SignedIn): Promise<boolean> {
  const { facts } = tabletFacts();
  return tabletFacts().transaction('rw', facts, async () => {
    if ((await loadSignedIn())?.account !== fresh.account) return false;
    await saveSignedIn(fresh);
    return true;
  });
}

/** Hides the account, whose session is still to be ended; its database, with all unsent work, stays. */
export async function hideSignedIn(): Promise<void> {
  const { facts } = tabletFacts();
  await tabletFacts().transaction('rw', facts, async () => {
    await facts.put({ key: 'signedIn', value: null });
    await saveSessionToEnd(true);
  });
}
