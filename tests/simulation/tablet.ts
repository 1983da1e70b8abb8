// A tablet: a browser that can be killed, with a disk that outlives it, and whoever is signed in on it.
import { v7 as uuidV7 } from 'uuid';
import type { DeviceId } from '../../src/lib/domain/ids';
import { BrowserStore, setRoom, type Room } from './machine/browser-store';
import type { Process } from './machine/loop';
import { machine } from './machine/machine';
import type { Random } from './machine/random';
import { Ledger } from './ledger';
import type { Network, Sender, Weather } from './network';
import { forgetLines, Page } from './page';
import { startMs, type Person } from './town';

export class Tablet implements Sender {
  readonly name: string;
  readonly network: Network;
  readonly random: Random;
  readonly store = new BrowserStore();
  readonly ledger = new Ledger();
  readonly device: DeviceId;
  process: Process | null = null;
  weather: Weather = 'fair';
  clockOffsetMs = 0;
  room: Room = 'enough';
  inFlight = 0;
  answers = { any: 0, long: 0 };
  /** Sessions that the office opened here, by account. */
  readonly tokens = new Map<string, string>();
  signedIn: Person;
  pages: Page[] = [];
  /** Also those that were closed or killed. */
  readonly everyPage: Page[] = [];
  /** Everyone who ever signed in here. */
  readonly people: Person[];
  #starts = 0;

  constructor(name: string, owner: Person, network: Network, random: Random) {
    this.name = name;
    this.network = network;
    this.random = random;
    this.signedIn = owner;
    this.people = [owner];
    const bytes = new Uint8Array(16);
    random.fork('device').fill(bytes);
    this.device = uuidV7({ msecs: startMs, random: bytes }) as DeviceId;
  }

  get token(): string | undefined {
    return this.tokens.get(this.signedIn.account);
  }

  /** The page that a person looks at; undefined while the browser is not running. */
  get page(): Page | undefined {
    return this.pages[0];
  }

  start(): void {
    if (this.process) return;
    const { loop } = machine();
    this.process = loop.spawn(this.name, this.random.fork(String(++this.#starts)), 'in-turn');
    this.setClock(this.clockOffsetMs);
    this.setRoom(this.room);
    this.openPage();
  }

  openPage(): void {
    const page = new Page(this, this.signedIn);
    this.pages.push(page);
    this.everyPage.push(page);
    this.run('open a page', () => page.open());
  }

  /** Nothing of it runs on; of what was not committed nothing is left. */
  kill(): void {
    if (!this.process) return;
    machine().loop.kill(this.process);
    this.process = null;
    this.pages = [];
    this.inFlight = 0;
    forgetLines(this);
    this.store.dropUncommitted();
  }

  /** Whoever is signed in leaves, and somebody else comes. */
  handOver(person: Person): void {
    for (const page of this.pages) this.run('close a page', () => page.close());
    this.pages = [];
    this.signedIn = person;
    if (!this.people.includes(person)) this.people.push(person);
    this.openPage();
  }

  /** Nothing is under way. */
  get isIdle(): boolean {
    const isWorking = (this.process?.tasks.length ?? 0) > 0 || this.inFlight > 0;
    return !isWorking && this.pages.every((page) => page.isIdle);
  }

  setClock(offsetMs: number): void {
    this.clockOffsetMs = offsetMs;
    if (this.process) this.process.clockOffsetMs = offsetMs;
  }

  setRoom(room: Room): void {
    this.room = room;
    if (this.process) setRoom(this.process, room);
  }

  /** Starts work as a task of this browser. */
  run(label: string, work: () => Promise<void>): void {
    machine().loop.enqueue(this.process!, label, () => void work());
  }
}
