// Builds the page of the device tests into a temporary folder and serves it, with the files that a test lays beside it.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { build } from 'vite';
import type { Page } from 'playwright-core';

export interface DevicePage {
  origin: string;
  /** The same page under a name that no browser takes for secure; needs `insecureName` among the browser's flags. */
  insecureOrigin: string;
  /** Served as /files/<name>. */
  files: Map<string, Uint8Array>;
  close(): Promise<void>;
}

const host = 'plain-http.test';
/** Flag for the browser, so that it finds `insecureOrigin`. */
export const insecureName = `--host-resolver-rules=MAP ${host} 127.0.0.1`;

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

export async function openDevicePage(): Promise<DevicePage> {
  const folder = await mkdtemp(join(tmpdir(), 'xunge-device-'));
  await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'warn',
    build: { outDir: folder, emptyOutDir: true, target: ['chrome109', 'safari16.4', 'firefox115'] }
  });
  const files = new Map<string, Uint8Array>();
  const server = createServer(({ url = '/' }, response) => {
    const path = normalize(decodeURIComponent(new URL(url, 'http://page').pathname));
    void answer(path, folder, files, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    insecureOrigin: `http://${host}:${port}`,
    files,
    async close() {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    }
  };
}

async function answer(
  path: string,
  folder: string,
  files: Map<string, Uint8Array>,
  response: ServerResponse
): Promise<void> {
  const laid = path.startsWith('/files/') && files.get(path.slice('/files/'.length));
  const name = path === '/' ? '/index.html' : path;
  const body = laid || (await readFile(join(folder, name)).catch(() => null));
  if (!body) return void response.writeHead(404).end();
  response.setHeader('content-type', types[extname(name)] ?? 'application/octet-stream');
  response.setHeader('cache-control', 'no-store');
  response.end(body);
}

/** Goes to the page and waits until the room is there. */
export async function enter(page: Page, origin: string): Promise<Page> {
  await page.goto(origin);
  await page.waitForFunction(() => 'device' in window);
  return page;
}
