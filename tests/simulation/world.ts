import { openSession } from '../../src/lib/server/session';
import { deskDevice } from '../../src/lib/server/desk-change';
import { erasesAgain } from './administering';
import { acts } from './acts';
import { eachOnce, forged, revived } from './copies';
import { happenings } from './happenings';
import { withdrawTrouble } from '../../src/lib/data/give-up';
import type { Trouble } from '../../src/lib/data/database';
import {
  checkEnds,
  checkForged,
  checkPictures,
  checkReplay,
  checkViews,
  isAllEnded,
  isBehind
} from './laws/convergence';
import { checkErased } from './laws/erasure';
import { checkFold } from './laws/fold';
import { listOutcomes, OfficeWatch, query } from './laws/office';
import { checkOlder } from './laws/older';
import { checkTablet } from './laws/places';
import { takeOver } from './machine/globals';
import { Loop, type Process } from './machine/loop';
import { setMachine } from './machine/machine';
import { Random } from './machine/random';
import { ServerDisk, type DiskImage } from './machine/server-disk';
import { Network } from './network';
import { newerAnswer } from './newer-server';
import { setPoison } from './poison';
import { LawBroken, type Scene } from './scene';
import { anOlderTablet, OlderTablet } from './older-tablet';
import { isNoRoom } from './page';
import { Server } from './server';
import { isNight, type Step } from './steps';
import { idle, Story, type Idle } from './story';
import { Tablet } from './tablet';
import { copyPeople, startMs, type Person, type Town } from './town';

const hour = 3_600_000;
/**
 * Set aside for a day, and what waits for it another, and so on; of what a restored office does not know for the
 * fortnight in which it may still be handed back.
 */
const mostRounds = 18;

/** One office, some tablets, and whatever befalls them. Everything in it is decided by its seed. */
export class World {
  readonly town: Town;
  /** The faults that may befall it. */
  readonly enabled: ReadonlySet<string>;
  readonly story = new Story();
  readonly server: Server;
  readonly network: Network;
  readonly tablets: Tablet[];
  readonly office = new OfficeWatch();
  /** One of an earlier protocol, in some worlds. */
  readonly older: OlderTablet | undefined;
  /** Whose grants changed. */
  readonly moved = new Set<Person>();
  readonly loop: Loop;
  readonly deskTokens: Record<'officer' | 'handler', string | undefined> = {
    officer: undefined,
    handler: undefined
  };
  fault: Error | null = null;
  readonly #giveBack: () => void;
  readonly #random: Random;
  readonly #disk = new ServerDisk();
  /** What the world itself has in hand: restarts, mended disks. */
  readonly #fortune: Process;
  #isCalm = false;
  #backup: DiskImage | undefined;

