import { ERRORS, MemoryLocker, Server } from '@tus/server';
import { maxPhotoBytes } from '../domain/photo';
import type { RefusalCode } from '../domain/refusal';
import { log } from './log';
import { incomingOf } from './photo-store';
import type { Store } from './store';

export const tusVersion = '1.0.0';

/** What tus reads. Anything else, above all what proxies add, it must not stumble over. */
const requestHeaders = [
  'tus-resumable',
  'upload-length',
  'upload-defer-length',
  'upload-concat',
  'upload-metadata',
  'upload-offset',
  'content-type',
  'content-length'
];

/** What of its answer is ours to give: no `Access-Control-…`, pictures are for our own pages only. */
const replyHeaders = [
  'tus-version',
  'tus-extension',
  'tus-max-size',
  'upload-offset',
  'upload-length',
  'upload-metadata',
  'connection'
];

const codeByStatus: Partial<Record<number, RefusalCode>> = {
  404: 'not-found',
  409: 'wrong-state',
  410: 'not-found',
  413: 'too-large',
  501: 'malformed'
};

interface TusReply {
  status: number;
  headers: Record<string, string>;
  /** Where tus refused; `not-ready` where it was not the sender's fault. */
  code?: RefusalCode;
}

/** One per store: it holds the locks that keep two requests for one upload apart. */
const serverByStore = new WeakMap<Store, Server>();

function serverOf(store: Store): Server {
  const known = serverByStore.get(store);
  if (known) return known;
  const server = new Server({
    path: '/',
    datastore: incomingOf(store),
    maxSize: maxPhotoBytes,
    locker: new MemoryLocker(),
    // How long a request whose sender may be gone keeps its lock. Short, because the one that waits for it spins.
    lockDrainTimeout: 300,
    namingFunction: (request) => lastPart(request.url ?? ''),
    onResponseError: (_request, fault) => {
      // Another request took the lock, or the sender went away.
      if (fault === ERRORS.ABORTED) return { status_code: 503, body: '' };
      if (fault instanceof Error && !('status_code' in fault)) log.error({ fault }, 'photo not written');
      return undefined;
    }
  });
  serverByStore.set(store, server);
  return server;
}

/** Hands a request to tus as one for the upload of this key, whatever its address says. */
export async function askTus(
  store: Store,
  key: string,
  { method, headers, body }: Request
): Promise<TusReply> {
  const request = { method, headers: pick(headers, requestHeaders), body, duplex: 'half' };
  const reply = await serverOf(store).handleWeb(new Request(`http://incoming/${key}`, request));
  const { status } = reply;
  const code = codeByStatus[status] ?? (status >= 500 ? 'not-ready' : 'malformed');
  return { status, headers: pick(reply.headers, replyHeaders), code: reply.ok ? undefined : code };
}

export function lastPart(url: string): string {
  return new URL(url).pathname.split('/').at(-1) ?? '';
}

function pick(headers: Headers, names: readonly string[]): Record<string, string> {
  const entries = names.map((name) => [name, headers.get(name)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}
