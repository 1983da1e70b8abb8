// The way between tablets and the office. Every request and every answer is an event that the world decides about.
import { gzipSync } from 'node:zlib';
import type { Network as TransportNetwork } from '../../src/lib/sync/transport';
import { SimulatedBlob, SimulatedForm } from './machine/blob';
import type { Timeout } from './machine/globals';
import type { Process } from './machine/loop';
import { machine } from './machine/machine';
import type { Random } from './machine/random';
import type { Answered, Arriving, Server } from './server';
import type { Story } from './story';

/** What the way is like for one tablet. */
export type Weather = 'fair' | 'bad' | 'short' | 'offline' | 'portal' | 'narrow' | 'broken';

/** What becomes of one request in bad weather. */
const fates = {
  through: 30,
  late: 8,
  lost: 8,
  doubled: 8,
  'cut-up': 6,
  'answer-lost': 10,
  'answer-cut': 5,
  'fault-before': 4,
  'fault-after': 4,
  'gateway-failed': 4,
  portal: 3,
  damaged: 3
} as const;
export type Fate = keyof typeof fates;

/** Pictures are long: it is they that are cut. */
const fatesOfPictures: Partial<Record<Fate, number>> = { 'cut-up': 24, damaged: 12, 'answer-lost': 14 };
export const allFates = Object.keys(fates) as Fate[];

/** All that may become of one, however it comes. */
export const faultKinds: readonly string[] = [
  ...allFates.filter((fate) => fate !== 'through'),
  'offline',
  'too-large'
];

/** What a small gateway lets through, in bytes. */
const narrowBytes = 900;

/** An answer of more bytes brings a record. */
const longAnswerBytes = 600;

/** Who sends, and hears of it. */
export interface Sender {
  readonly name: string;
  /** Null while it is off. */
  readonly process: Process | null;
  readonly weather: Weather;
  /** Of its session. */
  readonly token: string | undefined;
  /** Requests without an answer yet. */
  inFlight: number;
  /** Answers it ever had, and those among them that say much. */
  readonly answers: { any: number; long: number };
}

export interface PushSeen {
  arriving: Arriving;
}

export class Network {
  /** What a newer server does to what it says, once it was deployed. */
  rewriteAnswer: (path: string, answered: Answered) => Answered = (_path, answered) => answered;
  /** Every push that reached the office whole, to be played back. */
  readonly pushes: Arriving[] = [];
  readonly #server: Server;
  readonly #random: Random;
  readonly #fates: Record<string, number>;
  readonly #fatesOfPictures: Record<string, number>;
  readonly #story: Story;