  constructor(town: Town, seed: string, tabletCount: number, enabled: ReadonlySet<string>) {
    this.town = copyPeople(town);
    this.enabled = enabled;
    this.#random = new Random(seed);
    this.loop = new Loop(startMs, this.#random.fork('loop'));
    this.#disk.restore(town.image);
    setMachine({ loop: this.loop, serverDisk: this.#disk });
    this.#giveBack = takeOver(this.loop);
    setPoison(null);
    this.#fortune = this.loop.spawn('fortune', this.#random.fork('fortune'), 'in-turn');
    this.server = new Server(this.#random.fork('server'));
    this.server.onFault = this.#blame;
    this.network = new Network(this.server, this.#random.fork('network'), enabled, this.story);
    const roster = this.#random.fork('roster');
    this.tablets = Array.from({ length: tabletCount }, (_, index) => {
      const owner = index === 0 ? this.town.field[0]! : roster.pick(this.town.field);
      const name = `${owner.name}'s tablet ${index + 1}`;
      return new Tablet(name, owner, this.network, this.#random.fork(`tablet ${index}`));
    });
    const older = this.#random.fork('older');
    if (enabled.has(anOlderTablet))
      this.older = new OlderTablet(older.pick(this.town.field), this.network, older, this.story);
  }

  async run(steps: readonly Step[]): Promise<void> {
    await this.#begin();
    for (const step of steps) {
      if (isNight(step)) {
        this.loop.sleep(step.gapMs);
        this.story.tell('a night has passed');
      } else await this.loop.runUntil(this.loop.now + step.gapMs);
      await this.#perform(step);
      this.check();
    }
    await this.#calmDown();
    await this.#judge();
  }

  /** Throws where something is not as promised at all times. */
  check(): void {
    if (this.fault) throw this.fault;
    this.office.check(this.tablets.filter((tablet) => tablet.store.isAtRest()));
    for (const tablet of this.tablets) if (tablet.store.isAtRest()) checkTablet(tablet, this.office);
  }

  /** All that lies on the disks. */
  state(): unknown {
    const tables = ['change', 'record', 'touch', 'outcome', 'photo'];
    return [
      ...tables.map((table) => query(`SELECT * FROM "${table}" ORDER BY 1, 2`)),
      ...this.tablets.map(({ store }) => store.everything())
    ];
  }

  async close(): Promise<void> {
    await this.loop.end(() => {
      for (const tablet of this.tablets) for (const page of tablet.everyPage) page.abandon();
    });
    this.#giveBack();
    setMachine(undefined);
    this.#disk.close();
  }

  /** Goes on for so many single steps of whatever runs. */
  async runSteps(count: number): Promise<void> {
    const until = this.loop.steps + count;
    while (this.loop.steps < until && this.loop.hasWork()) await this.loop.runUntil(this.loop.now + 1);
  }

  /** Wakes the tablet's sync and goes on until it has an answer, or one that says much, if such a one comes soon. */
  async runToAnswer(tablet: Tablet, which: 'any' | 'long'): Promise<void> {
    const before = tablet.answers[which];
    const { page } = tablet;
    if (page?.isOpen) tablet.run('wake', () => Promise.resolve(page.wake()));
    for (let tries = 0; tries < 500 && tablet.answers[which] === before; tries++)
      await this.loop.runUntil(this.loop.now + 2);
  }

  later(ms: number, work: () => void): void {
    this.loop.after(this.#fortune, ms, 'fortune', work);
  }

  /** Whether there is one: not in the middle of a transaction. */
  backUp(): boolean {
    if (query('SELECT 1') === null) return false;
    this.#backup = this.#disk.image();
    return true;
  }

  /** The office goes on with its last backup, and everybody has to sign in again. False where there is none. */
  putBack(before: (() => Promise<void>) | undefined, downMs: number): boolean {
    if (!this.#backup) return false;
    this.server.kill('killed');
    this.office.check([]);
    const outcomes = listOutcomes();
    this.#disk.restore(this.#backup);
    this.office.startAnew(outcomes);
    // What was refused since then is forgotten, and may be judged otherwise now.
    this.network.pushes.length = 0;
    this.later(downMs, () => this.server.start(before));
    this.later(downMs + 5_000, () => {
      for (const tablet of this.tablets) for (const person of tablet.people) this.signIn(tablet, person);
      this.#signInElsewhere();
    });
    return true;
  }

  #signInElsewhere(): void {
    const { older } = this;
    if (older)
      this.atServer(undefined, async ({ store }) => {
        older.token = (await openSession(store, older.person.account, older.device, Date.now())).token;
      });
    for (const seat of ['officer', 'handler'] as const)
      this.atServer(undefined, async ({ store }) => {
        const { token } = await openSession(store, this.town[seat].account, deskDevice, Date.now());
        this.deskTokens[seat] = token;
      });
  }

  /** Starts something inside the server, where it is up. */
  atServer(token: string | undefined, work: (locals: App.Locals) => Promise<void>): Idle | undefined {
    const { process, isUp } = this.server;
    if (!process || !isUp) return idle('the server is not there');
    this.loop.enqueue(process, 'inside', () => {
      this.server.inside(token, work).catch((fault: unknown) => this.#blame(fault));
    });
    return undefined;
  }

  signIn(tablet: Tablet, person: Person = tablet.signedIn): void {
    this.atServer(undefined, async ({ store }) => {
      const { token } = await openSession(store, person.account, tablet.device, Date.now());
      tablet.tokens.set(person.account, token);
    });
  }

  deployNewer(): void {
    this.network.rewriteAnswer = (path, answered) => newerAnswer(path, answered, this.#isCalm);
  }

  async #begin(): Promise<void> {
    this.server.start();
    await this.#until(() => this.server.isUp);
    for (const tablet of this.tablets) this.signIn(tablet);
    this.#signInElsewhere();
    await this.#until(() => this.tablets.every(({ token }) => token) && Boolean(this.deskTokens.handler));
    this.older?.start();
    const weather = this.#random.fork('weather');
    for (const tablet of this.tablets) {
      tablet.start();
      if (this.enabled.has('the weather turns') && weather.onceIn(2))
        tablet.weather = weather.pick(['bad', 'short']);
    }
    await this.loop.runUntil(this.loop.now + 2_000);
  }

  async #perform({ number, tablet: index, what }: Step): Promise<void> {
    const tablet = this.tablets[index]!;
    const random = this.#random.fork(`step ${number}`);
    if ('happening' in what) {
      const told = await happenings[what.happening]!.befall(this, tablet, random, number);
      if (told) this.story.tellOf(what.happening, told);
      return;
    }
    const { page } = tablet;
    if (!page?.isOpen) return this.story.tell(`${tablet.name} is off: nobody ${what.act} there`);
    const scene: Scene = { town: this.town, tablet, page, random, number };
    tablet.run(what.act, () => {
      page.act(() => this.#act(scene, what.act));
      return Promise.resolve();
    });
  }

  async #act(scene: Scene, name: string): Promise<void> {
    const { tablet, page } = scene;
    if (!tablet.pages.includes(page)) return;
    try {
      const told = await acts[name]!.perform(scene);
      this.story.tellOf(name, told, `${page.person.name} (${tablet.name}) `);
    } catch (fault) {
      if (isNoRoom(fault))
        this.story.tell(`${page.person.name} (${tablet.name}) ${name}: no room on the disk`);
      else this.#blame(fault);
    }
  }

  /** Everything is mended, and everybody has time, for longer than any wait. */
  async #calmDown(): Promise<void> {
    this.story.tell('all is calm now');
    this.#isCalm = true;
    setPoison(null);
    this.server.start();
    await this.#until(() => this.server.isUp);
    await this.#askServer(({ store }) => erasesAgain(store, this.office));
    this.older?.stop();
    for (const tablet of this.tablets) {
      tablet.weather = 'fair';
      tablet.setClock(0);
      tablet.setRoom('enough');
      tablet.start();
    }
    for (const tablet of this.tablets) {
      tablet.tokens.clear();
      for (const person of tablet.people) this.signIn(tablet, person);
    }
    this.#signInElsewhere();
    await this.#until(() => this.tablets.every(({ people, tokens }) => tokens.size === people.length));
    await this.#letAllSync();
  }

  /** Until everything has ended, and everybody has read it. */
  async #letAllSync(): Promise<void> {
    for (let round = 0; round < mostRounds; round++) {
      const isOver = round > 0 && isAllEnded(this.tablets) && this.older?.isDone !== false;
      if (isOver && !this.tablets.some((tablet) => tablet.people.some((one) => isBehind(tablet, one))))
        return;
      // A night in which whatever waits comes to its time, and every sync by itself to its turn.
      if (!isOver) this.loop.sleep(25 * hour);
      for (const tablet of this.tablets) await this.#letSync(tablet, isOver);
      await this.#letOlderSync();
      this.check();
    }
  }

  /** Everyone who ever worked on it is in time for whatever there is to send and fetch. */
  async #letSync(tablet: Tablet, isOver: boolean): Promise<void> {
    const others = tablet.people.filter((person) => person !== tablet.signedIn);
    for (const person of [tablet.signedIn, ...others]) {
      if (isOver && !isBehind(tablet, person)) continue;
      if (person !== tablet.signedIn) tablet.handOver(person);
      else if (isOver) tablet.run('wake', () => Promise.resolve(tablet.page?.wake()));
      await this.loop.runUntil(this.loop.now + 50);
      await this.#until(() => tablet.isIdle && tablet.page?.isOpen === true);
    }
  }

  async #letOlderSync(): Promise<void> {
    const { older } = this;
    if (!older) return;
    older.wake();
    await this.#until(() => older.running === 0);
  }

  /** What must be so in the end. */
  async #judge(): Promise<void> {
    await this.#untilOfficeRests();
    this.check();
    for (const tablet of this.tablets) checkEnds(tablet, this.office);
    checkPictures(this.tablets, this.office);
    checkFold(this.office.wasRestored);
    checkErased(this.tablets);
    // What was held up by what is given up goes then, and others read it.
    for (let round = 0; round < mostRounds && (await this.#giveUpAll()); round++) await this.#letAllSync();
    for (const tablet of this.tablets)
      for (const person of tablet.people) {
        await this.#askServer(({ store }) => checkViews(tablet, person, store));
      }
    await this.#letOlderSync();
    await this.#untilOfficeRests();
    if (this.older) await this.#askServer(({ store }) => checkOlder(this, this.older!, store));
    await this.#untilOfficeRests();
    const erased = query<{ id: string }>('SELECT record_id AS id FROM erased')!.map(({ id }) => id);
    await checkReplay(async () => {
      for (const arriving of eachOnce(this.network.pushes)) {
        await this.#askServer(async () => void (await this.server.answer(arriving)));
        for (const other of [forged(arriving), ...(erased.length ? [revived(arriving, erased)] : [])])
          await this.#askServer(async () => checkForged(await this.server.answer(other)));
      }
    });
    this.check();
  }

  /** Nobody wants any more what the office did not take; false where there is nothing of that kind. */
  async #giveUpAll(): Promise<boolean> {
    let wasAny = false;
    for (const tablet of this.tablets)
      for (const person of tablet.people) wasAny = (await this.#giveUpOn(tablet, person)) || wasAny;
    return wasAny;
  }

  async #giveUpOn(tablet: Tablet, person: Person): Promise<boolean> {
    const troubles = tablet.store
      .rows<Trouble>(`xunge-${person.account}`, 'troubles')
      .filter(({ status }) => status !== 'withdrawn');
    if (troubles.length === 0) return false;
    if (person !== tablet.signedIn) tablet.handOver(person);
    await this.#until(() => tablet.page?.isOpen === true);
    let isDone = false;
    const { database, rebase } = tablet.page!;
    tablet.run('give up', async () => {
      for (const { changeId } of troubles) await withdrawTrouble(database, changeId, rebase);
      isDone = true;
    });
    await this.#until(() => isDone);
    return true;
  }

  async #askServer(work: (locals: App.Locals) => Promise<void>): Promise<void> {
    let isDone = false;
    this.atServer(undefined, (locals) => work(locals).then(() => void (isDone = true)));
    await this.#until(() => isDone);
  }

  /** What it does by itself, it may be in the middle of. */
  async #untilOfficeRests(): Promise<void> {
    await this.#until(() => query('SELECT 1') !== null);
  }

  async #until(isSo: () => boolean): Promise<void> {
    for (let tries = 0; !isSo(); tries++) {
      if (this.fault) throw this.fault;
      if (tries > 200) throw new LawBroken('what is begun ends', 'nothing goes on');
      await this.loop.runUntil(this.loop.now + 100);
    }
  }

  readonly #blame = (fault: unknown): void => {
    this.fault ??= fault instanceof Error ? fault : new Error(String(fault));
  };
}
