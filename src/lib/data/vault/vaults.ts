import type { AccountId } from '../../domain/ids';
import { msToInstant, type Instant } from '../../domain/instant';
import type { SignedIn } from '../signed-in';
import { loadTabletSecret, tabletFacts } from '../tablet-facts';
import { lockWithPin, lockWithSecret, unlockWithPin, unlockWithSecret, type PinLock } from './pin-lock';
import type { Vault } from './vault';
import { makeStoreKey, type StoreKey } from './seal';

/** After so many wrong PINs in a row each further one makes the person wait. */
const freeTries = 5;
/** Minutes after the fifth wrong PIN, the sixth, … */
const waits = [1, 2, 5, 15, 60];
const minuteMs = 60_000;
const unnotedMs = 5_000;
const dayMs = 24 * 60 * minuteMs;

export type Opened =
  | { status: 'open'; key: StoreKey }
  /** `waitMs`: so long before the next one; 0: at once. */
  | { status: 'wrong'; waitMs: number }
  | { status: 'wait'; waitMs: number }
  /** Only a sign-in opens it now. */
  | { status: 'ask-office' };

export const loadVault = async (account: AccountId): Promise<Vault | undefined> =>
  tabletFacts().vaults.get(account);

/** Whoever may open a store here with a PIN, or could once they sign in again. */
export async function listVaults(): Promise<(Vault & { signedIn: SignedIn })[]> {
  const vaults = await tabletFacts().vaults.toArray();
  return vaults.flatMap((vault) => (vault.signedIn ? [{ ...vault, signedIn: vault.signedIn }] : []));
}

/** A key for an account that has none on this tablet yet, opened by this PIN from now on. */
export async function makeVault(signedIn: SignedIn, pin: string, now: Instant): Promise<StoreKey> {
  const key = makeStoreKey();
  const lock = await lockWithPin(key, pin, await loadTabletSecret());
  const { account } = signedIn;
  await tabletFacts().vaults.add({ account, signedIn, pin: lock, tries: 0, heardAt: now });
  return key;
}

/** Another PIN for a store that is open. */
export async function changePin(account: AccountId, key: StoreKey, pin: string): Promise<void> {
  const lock = await lockWithPin(key, pin, await loadTabletSecret());
  await tabletFacts().vaults.update(account, { pin: lock, tries: 0, waitUntil: undefined });
}

/**
 * Tries a PIN. Wrong ones slow down; the tenth takes the PIN away, where the office can still open the store. On a full disk
 * it opens all the same: what cannot be noted waits instead.
 */
export async function openWithPin(account: AccountId, pin: string, now: Instant): Promise<Opened> {
  const vault = await noteTry(account, now).catch(() => waitInstead(account, now));
  if ('status' in vault) return vault;
  const key = await unlockWithPin(vault.pin, pin, await loadTabletSecret());
  const { vaults } = tabletFacts();
  const note = (changes: Partial<Vault>) => vaults.update(account, changes).catch(() => undefined);
  if (key) {
    await note({ tries: 0, waitUntil: undefined });
    return { status: 'open', key };
  }
  if (vault.tries < freeTries) return { status: 'wrong', waitMs: 0 };
  const minutes = waits[vault.tries - freeTries];
  if (minutes === undefined && vault.recovery) {
    await note({ pin: undefined });
    return { status: 'ask-office' };
  }
  const waitMs = (minutes ?? waits.at(-1)!) * minuteMs;
  await note({ waitUntil: msToInstant(Date.parse(now) + waitMs) });
  return { status: 'wrong', waitMs };
}

type Tried = (Vault & { pin: PinLock }) | Exclude<Opened, { status: 'open' }>;

async function noteTry(account: AccountId, now: Instant): Promise<Tried> {
  const { vaults } = tabletFacts();
  return tabletFacts().transaction('rw', vaults, async () => {
    const tried = judgeTry(await vaults.get(account), now);
    if (!('status' in tried)) await vaults.update(account, { tries: tried.tries });
    else if (tried.status === 'ask-office') await vaults.update(account, { pin: undefined });
    return tried;
  });
}

async function waitInstead(account: AccountId, now: Instant): Promise<Tried> {
  await new Promise((resolve) => setTimeout(resolve, unnotedMs));
  return judgeTry(await loadVault(account), now);
}

/** The vault with one more try, or why none may be made. */
function judgeTry(vault: Vault | undefined, now: Instant): Tried {
  if (!vault?.pin || isForgotten(vault, now)) return { status: 'ask-office' };
  const waitMs = waitMsOf(vault, now);
  return waitMs > 0 ? { status: 'wait', waitMs } : { ...vault, pin: vault.pin, tries: vault.tries + 1 };
}

/** A clock set back makes nobody wait for longer than the longest wait. */
function waitMsOf({ waitUntil }: Vault, now: Instant): number {
  const leftMs = waitUntil ? Date.parse(waitUntil) - Date.parse(now) : 0;
  return leftMs > waits.at(-1)! * minuteMs ? 0 : leftMs;
}

/** Longer without the office than its administrators allow. Never where nobody but the PIN could open it. */
function isForgotten({ heardAt, offlineDays, recovery }: Vault, now: Instant): boolean {
  return (
    offlineDays !== undefined &&
    recovery !== undefined &&
    Date.parse(now) - Date.parse(heardAt) > offlineDays * dayMs
  );
}

/** Opens with what the office keeps for this account and this tablet; null where none of it fits. */
export async function openWithSecrets(
  account: AccountId,
  secrets: readonly string[]
): Promise<StoreKey | null> {
  const recovery = (await loadVault(account))?.recovery;
  if (!recovery) return null;
  return secrets.map((secret) => unlockWithSecret(recovery, secret)).find((key) => key !== null) ?? null;
}

/** Only the key opens the store from now on, until a PIN is chosen. */
export async function forgetPin(account: AccountId): Promise<void> {
  await tabletFacts().vaults.update(account, { pin: undefined });
}

/** The office keeps `secret` by now: from here on it can open the store. */
export async function keepRecovery(account: AccountId, key: StoreKey, secret: string): Promise<void> {
  await tabletFacts().vaults.update(account, { recovery: lockWithSecret(key, secret) });
}

/** Where others may leave something for this person. */
export async function noteSlot(account: AccountId, slot: ArrayBuffer): Promise<void> {
  await tabletFacts().vaults.update(account, { slot });
}

export async function noteSealed(account: AccountId): Promise<void> {
  await tabletFacts().vaults.update(account, { isSealed: true });
}
