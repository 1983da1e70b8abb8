// What may stand between a tablet and the server: a captive portal, a failing proxy, an answer that never comes back.
import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `portal`: its own page, status 200. A number: that status and nothing else. `answer-lost`: the server did it, nobody hears. */
export type Weather = 'open' | 'portal' | 'answer-lost' | number;

export interface Gateway {
  origin: string;
  /** Where the server behind it must listen. */
  port: number;
  /** What happens to POST /api/sync/push from now on. */
  weather: Weather;
  /** How many pushes came by. */
  pushes: number;
  close(): Promise<void>;
}

const page = '<!doctype html><title>Wi-Fi</title><form><button>我同意，开始上网</button></form>';

export async function openGateway(): Promise<Gateway> {
  const server = createServer((request, response) => pass(gateway, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const gateway: Gateway = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    port: await freePort(),
    weather: 'open',
    pushes: 0,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    }
  };
  return gateway;
}

function pass(gateway: Gateway, request: IncomingMessage, response: ServerResponse): void {
  const isPush = request.url === '/api/sync/push';
  const weather = isPush ? gateway.weather : 'open';
  if (isPush) gateway.pushes++;
  if (weather === 'portal' || typeof weather === 'number') {
    request.resume();
    response.writeHead(weather === 'portal' ? 200 : weather, { 'content-type': 'text/html' });
    response.end(page);
    return;
  }
  const { method, headers, url } = request;
  const onward = ask({ host: '127.0.0.1', port: gateway.port, method, headers, path: url }, (answer) => {
    if (weather === 'answer-lost') {
      answer.resume();
      answer.on('end', () => response.destroy());
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
