// What may stand between a tablet and the server: a captive portal, a failing proxy, an answer that never comes back.
import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { freePort } from './server';

/**
 * `portal`: its own page, status 200. A number: that status and nothing else. `cut`: the connection is lost on the way.
 * `answer-lost`: the server did it, nobody hears. `answer-late`: the server did it, and the answer does not come.
 */
export type Weather = 'open' | 'portal' | 'cut' | 'answer-lost' | 'answer-late' | number;

export interface Asked {
  method: string;
  path: string;
  /** What a push says. */
  text: string;
}

export interface Gateway {
  origin: string;
  /** Where the server behind it must listen. */
  port: number;
  /** What happens from now on: to POST /api/sync/push, or to whatever it is asked about. */
  weather: Weather | ((asked: Asked) => Weather);
  /** How many pushes came by, and how many requests of any kind met bad weather. */
  pushes: number;
  spoilt: number;
  close(): Promise<void>;
}

const pushPath = '/api/sync/push';
const page = '<!doctype html><title>Wi-Fi</title><form><button>我同意，开始上网</button></form>';

export async function openGateway(): Promise<Gateway> {
  const server = createServer((request, response) => void pass(gateway, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const gateway: Gateway = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    port: await freePort(),
    weather: 'open',
    pushes: 0,
    spoilt: 0,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  };
  return gateway;
}

async function pass(gateway: Gateway, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url: path = '', headers } = request;
  const isPush = path === pushPath;
  if (isPush) gateway.pushes++;
  // A push is read before its weather is known; what is larger passes as it comes.
  const body = isPush ? await readAll(request) : null;
  const weather = weatherOf(gateway, { method, path, text: body ? inflate(body) : '' });
  if (weather !== 'open') gateway.spoilt++;
  if (weather === 'cut') return void request.socket.resetAndDestroy();
  if (weather === 'portal' || typeof weather === 'number') {
    request.resume();
    response.writeHead(weather === 'portal' ? 200 : weather, { 'content-type': 'text/html' });
    response.end(method === 'HEAD' ? undefined : page);
    return;
  }
  const onward = ask({ host: '127.0.0.1', port: gateway.port, method, headers, path }, (answer) => {
    if (weather === 'answer-lost' || weather === 'answer-late') {
      answer.resume();
      if (weather === 'answer-lost') answer.on('end', () => response.destroy());
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  if (body) onward.end(body);
  else request.pipe(onward);
}

function weatherOf({ weather }: Gateway, asked: Asked): Weather {
  if (typeof weather === 'function') return weather(asked);
  return asked.path === pushPath ? weather : 'open';
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  // One that is cut off on the way here ends like one that came whole: the server behind judges it.
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

function inflate(body: Buffer): string {
  return (body[0] === 0x1f ? gunzipSync(body) : body).toString();
}
