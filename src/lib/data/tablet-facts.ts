import Dexie, { type EntityTable, type Table } from 'dexie';
import { v7 as uuidV7 } from 'uuid';
import type { AccountId, DeviceId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import { outlastFullDisk } from './full-disk';
import type { SignedIn } from './signed-in';
import { makeTabletSecret } from './vault/pin-lock';
import type { Vault } from './vault/vault';

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
  /** Who signed out while the server could not be told; `true` in a store of an earlier version, which did not say who. */
  sessionToEnd: AccountId | boolean;
  /** Part of what opens each account's store here: see vault/pin-lock.ts. */
  tabletSecret: CryptoKey;
}

/** What somebody left for another who works with this tablet: sealed, only that person's store opens it. */
export interface Letter {
  id: number;
  account: AccountId;
  at: Instant;
  sealed: ArrayBuffer;
}

/** What belongs to the tablet and to no account. Each account's work lies in a database of its own. */
class TabletFacts extends Dexie {
  facts!: EntityTable<{ key: keyof Facts; value: Facts[keyof Facts] }, 'key'>;
  vaults!: EntityTable<Vault, 'account'>;
  letters!: Table<Letter, number, Omit<Letter, 'id'>>;

  constructor() {
    super('xunge-tablet', { chromeTransactionDurability: 'strict' });
    this.version(1).stores({ facts: 'key' });
    this.version(2).stores({ vaults: 'account' });
    this.version(3).stores({ letters: '++id, account' });
    outlastFullDisk(this);
  }
}

let opened: TabletFacts | undefined;
export const tabletFacts = () => (opened ??= new TabletFacts());

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

export async function listUnsentByPerson(): Promise<UnsentOf[]> {
  const known = ((await tabletFacts().facts.get('unsent'))?.value ?? {}) as Facts['unsent'];
  return Object.values(known).filter((one) => one.count > 0);
}

/** Whether this account's store was ever seen here, as far as this tablet knows. */
export async function knowsStoreOf(account: AccountId): Promise<boolean> {
  const known = ((await tabletFacts().facts.get('unsent'))?.value ?? {}) as Facts['unsent'];
  return account in known;
}

/** Made on first use. A key that no script can read out. */
export async function loadTabletSecret(): Promise<CryptoKey> {
  const { facts } = tabletFacts();
  const load = async () => (await facts.get('tabletSecret'))?.value as CryptoKey | undefined;
  const known = await load();
  if (known) return known;
  const made = await makeTabletSecret();
  // Another window may have been quicker: theirs is used then.
  await facts.add({ key: 'tabletSecret', value: made }).catch(() => undefined);
  return (await load())!;
}

export async function loadSessionToEnd(): Promise<AccountId | boolean> {
  return ((await tabletFacts().facts.get('sessionToEnd'))?.value as AccountId | boolean | undefined) ?? false;
}

export async function saveSessionToEnd(value: AccountId | boolean): Promise<void> {
  await tabletFacts().facts.put({ key: 'sessionToEnd', value });
}

/** Whose pages this tablet shows from now on. `heardAt`: the office has just said so. */
export async function saveSignedIn(signedIn: SignedIn, heardAt?: Instant): Promise<void> {
  const { facts, vaults } = tabletFacts();
  await tabletFacts().transaction('rw', facts, vaults, async () => {
    await facts.put({ key: 'signedIn', value: signedIn });
    await vaults.update(signedIn.account, { signedIn, ...(heardAt && { heardAt }) });
  });
}

/** What the server says of whoever is signed in. False where they signed out while it was asked. */
export async function updateSignedIn(
  fresh: SignedIn,
  heardAt: Instant,
  offlineDays: number | undefined
): Promise<boolean> {
  const { facts, vaults } = tabletFacts();
  return tabletFacts().transaction('rw', facts, vaults, async () => {
    if (!(await vaults.get(fresh.account))?.signedIn) return false;
    await vaults.update(fresh.account, { signedIn: fresh, heardAt, offlineDays });
    // A locked one asks as well; the pages are somebody else's then.
    if ((await loadSignedIn())?.account === fresh.account) await saveSignedIn(fresh);
    return true;
  });
}

/** Hides the account, whose session is still to be ended; its database, with all unsent work, stays. */
export async function hideSignedIn(account: AccountId): Promise<void> {
  const { facts, vaults } = tabletFacts();
  await tabletFacts().transaction('rw', facts, vaults, async () => {
    if ((await loadSignedIn())?.account === account) await facts.put({ key: 'signedIn', value: null });
    await vaults.update(account, { signedIn: undefined });
    await saveSessionToEnd(account);
  });
}

/** As if they had never worked here. */
export async function forgetPerson(account: AccountId): Promise<void> {
  const { facts, vaults, letters } = tabletFacts();
  await tabletFacts().transaction('rw', facts, vaults, letters, async () => {
    if ((await loadSignedIn())?.account === account) await facts.put({ key: 'signedIn', value: null });
    await vaults.delete(account);
    await letters.where('account').equals(account).delete();
    const { [account]: _, ...others } = ((await facts.get('unsent'))?.value ?? {}) as Facts['unsent'];
    await facts.put({ key: 'unsent', value: others });
  });
}
