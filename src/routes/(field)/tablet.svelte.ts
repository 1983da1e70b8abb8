import { createContext } from 'svelte';
import type { Author } from '$lib/data/author';
import type { TabletDatabase } from '$lib/data/database';
import { Live } from '$lib/data/live.svelte';
import type { Draft } from '$lib/data/draft';
import { recordHandovers, type HandedGrid, type HandoverView } from '$lib/data/handovers';
import { loadStoreId, openDatabase, revive } from '$lib/data/open';
import { endWaits } from '$lib/data/outbox';
import { listCutVoices } from '$lib/data/photos';
import { openPractice } from '$lib/data/practice';
import { loadUnsentSummary, type UnsentSummary } from '$lib/data/reads';
import { tickReceived } from '$lib/data/received';
import { recordAct } from '$lib/data/record';
import { loadSetting, saveSetting } from '$lib/data/settings';
import { undoMs, undoReport } from '$lib/data/undo';
import type { SignedIn } from '$lib/data/signed-in';
import {
  hideSignedIn,
  listUnsentByPerson,
  loadDeviceId,
  loadSignedIn,
  saveUnsentOf,
  type UnsentOf
} from '$lib/data/tablet-facts';
import type { StoreKey } from '$lib/data/vault/seal';
import { changePin } from '$lib/data/vault/vaults';
import { listStoreMarks, saveStoreMark, type StoreMark } from '$lib/device/store-mark';
import { askForPersistence, storageState, storageTrouble } from '$lib/device/storage';
import type { CommunityCode, GridCode } from '$lib/domain/area';
import { refused, type CommunityRules, type Judgement } from '$lib/domain/change';
import type { ChangeKindName, FactsOf } from '$lib/domain/changes';
import type { AccountId, DeviceId, PhotoId, RecordId } from '$lib/domain/ids';
import { msToInstant, type Instant } from '$lib/domain/instant';
import { visibilityOf, type AnyRecord } from '$lib/domain/record';
import { recordableGrids, rulesOf, type Reference } from '$lib/domain/reference';
import { mayDo, mayEver, type Act } from '$lib/domain/rights';
import { indexGrids } from '$lib/geo/grid-index';
import { signedOutCookie } from '$lib/protocol/signed-out';
import type { SyncContext } from '$lib/sync/context';
import { openChannel, withLock, type Channel } from '$lib/device/tabs';
import { listenLive } from '$lib/sync/live';
import { startRunner, type Runner, type RunnerState } from '$lib/sync/runner';
import { clearLostStore, ensureRecovery, refreshSession, signOut } from '$lib/sync/session';
import { createTransport } from '$lib/sync/transport';
import type { Progress } from '$lib/sync/upload-progress';

import { later } from '$lib/ui/basic/later';
import { readCookie } from '$lib/ui/cookie';
import { PhotoProcessor } from './photo-processor';

/** Held by whichever tab sends and fetches for this account (step 2). */
export const syncLockOf = (account: AccountId): string => `xunge-sync-${account}`;

/** What the tabs of one account tell each other; a state comes from the one that sends. */
type Word = 'wake' | 'signed-out' | 'locked' | RunnerState;

const tryAnewMs = 5_000;
const tidyAfterMs = 10_000;

/** Who is signed in here: nobody, once they have signed out at the desk in this browser. */
export async function loadPresent(): Promise<SignedIn | null> {
  const signedIn = await loadSignedIn();
  if (!signedIn || readCookie(signedOutCookie) !== signedIn.account) return signedIn;
  await hideSignedIn(signedIn.account);
  return null;
}

type RunOutcome = RunnerState['outcome'];

/** What only a person can end is not over because the signal is gone. */
const lastWord = (before: RunOutcome, now: RunOutcome): RunOutcome =>
  now === 'away' && before !== 'done' && before !== null ? before : now;

