import { hasDatabase } from '$lib/data/open';
import { loadCurrentPatrol } from '$lib/data/reads';
import type { SignedIn } from '$lib/data/signed-in';
import { listUnsentByPerson, loadSignedIn, saveSignedIn } from '$lib/data/tablet-facts';
import { takeOver } from '$lib/data/vault/open-keys';
import type { StoreKey } from '$lib/data/vault/seal';
import {
  changePin,
  listVaults,
  loadVault,
  makeVault,
  noteSealed,
  openWithPin,
  type Opened
} from '$lib/data/vault/vaults';
import { askForKey, keepKey } from '$lib/device/key-keeper';
import { withLock } from '$lib/device/tabs';
import type { AccountId } from '$lib/domain/ids';
import { msToInstant } from '$lib/domain/instant';
import { clearLostStore, isReportedLost } from '$lib/sync/session';
import { later } from '$lib/ui/basic/later';
import { Practice } from './practice.svelte';
import { loadPresent, syncLockOf, Tablet } from './tablet.svelte';

/** Nobody touched the screen for so long: it is locked. */
const idleMs = 10 * 60_000;
const lookMs = 15_000;
const tryAnewMs = 5_000;
const sendingMs = 3_000;
const askAfterMs = 60_000;

/** Somebody whose store a PIN opens here. */
export interface Person {
  signedIn: SignedIn;
  /** Records that the office does not have yet. */
  unsent: number;
  /** Only the office can let them in again. */
  mustAskOffice: boolean;
}

export type DoorState =
  | { name: 'opening' }
  /** The store was written before there were keys, and is sealed now. */
  | { name: 'sealing' }
  /** The browser does not open the store; it is tried again. */
  | { name: 'stuck' }
  | { name: 'choosing-pin'; signedIn: SignedIn }
  /** `hasFailed`: the PIN was right, and the store did not open. */
  | { name: 'locked'; people: Person[]; first: AccountId | undefined; hasFailed: boolean }
  | { name: 'open'; tablet: Tablet };

interface Present {
  tablet: Tablet;
  /** Ends its sending and closes its store. */
  stop: () => void;
}

const now = () => msToInstant(Date.now());

/** Who is let in to which store: the way from a locked tablet to somebody's pages, and back. */
export class Door {
  state = $state.raw<DoorState>({ name: 'opening' });
  /** Ends whenever this door is shut. */
  readonly practice = new Practice();
  #onNobody: () => void;
  #isForLeftovers: boolean;
  #isGone = false;
  /** A key whose owner has still to choose a PIN. */
  #key: StoreKey | null = null;
  #present: Present | undefined;
  #forgetKey = (): void => {};
  /** Locked, and still sending what was left. */
  #sending: Present[] = [];
  #touchedMs = Date.now();

  /** `onNobody`: nobody works with this tablet yet. `isForLeftovers`: only what already lies here is opened, to be sent. */
  constructor(onNobody: () => void, isForLeftovers: boolean) {
    this.#onNobody = onNobody;
    this.#isForLeftovers = isForLeftovers;
  }

  /** Opens the door as far as it goes by itself. Returns how to stop. */
  start(): () => void {
    this.practice.start();
    void this.#tryToLook();
    const touch = () => (this.#touchedMs = Date.now());
    const watched = ['pointerdown', 'keydown', 'scroll', 'input'] as const;
    for (const name of watched) window.addEventListener(name, touch, { capture: true, passive: true });
    const timer = setInterval(() => void this.#lockIfIdle(), lookMs);
    const clearIfLost = () => void this.#clearIfLost();
    const lostTimer = setInterval(clearIfLost, askAfterMs);
    window.addEventListener('online', clearIfLost);
    const onVisible = () => document.visibilityState === 'visible' && this.#lookAgain();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      this.#isGone = true;
      clearInterval(timer);
      clearInterval(lostTimer);
      window.removeEventListener('online', clearIfLost);
      document.removeEventListener('visibilitychange', onVisible);
      for (const name of watched) window.removeEventListener(name, touch, { capture: true });
      void this.practice.end();
      this.#forgetKey();
      for (const { stop } of this.#sending) stop();
      this.#present?.stop();
    };
  }

  async #tryToLook(): Promise<void> {
    try {
      await this.#look();
    } catch {
      this.state = { name: 'stuck' };
      // There may be room again.
      await later(tryAnewMs);
      if (!this.#isGone) await this.#tryToLook();
    }
  }

  /** While this page was out of sight another may have let somebody in, or out. */
  #lookAgain(): void {
    if (this.state.name === 'open') void this.#lockIfIdle();
    else if (this.state.name === 'locked' || this.state.name === 'choosing-pin') void this.#tryToLook();
  }

  async #look(): Promise<void> {
    const signedIn = await loadPresent();
    if (!signedIn) return this.#showLocked(undefined);
    const { account } = signedIn;
    if (this.#isForLeftovers && !(await hasDatabase(account))) return this.#onNobody();
    const vault = await loadVault(account);
    const key = takeOver(account) ?? (vault && (await askForKey(account)));
    if (key && vault?.pin) return this.#enter(signedIn, key);
    if (key || !vault) {
      this.#key = key ?? null;
      this.state = { name: 'choosing-pin', signedIn };
      return;
    }
    return this.#showLocked(account);
  }

  async #showLocked(first: AccountId | undefined, hasFailed = false): Promise<void> {
    const [vaults, unsent] = await Promise.all([listVaults(), listUnsentByPerson()]);
    if (!vaults.length) return this.#onNobody();
    const people = vaults.map(({ account, signedIn, pin }) => ({
      signedIn,
      unsent: unsent.find((one) => one.account === account)?.count ?? 0,
      mustAskOffice: pin === undefined
    }));
    this.state = {
      name: 'locked',
      people,
      first: vaults.length === 1 ? vaults[0]!.account : first,
      hasFailed
    };
    void this.#clearIfLost();
  }