  constructor(server: Server, random: Random, enabled: ReadonlySet<string>, story: Story) {
    this.#server = server;
    this.#random = random;
    this.#fates = Object.fromEntries(
      Object.entries(fates).filter(([fate]) => fate === 'through' || enabled.has(fate))
    );
    this.#fatesOfPictures = Object.fromEntries(
      Object.entries(this.#fates).map(([fate, weight]) => [fate, fatesOfPictures[fate as Fate] ?? weight])
    );
    this.#story = story;
  }

  /** What a transport of this tablet finds in its place. */
  of(tablet: Sender): TransportNetwork {
    return {
      fetch: (path, init) => this.#fetch(tablet, path, init),
      gzip: (text) => Promise.resolve(new SimulatedBlob([gzipSync(text, { level: 1 })]) as unknown as Blob)
    };
  }

  #fetch(tablet: Sender, path: string, init: RequestInit): Promise<Response> {
    const { loop } = machine();
    const process = tablet.process!;
    const body = init.body as unknown;
    const arriving: Arriving = {
      method: init.method ?? 'GET',
      path,
      headers: Object.fromEntries(new Headers(init.headers)),
      body: bodyOf(body),
      token: tablet.token
    };
    if (arriving.body instanceof Uint8Array)
      arriving.headers['content-length'] = String(arriving.body.length);
    else if (arriving.body) arriving.headers['content-length'] = '1000';
    return new Promise<Response>((answered, failed) => {
      tablet.inFlight++;
      const over = () => {
        tablet.inFlight--;
        stopWaiting();
      };
      const resolve = (response: Response) => (over(), answered(response));
      const reject = (fault: TypeError) => (over(), failed(fault));
      const later = (ms: number, label: string, run: () => void) => loop.after(process, ms, label, run);
      let isOver = false;
      const fail = (ms: number) =>
        later(ms, 'no answer', () => isOver || reject(new TypeError('fetch failed')));
      const stopWaiting = (init.signal as unknown as Timeout).listen(() => {
        isOver = true;
        reject(new TypeError('timed out'));
      });
      const give = (answered: Answered, cutAt?: number) =>
        later(this.#latency(tablet), 'answer', () => {
          if (isOver) return;
          tablet.answers.any++;
          if (answered.body.length > longAnswerBytes) tablet.answers.long++;
          resolve(responseOf(answered, cutAt));
        });
      const fate = this.#fateOf(tablet, arriving);
      if (fate !== 'through')
        this.#story.tellOf(fate, `${tablet.name}: ${arriving.method} ${path.slice(0, 40)} is ${fate}`);
      switch (fate) {
        case 'offline':
          return fail(3);
        case 'lost':
          return this.#random.onceIn(3) ? undefined : fail(40);
        case 'portal':
          return give(portalPage);
        case 'gateway-failed':
          return give(failedGateway);
        case 'fault-before':
          return give(fault);
        case 'too-large':
          return give(tooLarge);
      }
      const isWhole = fate !== 'damaged';
      const sent = isWhole ? arriving : damaged(arriving, this.#random);
      if (fate === 'cut-up') {
        const length = sent.body instanceof Uint8Array ? sent.body.length : 1;
        const cut = { ...sent, cutAt: this.#random.below(length + 1) };
        this.#deliver(cut, false, this.#latency(tablet), () => {});
        return fail(60);
      }
      const delay = fate === 'late' ? this.#random.between(2_000, 70_000) : this.#latency(tablet);
      this.#deliver(sent, isWhole, delay, (answered) => {
        if (!answered) return fail(20);
        const said = this.rewriteAnswer(path, answered);
        if (fate === 'answer-lost') return this.#random.onceIn(3) ? undefined : fail(30);
        if (fate === 'answer-cut') return give(said, this.#random.below(said.body.length + 1));
        if (fate === 'fault-after') return give(fault);
        return give(said);
      });
      if (fate === 'doubled') this.#deliver(sent, isWhole, this.#random.between(0, 8_000), () => {});
    });
  }

  /** `answer` without an answer: nobody listens there. */
  #deliver(arriving: Arriving, isWhole: boolean, delay: number, answer: (answered?: Answered) => void): void {
    const { loop } = machine();
    const { process } = this.#server;
    if (!process || !this.#server.isUp) return answer();
    loop.after(process, delay, `${arriving.method} ${arriving.path.slice(0, 18)}`, () => {
      if (isWhole && arriving.path === '/api/sync/push') this.pushes.push(arriving);
      this.#server.answer(arriving).then(answer, () => answer());
    });
  }

  #fateOf(tablet: Sender, { body, method }: Arriving): Fate | 'offline' | 'too-large' {
    switch (tablet.weather) {
      case 'fair':
        return 'through';
      case 'offline':
        return 'offline';
      case 'portal':
        return 'portal';
      case 'broken':
        return this.#random.onceIn(2) ? 'gateway-failed' : 'fault-before';
      case 'narrow':
        return body instanceof Uint8Array && body.length > narrowBytes ? 'too-large' : 'through';
      case 'short':
        return body instanceof Uint8Array && body.length > narrowBytes / 3
          ? (this.#random.weighted(this.#fatesOfPictures) as Fate)
          : 'through';
      case 'bad':
        return this.#random.weighted(method === 'PATCH' ? this.#fatesOfPictures : this.#fates) as Fate;
    }
  }

  #latency(tablet: Sender): number {
    return tablet.weather === 'fair' ? this.#random.between(2, 30) : this.#random.between(5, 400);
  }
}

function bodyOf(body: unknown): Uint8Array | SimulatedForm | null {
  if (body === undefined || body === null) return null;
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof SimulatedBlob) return body.bytes;
  if (body instanceof SimulatedForm) return body;
  throw new Error('a body that no product code sends');
}

/** One byte is another. */
function damaged(arriving: Arriving, random: Random): Arriving {
  if (!(arriving.body instanceof Uint8Array) || arriving.body.length === 0) return arriving;
  const body = arriving.body.slice();
  const at = random.below(body.length);
  body[at] = body[at]! ^ (1 << random.below(8));
  return { ...arriving, body };
}

const html = (status: number, text: string): Answered => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: new TextEncoder().encode(`<html>${text}</html>`)
});
const portalPage = html(200, 'welcome to free Wi-Fi');
const failedGateway = html(502, 'bad gateway');
const tooLarge = html(413, 'request entity too large');
const fault = html(500, 'fault');

/** As much of a Response as product code uses, with its bytes at hand. */
function responseOf({ status, headers, body }: Answered, cutAt = body.length): Response {
  const bytes = () =>
    cutAt < body.length ? Promise.reject(new TypeError('terminated')) : Promise.resolve(body);
  return {
    status,
    ok: status >= 200 && status < 300,
    headers: new Headers(headers),
    arrayBuffer: async () => (await bytes()).slice().buffer,
    json: async () => JSON.parse(new TextDecoder().decode(await bytes())) as unknown
  } as Response;
}
