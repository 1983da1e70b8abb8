// The office's server as a process that can be killed: the real hooks, routes and store on the world's disk.
import { handle, init } from '../../src/hooks.server';
import { POST as push } from '../../src/routes/api/sync/push/+server';
import { POST as handBack } from '../../src/routes/api/sync/hand-back/+server';
import { POST as pull } from '../../src/routes/api/sync/pull/+server';
import { GET as reference } from '../../src/routes/api/reference/+server';
import { GET as session } from '../../src/routes/api/session/+server';
import { POST as createPhoto } from '../../src/routes/api/photos/+server';
import {
  GET as readPhoto,
  HEAD as askPhoto,
  PATCH as patchPhoto
} from '../../src/routes/api/photos/[id]/+server';
import { GET as readThumbnail } from '../../src/routes/api/photos/[id]/thumbnail/+server';
import { POST as thumbnails } from '../../src/routes/api/photos/thumbnails/+server';
import { sessionCookie } from '../../src/lib/server/session';
import type { Store } from '../../src/lib/server/store';
import type { Process } from './machine/loop';
import { Foreseen } from './foreseen';
import { machine } from './machine/machine';
import type { Random } from './machine/random';
import type { SimulatedForm } from './machine/blob';

export const origin = 'http://office';

/** A request as it arrives. `cutAt`: the connection ends after so many bytes of the body. */
export interface Arriving {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Uint8Array | SimulatedForm | null;
  cutAt?: number;
  token?: string;
}

export interface Answered {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

type Handler = (event: never) => Response | Promise<Response>;

const routes: [pattern: RegExp, id: string, byMethod: Record<string, unknown>][] = [
  [/^\/api\/sync\/push$/, '/api/sync/push', { POST: push }],
  [/^\/api\/sync\/hand-back$/, '/api/sync/hand-back', { POST: handBack }],
  [/^\/api\/sync\/pull$/, '/api/sync/pull', { POST: pull }],
  [/^\/api\/reference$/, '/api/reference', { GET: reference }],
  [/^\/api\/session$/, '/api/session', { GET: session }],
  [/^\/api\/photos$/, '/api/photos', { POST: createPhoto }],
  [/^\/api\/photos\/thumbnails$/, '/api/photos/thumbnails', { POST: thumbnails }],
  [/^\/api\/photos\/(?<id>[^/]+)\/thumbnail$/, '/api/photos/[id]/thumbnail', { GET: readThumbnail }],
  [/^\/api\/photos\/(?<id>[^/]+)$/, '/api/photos/[id]', { GET: readPhoto, HEAD: askPhoto, PATCH: patchPhoto }]
];

export class Server {
  process: Process | null = null;
  /** Whether it listens yet. */
  isUp = false;
  /** Told of what no world had in mind. */
  onFault: (fault: unknown) => void = () => {};
  readonly #random: Random;
  #starts = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** `before`: what is done at the machine first. */
  start(before: () => Promise<void> = () => Promise.resolve()): void {
    if (this.process) return;
    const { loop } = machine();
    this.process = loop.spawn('server', this.#random.fork(String(++this.#starts)), 'any');
    loop.enqueue(this.process, 'start', () => {
      void before()
        .then(() => init())
        .then(() => (this.isUp = true));
    });
  }

  kill(how: 'killed' | 'power-cut'): void {
    if (!this.process) return;
    machine().loop.kill(this.process);
    this.process = null;
    this.isUp = false;
    if (how === 'killed') machine().serverDisk.dropUncommitted();
    else machine().serverDisk.cutPower();
  }

  /** Call as a task of its process. A request whose sender is cut off in the middle has no answer. */
  async answer(arriving: Arriving): Promise<Answered> {
    return this.#through(arriving, (event, url) => dispatch(event, url, arriving.method, this.onFault));
  }

  /** Whatever else happens inside the server: a page of the desk, a sign-in. */
  async inside(token: string | undefined, work: (locals: App.Locals) => Promise<void>): Promise<void> {
    await this.#through(
      { method: 'GET', path: '/inside', headers: {}, body: null, token },
      async ({ locals }) => {
        await work(locals);
        return new Response(null, { status: 204 });
      }
    );
  }

  get store(): Store {
    if (!this.#store) throw new Error('the server has answered nothing yet');
    return this.#store;
  }
  #store: Store | undefined;

  async #through(
    { method, path, headers, body, cutAt, token }: Arriving,
    resolve: (event: { locals: App.Locals }, url: URL) => Promise<Response>
  ): Promise<Answered> {
    const url = new URL(path, origin);
    const locals = {} as App.Locals;
    const event = {
      url,
      locals,
      cookies: { get: (name: string) => (name === sessionCookie ? token : undefined) },
      route: { id: url.pathname },
      request: {
        method,
        url: url.href,
        headers: new Headers({ origin, ...headers }),
        body: body instanceof Uint8Array ? piecesOf(body, cutAt) : null,
        formData: () => (cutAt === undefined ? Promise.resolve(body) : Promise.reject(new Foreseen('cut')))
      }
    };
    const response = await handle({
      event,
      resolve: () => {
        this.#store = locals.store;
        return resolve(event, url);
      }
    } as never);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: Object.fromEntries(response.headers), body: bytes };
  }
}

/** As SvelteKit does it: a fault of a route is its own 500. */
async function dispatch(
  event: object,
  url: URL,
  method: string,
  onFault: (fault: unknown) => void
): Promise<Response> {
  for (const [pattern, , byMethod] of routes) {
    const match = pattern.exec(url.pathname);
    const handler = match && (byMethod[method] as Handler | undefined);
    if (!handler) continue;
    try {
      return await handler({ ...event, params: { ...match.groups } } as never);
    } catch (fault) {
      if (!(fault instanceof Foreseen)) onFault(fault);
      return new Response('fault', { status: 500 });
    }
  }
  return new Response('not found', { status: 404 });
}

const pieceBytes = 400;

async function* piecesOf(bytes: Uint8Array, cutAt = bytes.length): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < cutAt; start += pieceBytes) {
    await machine().loop.turn('body');
    yield bytes.slice(start, Math.min(cutAt, start + pieceBytes));
  }
  if (cutAt < bytes.length) throw new Foreseen('the sender went away');
}