  /** The person has chosen: from now on it opens their store. */
  async choosePin(pin: string): Promise<void> {
    if (this.state.name !== 'choosing-pin') return;
    const { signedIn } = this.state;
    const key = this.#key ?? (await makeVault(signedIn, pin, now()));
    if (this.#key) await changePin(signedIn.account, this.#key, pin);
    this.#key = null;
    await this.#enter(signedIn, key);
  }

  /** Lets somebody in, or says why not. Needs no network. */
  async enterPin({ signedIn }: Person, pin: string): Promise<Opened['status'] | { waitMs: number }> {
    const opened = await openWithPin(signedIn.account, pin, now());
    if (opened.status === 'open') await this.#enter(signedIn, opened.key);
    else await this.#showLocked(signedIn.account);
    return 'waitMs' in opened && opened.waitMs > 0 ? { waitMs: opened.waitMs } : opened.status;
  }

  async #enter(signedIn: SignedIn, key: StoreKey): Promise<void> {
    const { account } = signedIn;
    // Nothing is written that stands there: a full disk keeps nobody out.
    if ((await loadSignedIn())?.account !== account) await saveSignedIn(signedIn);
    const waiting = this.#sending.find(({ tablet }) => tablet.signedIn.account === account);
    this.#sending = this.#sending.filter((one) => one !== waiting);
    const tablet = waiting?.tablet ?? (await this.#open(signedIn, key).catch(() => null));
    if (!tablet) return this.#showLocked(account, true);
    if (this.#isGone) return;
    this.#present = waiting ?? { tablet, stop: tablet.start() };
    tablet.unlock();
    tablet.onLock = () => void this.lock();
    this.#forgetKey = keepKey(account, key);
    this.#touchedMs = Date.now();
    this.state = { name: 'open', tablet };
  }

  async #open(signedIn: SignedIn, key: StoreKey): Promise<Tablet> {
    const { account } = signedIn;
    const isSealed = (await loadVault(account))?.isSealed;
    const isOld = !isSealed && (await hasDatabase(account));
    if (isOld) this.state = { name: 'sealing' };
    const tablet = await Tablet.open(signedIn, key);
    if (!isSealed) await this.#seal(tablet, isOld).catch(() => undefined);
    return tablet;
  }

  /** Without room for it the next time: what is not sealed yet is read all the same. */
  async #seal({ database, signedIn }: Tablet, isOld: boolean): Promise<void> {
    if (isOld) await (await import('$lib/data/vault/seal-store')).sealStore(database);
    await noteSealed(signedIn.account);
  }

  /**
   * Takes this person's work off the screen. What is unsent goes on being sent as long as the app is open; then the store is
   * closed and its key forgotten.
   */
  async lock(): Promise<void> {
    const present = this.#present;
    if (!present) return;
    this.#present = undefined;
    this.state = { name: 'opening' };
    void this.practice.end();
    const { tablet, stop } = present;
    const { account } = tablet.signedIn;
    tablet.onLock = () => {};
    tablet.lock();
    this.#forgetKey();
    // Another document: nothing that was read stays in memory.
    if (!(await tablet.isSending().catch(() => false))) return location.reload();
    this.#sending.push(present);
    await this.#showLocked(account);
    const isLocked = () => this.#sending.includes(present);
    while (isLocked() && (await tablet.isSending().catch(() => false))) await later(sendingMs);
    if (!isLocked()) return;
    this.#sending = this.#sending.filter((one) => one !== present);
    stop();
  }

  /**
   * What lies here locked cannot be handed in: where the office was told that the tablet is lost, it goes at once. What is
   * still being sent, here or in another tab, goes after that.
   */
  async #clearIfLost(): Promise<void> {
    if (this.state.name !== 'locked') return;
    for (const { account } of await listVaults()) {
      if (!(await isReportedLost(account))) continue;
      await withLock(syncLockOf(account), () => clearLostStore(account));
      if (this.state.name === 'locked') location.replace('/sign-in?lost');
    }
  }

  async #lockIfIdle(): Promise<void> {
    if (this.state.name !== 'open' || Date.now() - this.#touchedMs < idleMs) return;
    const { tablet } = this.state;
    // A walk goes on with the screen untouched, and its track with it.
    if (await loadCurrentPatrol(tablet.database, tablet.signedIn.account)) return;
    await this.lock();
  }
}