/** The tablet's brain: who is signed in, their store, what their community has decided, and the sync that runs behind. */
export class Tablet {
  readonly database: TabletDatabase;
  readonly device: DeviceId;
  signedIn = $state.raw<SignedIn>()!;
  sync = $state.raw<RunnerState>({ phase: 'idle', outcome: null });
  /** Another tab brought a newer version: this one must not write any more. */
  outdated = $state(false);
  /** What to add to this tablet's clock to have the office's, milliseconds; null until it was heard since the app opened. */
  clockOffsetMs = $state<number | null>(null);
  /** By this clock all that ages on screen ages. */
  minute = $state(Date.now());
  /** What the office has confirmed of the pictures sent since none was left. */
  confirmed = $state.raw<Readonly<Record<PhotoId, Progress>>>({});
  /** A new version of the app lies ready; this puts it in place. */
  update = $state.raw<() => void>();
  /** The report saved last, for ten seconds: it can be taken back. */
  saved = $state.raw<{ draft: Draft; number: string } | null>(null);
  /** Runs on whichever page the person goes to. */
  #letGo: ReturnType<typeof setTimeout> | undefined;
  /** Something was saved since the store was counted last: until it is, nobody is told that all has arrived. */
  justSaved = $state(false);
  /** The pattern of the page before 设置, never which record: what an opinion on the app is about, most likely. */
  pageBefore = $state('/');
  /** The last act could not be stored. */
  notSaved = $state(false);
  /** Room on the tablet: warned of before it runs out. */
  storage = $state<ReturnType<typeof storageTrouble>>('fine');
  /** Other accounts whose work still lies unsent on this tablet. */
  others = $state.raw<UnsentOf[]>([]);
  /** What lay unsent in a store that the browser has thrown away; until the person has read it. */
  lost = $state.raw<StoreMark | null>(null);
  #community = $state('');
  #references: Live<Reference[]>;
  #unsent: Live<UnsentSummary | undefined>;
  #photos: PhotoProcessor;
  #runner: Runner | undefined;
  #otherTabs: Channel<Word> | undefined;
  #end = new AbortController();
  #storeId: string;
  /** Null where nobody shall open the store again. */
  #key: StoreKey | null;
  /** No page shows this person's work: it is only sent. */
  #isLocked = false;
  /** Another tab has locked, or this one should. */
  onLock = (): void => {};
  /** Ends the practice; null where all of this is meant. What is practised is neither sent nor noted anywhere. */
  readonly endPractice: (() => void) | null;

  private constructor(
    database: TabletDatabase,
    storeId: string,
    device: DeviceId,
    signedIn: SignedIn,
    community: string,
    key: StoreKey | null,
    endPractice: (() => void) | null = null
  ) {
    this.database = database;
    this.#key = key;
    this.endPractice = endPractice;
    this.#storeId = storeId;
    this.device = device;
    this.signedIn = signedIn;
    this.#community = community;
    this.#photos = new PhotoProcessor(database);
    this.#references = new Live<Reference[]>([], () => database.reference.toArray());
    this.#unsent = new Live<UnsentSummary | undefined>(undefined, () => loadUnsentSummary(database));
  }

  /** Opens this person's store. Needs no network. */
  static async open(signedIn: SignedIn, key: StoreKey): Promise<Tablet> {
    const device = await loadDeviceId();
    const onOutdated = () => {
      tablet.outdated = true;
      // The newer tab has its turn.
      tablet.#end.abort();
    };
    const database = await openDatabase(signedIn.account, key, onOutdated);
    const [storeId, chosen, others] = await Promise.all([
      loadStoreId(database),
      loadSetting(database, 'community'),
      listUnsentByPerson()
    ]);
    const community = signedIn.communities.find(({ code }) => code === chosen) ?? signedIn.communities[0];
    const tablet: Tablet = new Tablet(database, storeId, device, signedIn, community?.code ?? '', key);
    tablet.others = others.filter(({ account }) => account !== signedIn.account);
    tablet.lost =
      listStoreMarks().find(
        ({ account, store, count }) => account === signedIn.account && store !== storeId && count > 0
      ) ?? null;
    return tablet;
  }

  /** The same pages over a store of its own, which nothing is ever attached to that sends. `mark` stands in each number. */
  static async practise(own: Tablet, mark: string, end: () => void): Promise<Tablet> {
    const { name } = own.signedIn;
    const database = await openPractice(own.database, name, end);
    const signedIn = { ...own.signedIn, account: database.account, deviceMark: mark };
    return new Tablet(database, '', own.device, signedIn, own.community, null, end);
  }

  get community(): string {
    return this.#community;
  }

  async chooseCommunity(code: string): Promise<void> {
    this.#community = code;
    await saveSetting(this.database, 'community', code);
  }

