// The app in one tab, without its screens: it opens the store, keeps the lock, runs the sync and takes a person's acts.
import { storeKey } from '../support/store-key';
import Dexie from 'dexie';
import { IDBKeyRange } from 'fake-indexeddb';
import type { Author } from '../../src/lib/data/author';
import type { TabletDatabase } from '../../src/lib/data/database';
import { openDatabase } from '../../src/lib/data/open';
import { saveSetting } from '../../src/lib/data/settings';
import type { Rebase } from '../../src/lib/data/overlay';
import type { CommunityRules } from '../../src/lib/domain/change';
import { rulesOf } from '../../src/lib/domain/reference';
import { PhotoProcessor } from '../../src/routes/(field)/photo-processor';
import { startRunner, type Runner } from '../../src/lib/sync/runner';
import { rebase } from '../../src/lib/sync/rebase';
import { createTransport } from '../../src/lib/sync/transport';
import { community } from '../support/codes';
import { query } from './laws/office';
import type { Tablet } from './tablet';
import type { Person } from './town';

/** Which page of an account holds its lock on a tablet, and which wait for it. */
const linesByTablet = new WeakMap<Tablet, Map<string, Page[]>>();

export class Page {
  database!: TabletDatabase;
  isOpen = false;
  /** Its sync, if it has one, rests. */
  isIdle = true;
  #runner: Runner | undefined;
  #photos: PhotoProcessor | undefined;
  #processing: Promise<void> = Promise.resolve();
  #rules: CommunityRules = rulesOf(undefined);
  #lastAct: Promise<void> = Promise.resolve();
  #opening: Promise<void> = Promise.resolve();
  #isClosed = false;
  /** As the session last said. */
  #communities: string[] = [community];

  readonly tablet: Tablet;
  readonly person: Person;

  constructor(tablet: Tablet, person: Person) {
    this.tablet = tablet;
    this.person = person;
  }

  open(): Promise<void> {
    this.#opening = this.#open();
    return this.#opening;
  }

  async #open(): Promise<void> {
    const { factory } = this.tablet.store;
    Dexie.dependencies.indexedDB = factory;
    Dexie.dependencies.IDBKeyRange = IDBKeyRange;
    this.database = await openDatabase(this.person.account, storeKey, () => {});
    await this.#readRules();
    this.askWho();
    this.isOpen = true;
    const line = this.#line();
    line.push(this);
    if (line[0] === this) await this.hold();
    this.processPhotos();
  }

  /** Ends as a tab ends that is closed: what is under way comes to its end, then the next tab has its turn. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#opening;
    await this.#lastAct;
    await this.#processing;
    this.#photos?.stop();
    await this.#runner?.stop();
    this.database?.close();
    const line = this.#line();
    const wasFirst = line[0] === this;
    const place = line.indexOf(this);
    if (place >= 0) line.splice(place, 1);
    if (wasFirst) await line[0]?.hold();
  }

  /** The world is over: nothing that is remembered beyond it may hold its store. */
  abandon(): void {
    this.database?.close();
  }

  get author(): Author {
    const { database, person, tablet } = this;
    return {
      database,
      account: person.account,
      name: person.name,
      device: tablet.device,
      deviceMark: '',
      community,
      rulesOf: () => this.#rules
    };
  }

  readonly rebase: Rebase = (bases, unsent) => rebase(bases, unsent, () => this.#rules);

  /** One act after the other, as a person does them. */
  act(work: () => Promise<void>): void {
    this.#lastAct = this.#lastAct.then(work);
  }

  /** Somebody looks: the office is asked who this is by now. */
  wake(): void {
    this.askWho();
    // Whichever tab holds the lock.
    this.#line()[0]?.wakeRunner();
  }

  wakeRunner(): void {
    this.#runner?.wake();
  }

  askWho(): void {
    const grants = query<{ account: string }>('SELECT account FROM account_grant');
    if (grants)
      this.#communities = grants.some(({ account }) => account === this.person.account) ? [community] : [];
  }

  processPhotos(): void {
    this.#photos ??= new PhotoProcessor(this.database);
    this.#processing = this.#photos.run().then(
      () => this.wake(),
      (fault: unknown) => {
        // The bytes are there still.
        if (!isNoRoom(fault)) throw fault;
      }
    );
  }

  /** The lock is this page's: its sync begins. */
  async hold(): Promise<void> {
    // The disk may not take even this; the app tries again after a while.
    await saveSetting(this.database, 'heldBack', null).catch(() => undefined);
    this.#runner = startRunner(
      () => ({
        author: this.author,
        communities: this.#communities,
        onGrantsChanged: () => this.askWho(),
        transport: createTransport(this.person.account, this.tablet.network.of(this.tablet)),
        now: () => Date.now(),
        random: () => Math.random()
      }),
      ({ phase }) => {
        this.isIdle = phase === 'idle';
        if (this.isIdle) void this.#readRules().catch(() => undefined);
      }
    );
  }

  async #readRules(): Promise<void> {
    this.#rules = rulesOf(await this.database.reference.get(community));
  }

  #line(): Page[] {
    const lines = linesByTablet.get(this.tablet) ?? new Map<string, Page[]>();
    linesByTablet.set(this.tablet, lines);
    const line = lines.get(this.person.account) ?? [];
    lines.set(this.person.account, line);
    return line;
  }
}

/** The disk did not take it. */
export function isNoRoom(fault: unknown): boolean {
  const { name, inner, message } = fault as { name?: string; inner?: { name?: string }; message?: string };
  return [name, inner?.name, message].some((text) => /QuotaExceeded|AbortError/.test(text ?? ''));
}

/** A killed browser leaves no lock behind. */
export function forgetLines(tablet: Tablet): void {
  linesByTablet.delete(tablet);
}
