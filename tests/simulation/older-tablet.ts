// A tablet that was never updated, as far as the office can tell: it speaks protocol 1 or 2, and of what comes back it
// keeps what that protocol knew. Its own store is out of the question here: tests/upgrade has those that were recorded.
import { v7 as uuidV7 } from 'uuid';
import type { ChangeId, DeviceId, RecordId } from '../../src/lib/domain/ids';
import { msToInstant } from '../../src/lib/domain/instant';
import { PullReply } from '../../src/lib/protocol/pull';
import { PushReply, pushBody, receiptedCount } from '../../src/lib/protocol/push';
import { createTransport, type Transport } from '../../src/lib/sync/transport';
import { issueFacts } from '../support/changes';
import { community, gridOne, gridTwo } from '../support/codes';
import type { Process } from './machine/loop';
import { machine } from './machine/machine';
import type { Random } from './machine/random';
import type { Network, Sender, Weather } from './network';
import type { Story } from './story';
import { startMs, type Person } from './town';

/** How this kind of fault is called. */
export const anOlderTablet = 'an older tablet works';

/** What a cursor held, by protocol. */
const cursorFields = {
  1: ['epoch', 'sequence', 'wholeThrough'],
  2: ['epoch', 'sequence', 'wholeThrough', 'scope', 'backfill']
} as const;

interface Made {
  id: ChangeId;
  body: string;
  /** What the office said last; `unsent` before it has said anything. */
  status: 'unsent' | 'accepted' | 'refused' | 'conflict' | 'deferred' | 'depends-on' | 'upgrade-needed';
  recordId: RecordId;
}

export class OlderTablet implements Sender {
  readonly name: string;
  readonly protocol: 1 | 2;
  readonly person: Person;
  readonly device: DeviceId;
  process: Process;
  weather: Weather = 'bad';
  token: string | undefined;
  inFlight = 0;
  answers = { any: 0, long: 0 };
  /** What was done on it, in order. */
  readonly made: Made[] = [];
  /** What it has read, by id. */
  readonly records = new Map<RecordId, { version: number }>();
  /** All was said and read in its last run. */
  isDone = false;
  /** Runs that are not over. */
  running = 0;
  readonly #transport: Transport;
  readonly #random: Random;
  readonly #story: Story;
  #cursor: object | undefined;
  #isStopped = false;
  #lastRun: Promise<void> = Promise.resolve();

  constructor(person: Person, network: Network, random: Random, story: Story) {
    this.#random = random;
    this.#story = story;
    this.person = person;
    this.protocol = random.pick([1, 2] as const);
    this.name = `${person.name}'s tablet of protocol ${this.protocol}`;
    const bytes = new Uint8Array(16);
    random.fork('device').fill(bytes);
    this.device = uuidV7({ msecs: startMs, random: bytes }) as DeviceId;
    this.#transport = createTransport(person.account, network.of(this));
    this.process = machine().loop.spawn(this.name, random.fork('process'), 'in-turn');
  }

  /** A day's work: each act is followed by a run. */
  start(): void {
    machine().loop.enqueue(this.process, 'work', () => void this.#live(this.#random.between(2, 6)));
  }

  /** Nothing is done on it any more, and nothing stands in the way of what it has. */
  stop(): void {
    this.#isStopped = true;
    this.weather = 'fair';
  }

  /** One more run, after those that are under way. */
  wake(): void {
    this.running++;
    machine().loop.enqueue(this.process, 'wake', () => {
      this.#lastRun = this.#lastRun.then(() => this.#sync()).finally(() => void this.running--);
    });
  }

  /** Those that are still to be said. */
  get unsent(): Made[] {
    const isOver = ({ status }: Made) =>
      status === 'accepted' || status === 'refused' || status === 'conflict';
    return this.made.filter((one) => !isOver(one));
  }

  async #live(acts: number): Promise<void> {
    for (let done = 0; done < acts; done++) {
      await new Promise((resolve) => setTimeout(resolve, this.#random.between(500, 40_000)));
      if (this.#isStopped) return;
      this.#act();
      this.wake();
    }
  }

  #act(): void {
    const known = [...this.records.keys()].sort();
    const recordId = known.length && this.#random.onceIn(2) ? this.#random.pick(known) : null;
    if (recordId) {
      this.#make('comment-added', { recordId, text: `旧平板说 ${this.made.length}` }, recordId);
      return this.#story.tellOf(anOlderTablet, `${this.name} comments on …${recordId.slice(-4)}`);
    }
    const fresh = uuidV7() as RecordId;
    const ownerGridCode = this.#random.pick([gridOne, gridTwo]);
    const number = `${this.person.name}-旧-${this.made.length}`;
    this.#make('issue-recorded', issueFacts(fresh, { ownerGridCode, number }), fresh);
    this.#story.tellOf(
      anOlderTablet,
      `${this.name} records …${fresh.slice(-4)} for ${ownerGridCode.slice(12)}`
    );
  }

  #make(kind: string, facts: object, recordId: RecordId): void {
    const id = uuidV7() as ChangeId;
    const { account: author } = this.person;
    const { device } = this;
    const baseVersion = this.records.get(recordId)?.version ?? 0;
    const at = msToInstant(Date.now());
    const body = JSON.stringify({ id, kind, shape: 1, community, author, device, at, baseVersion, facts });
    this.made.push({ id, body, status: 'unsent', recordId });
  }

  async #sync(): Promise<void> {
    this.isDone = (await this.#push()) && (await this.#pull()) && this.unsent.length === 0;
  }

  async #push(): Promise<boolean> {
    const batch = this.unsent;
    if (!batch.length) return true;
    const head = { protocol: this.protocol, account: this.person.account, device: this.device };
    const bodies = batch.map(({ body }) => body);
    const answer = await this.#transport.postLines('/api/sync/push', pushBody(head, bodies), PushReply);
    if (answer.status !== 'answered' || receiptedCount(answer.value.receipts) !== batch.length) return false;
    const statuses = answer.value.receipts.flatMap((receipt) =>
      receipt.status === 'accepted'
        ? Array.from({ length: receipt.count }, () => receipt.status)
        : [receipt.status]
    );
    batch.forEach((one, index) => {
      one.status = statuses[index]!;
      // Its own writes do not come with a pull.
      if (one.status === 'accepted' && !this.records.has(one.recordId))
        this.records.set(one.recordId, { version: 1 });
    });
    return true;
  }

  async #pull(): Promise<boolean> {
    for (;;) {
      const { account } = this.person;
      const request = { protocol: this.protocol, account, device: this.device, community };
      const asked = { ...request, cursor: this.#cursor };
      const answer = await this.#transport.postJson('/api/sync/pull', asked, PullReply);
      if (answer.status === 'refused' && answer.code === 'not-granted') {
        this.records.clear();
        this.#cursor = undefined;
        return true;
      }
      if (answer.status !== 'answered') return false;
      const { cursor, rows, leftScope, erased = [], more, anew } = answer.value;
      if (anew) this.records.clear();
      for (const { record } of rows) this.records.set(record.id, { version: record.version });
      for (const id of [...leftScope, ...(this.protocol > 1 ? erased : [])]) this.records.delete(id);
      const fields: readonly string[] = cursorFields[this.protocol];
      this.#cursor = Object.fromEntries(Object.entries(cursor).filter(([name]) => fields.includes(name)));
      if (!more) return true;
    }
  }
}