  /** What the community on screen has drawn and decided; undefined before it first came. */
  get reference(): Reference | undefined {
    return this.referenceOf(this.#community);
  }

  referenceOf(community: CommunityCode): Reference | undefined {
    return this.#references.current.find((one) => one.community === community);
  }

  /** Undefined until the store was asked: nobody is told that all has arrived before that is known. Nor ever of a practice. */
  get unsent(): UnsentSummary | undefined {
    return this.endPractice ? undefined : this.#unsent.current;
  }

  #rulesByCommunity = $derived.by<Record<CommunityCode, CommunityRules>>(() =>
    Object.fromEntries(this.#references.current.map((one) => [one.community, rulesOf(one)]))
  );

  /** For whoever signs in on this tablet next, and for the day the browser throws the store away. */
  async noteUnsent({ records, photos, troubled, oldestAt }: UnsentSummary): Promise<void> {
    this.justSaved = false;
    if (photos === 0) this.confirmed = {};
    const { account, name } = this.signedIn;
    const count = records || photos || troubled;
    if (!this.lost) saveStoreMark({ account, store: this.#storeId, count, oldestAt });
    await saveUnsentOf({ account, name, count, oldestAt });
  }

  /** The person has read that it is lost: it is not said again. */
  async acknowledgeLoss(): Promise<void> {
    this.lost = null;
    await this.noteUnsent(await loadUnsentSummary(this.database));
  }

  rulesOf(community: CommunityCode): CommunityRules {
    return this.#rulesByCommunity[community] ?? rulesOf(undefined);
  }

  grids = $derived.by(() => indexGrids(this.reference?.grids ?? []));

  /** The grids this account may record for here. */
  ownGridCodes = $derived.by<GridCode[]>(() =>
    recordableGrids(this.signedIn.grants, this.reference, this.community, this.now())
  );

  /** Those of them whose shift this account may hand over. */
  handoverGridCodes = $derived.by<GridCode[]>(() => {
    const { account } = this.signedIn;
    const handover = { author: account, restricted: false };
    return this.ownGridCodes.filter((ownerGridCode) =>
      mayDo(this.signedIn, 'handOver', { ...handover, ownerGridCode }, this.now())
    );
  });

  get author(): Author {
    const { database, device, community } = this;
    const { account, name, deviceMark } = this.signedIn;
    return { database, device, community, account, name, deviceMark, rulesOf: (code) => this.rulesOf(code) };
  }

  /** Whether the office would let this person do it, as far as the tablet knows: for showing a button, never for deciding. */
  may(act: Act, record: AnyRecord): boolean {
    return mayDo(this.signedIn, act, visibilityOf(record), this.now());
  }

  /** Likewise, of some record. */
  mayEver(act: Act): boolean {
    return mayEver(this.signedIn, act, this.now());
  }

  /** What is shown by it is shown anew each minute. */
  now(): Instant {
    void this.minute;
    return msToInstant(Date.now());
  }

  /** Saves one act and wakes the sync. Where the store fails the frame says so, on whichever page. */
  async act<Kind extends ChangeKindName>(
    kind: Kind,
    facts: FactsOf<Kind> & { recordId: RecordId }
  ): Promise<Judgement> {
    try {
      const judgement = await recordAct(this.author, kind, facts, this.now());
      this.notSaved = false;
      if (judgement.verdict === 'allowed') this.justSaved = true;
      this.wake();
      return judgement;
    } catch {
      this.notSaved = true;
      return refused('not-saved');
    }
  }

  /** The end of a shift, a handover for each grid. Returns whether it is safe. */
  async handOver(grids: readonly HandedGrid[], note: string): Promise<boolean> {
    let isSaved = false;
    await this.dare(async () => {
      const made = await recordHandovers(this.author, grids, note, this.now());
      if (!Array.isArray(made)) return;
      isSaved = this.justSaved = true;
      const { leaveLetters } = await import('$lib/data/letters');
      // It is safe, and reaches the next shift over the office as well.
      await leaveLetters(this.author, made, this.now()).catch(() => undefined);
    });
    this.wake();
    return isSaved;
  }

  /** Says for ten seconds that it is safe, with its number; so long it is held back. */
  noteSaved(draft: Draft, number: string): void {
    this.saved = { draft, number };
    this.justSaved = true;
    clearTimeout(this.#letGo);
    this.#letGo = setTimeout(() => this.letGoSaved(), undoMs);
    navigator.vibrate?.(40);
    void this.#lookAtStorage().then(() => (this.storage === 'fine' ? undefined : this.#clear()));
  }

  /** Nothing depends on it. */
  async #tidy(): Promise<void> {
    await this.#lookAtStorage();
    await this.#clear();
  }

  async #clear(): Promise<void> {
    const { sweep } = await import('$lib/data/sweep');
    // What is a fortnight old the office's time says: a wrong clock must not take what a restored office asks for.
    const officeMs = this.clockOffsetMs === null ? null : Date.now() + this.clockOffsetMs;
    await sweep(this.database, officeMs, this.storage !== 'fine').catch(() => undefined);
  }

  async #lookAtStorage(): Promise<void> {
    this.storage = storageTrouble(await storageState());
  }

  /** It can no longer be taken back: off it goes. */
  letGoSaved(): void {
    this.saved = null;
    this.wake();
  }

  /** Asks the office what this account may do by now, and what time it is there. */
  async askWho(): Promise<void> {
    const fresh = await refreshSession(this.signedIn);
    if (!fresh) return;
    this.signedIn = fresh.signedIn;
    const { communities } = fresh.signedIn;
    // Moved to another community, or given the first one.
    if (!communities.some(({ code }) => code === this.#community))
      this.#community = communities[0]?.code ?? '';
    this.clockOffsetMs = fresh.clockOffsetMs;
    if (this.#key) await ensureRecovery(this.signedIn.account, this.#key);
  }

  /** Another tab may have signed somebody else in: what this one shows is not theirs. */
  async #leaveIfAnother(): Promise<void> {
    const present = await loadPresent();
    if (present?.account !== this.signedIn.account) location.reload();
  }

  /** Where the office has a picture or voice note, for this person among those who work with this tablet. */
  officePicture(id: PhotoId, size: 'whole' | 'thumbnail' = 'whole'): string {
    if (this.endPractice) return '';
    const path = size === 'thumbnail' ? `${id}/thumbnail` : id;
    return `/api/photos/${path}?account=${this.signedIn.account}`;
  }

  /** Hides this account, here and in the other tabs. */
  async signOut(): Promise<void> {
    await signOut(this.signedIn.account, () => this.#otherTabs?.send('signed-out'));
  }

  /** No page shows this person's work any more, here and in the other tabs. */
  lock(): void {
    this.#isLocked = true;
    this.#otherTabs?.send('locked');
  }

  /** 挂失: once all was handed in that could be, nothing of this person stays here. */
  async #clearIfLost(): Promise<void> {
    if (await this.isSending()) return;
    this.#end.abort();
    await clearLostStore(this.signedIn.account);
    location.replace('/sign-in?lost');
  }

  /** Another PIN opens this person's store from now on. */
  async changePin(pin: string): Promise<void> {
    if (this.#key) await changePin(this.signedIn.account, this.#key, pin);
  }

  unlock(): void {
    this.#isLocked = false;
    // What others left here for this person also comes over the office.
    void this.#takeInLetters().catch(() => undefined);
  }

  async #takeInLetters(): Promise<void> {
    const { takeInLetters } = await import('$lib/data/letters');
    await takeInLetters(this.database, this.signedIn, this.now());
  }

  /** 已阅: a change; or noted until there is a record to make it on. */
  async tick({ handover, received }: HandoverView): Promise<void> {
    if (received) return this.dare(() => tickReceived(this.database, handover.id, this.now()));
    await this.act('handover-read', { recordId: handover.id });
  }

  /** Whether something waits for a signal, as far as sending can do anything about it; notes what there is. */
  async isSending(): Promise<boolean> {
    const summary = await loadUnsentSummary(this.database);
    await this.noteUnsent(summary);
    const { records, troubled, setAside, waitingPhotos, toHandBack } = summary;
    const waiting = records - troubled - setAside + waitingPhotos.length + toHandBack;
    return waiting > 0 && this.sync.outcome !== 'signed-out';
  }

  /** Takes the last save back. Returns the address of the form it went back to, or null where it was withdrawn instead. */
  async undoSaved(): Promise<string | null> {
    const { saved } = this;
    if (!saved) return null;
    const { draft } = saved;
    clearTimeout(this.#letGo);
    this.saved = null;
    try {
      if (await undoReport(this.database, draft.id, draft)) return `/${draft.kind}s/new?draft=${draft.id}`;
    } catch {
      this.notSaved = true;
      return null;
    }
    await this.act('report-withdrawn', { recordId: draft.id });
    return null;
  }

  /** Does what is no act of a record. Where the store fails the frame says so, on whichever page. */
  async dare(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.notSaved = false;
    } catch {
      this.notSaved = true;
    }
  }

  /** Processes pictures one by one until none is left raw: also those a kill left behind, and cut voices of saved records. */
  async recoverPhotos(): Promise<void> {
    await this.#photos.run();
    await this.#recoverVoices();
    this.wake();
  }

  async #recoverVoices(): Promise<void> {
    const cut = await listCutVoices(this.database);
    const drafts = await this.database.drafts.toCollection().primaryKeys();
    // A form mends its own; one of them may be being spoken.
    const ofRecords = cut.filter(({ voice }) => !drafts.includes(voice.recordId));
    if (ofRecords.length) await (await import('./mend-voices')).mendVoices(this.database, ofRecords);
  }

  /** Lets the sync know, in whichever tab it runs. */
  wake(): void {
    if (this.#runner) this.#runner.wake();
    else this.#otherTabs?.send('wake');
  }

  /** On the user's word: also what would wait for its time. */
  async tryNow(): Promise<void> {
    await endWaits(this.database);
    this.wake();
  }

  /**
   * Sends and fetches as long as this tab lives and no other tab does (step 2). A second tab waits for the lock.
   * Returns how to stop.
   */
  start(): () => void {
    if (this.endPractice) throw new Error('what is practised is not sent');
    const end = this.#end;
    const { account } = this.signedIn;
    const otherTabs = openChannel<Word>(`xunge-sync-${account}`, (message) => {
      // Nothing of this account stays in memory.
      if (message === 'signed-out') location.reload();
      else if (message === 'locked') this.onLock();
      else if (message === 'wake') this.#runner?.wake();
      else if (!this.#runner) this.sync = message;
    });
    this.#otherTabs = otherTabs;
    const hold = async () => {
      // What was held back when the app was closed cannot be undone any more.
      await saveSetting(this.database, 'heldBack', null);
      const stopHints = listenLive(account, () => this.wake());
      this.#runner = startRunner(
        () => this.#context(),
        (state) => {
          this.sync = { ...state, outcome: lastWord(this.sync.outcome, state.outcome) };
          otherTabs.send(this.sync);
          if (state.outcome === 'tablet-lost') void this.#clearIfLost();
        }
      );
      const tidying = setTimeout(() => void this.#tidy(), tidyAfterMs);
      if (!end.signal.aborted)
        await new Promise((resolve) => end.signal.addEventListener('abort', resolve, { once: true }));
      stopHints();
      clearTimeout(tidying);
      // The next tab's turn comes when nothing of this one is under way any more.
      await this.#runner.stop();
    };
    const serve = async () => {
      while (!end.signal.aborted)
        await withLock(syncLockOf(account), async () => {
          if (!end.signal.aborted) await hold();
          // The store may fail for a while: sending must not end with it.
        }).catch(() => later(tryAnewMs));
    };
    const served = serve();
    const wake = () => {
      this.wake();
      void this.recoverPhotos();
    };
    const onVisible = () => {
      // An outdated tab must not open the newer database with old code.
      if (document.visibilityState !== 'visible' || this.#isLocked) return;
      this.minute = Date.now();
      void this.#leaveIfAnother();
      if (this.outdated) return;
      // A grid that was given meanwhile shows at once.
      void revive(this.database)
        .then(wake)
        .then(() => this.askWho())
        .catch(() => undefined);
    };
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', onVisible);
    void this.askWho();
    void askForPersistence();
    const ageing = setInterval(() => (this.minute = Date.now()), 60_000);
    return () => {
      end.abort();
      void served.then(() => this.database.close());
      clearInterval(ageing);
      otherTabs.close();
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }

  #confirm(id: PhotoId, sent: number): void {
    const waiting = this.unsent?.waitingPhotos.find((photo) => photo.id === id);
    const of = waiting?.bytes ?? this.confirmed[id]?.of ?? sent;
    this.confirmed = { ...this.confirmed, [id]: { sent, of } };
  }

  #context(): SyncContext {
    return {
      author: this.author,
      communities: this.signedIn.communities.map(({ code }) => code),
      transport: createTransport(this.signedIn.account),
      now: () => Date.now(),
      random: () => Math.random(),
      onGrantsChanged: () => void this.askWho(),
      onConfirmed: (id, sent) => this.#confirm(id, sent)
    };
  }
}

export const [getTablet, setTablet] = createContext<Tablet>();
