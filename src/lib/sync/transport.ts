import type { z } from 'zod/mini';
import type { AccountId } from '../domain/ids';
import type { RefusalCode } from '../domain/refusal';
import { Problem } from '../protocol/problem';

/**
 * What came back. `away`: no answer that counts (cut, timeout, a portal's page, a fault of the server): again, later.
 * `refused`: the server said no, in its own words. `fault`: the server itself failed on this request (500). Only a body that fits its schema counts as an answer (step 5).
 */
export type Answer<Value> =
  | { status: 'answered'; value: Value }
  | { status: 'refused'; code: RefusalCode; details?: Record<string, string | number> }
  | { status: 'fault' }
  | { status: 'away' };

/** The only door to the network for changes and photos. Every request names its account (step 2). */
export interface Transport {
  postJson<Schema extends z.ZodMiniType>(
    path: string,
    body: unknown,
    reply: Schema
  ): Promise<Answer<z.infer<Schema>>>;
  postLines<Schema extends z.ZodMiniType>(
    path: string,
    text: string,
    reply: Schema
  ): Promise<Answer<z.infer<Schema>>>;
  getJson<Schema extends z.ZodMiniType>(path: string, reply: Schema): Promise<Answer<z.infer<Schema>>>;
  postForm<Schema extends z.ZodMiniType>(
    path: string,
    form: FormData,
    reply: Schema
  ): Promise<Answer<z.infer<Schema>>>;
  /** For pictures, and for tus, which speaks in headers. Null: no answer. */
  raw(
    method: 'GET' | 'POST' | 'HEAD' | 'PATCH' | 'DELETE',
    path: string,
    headers: Record<string, string>,
    body?: Blob
  ): Promise<Response | null>;
}

const timeoutMs = 60_000;

/** What a transport needs of the platform. */
export interface Network {
  fetch(path: string, init: RequestInit): Promise<Response>;
  gzip(text: string): Promise<Blob>;
}

const browserNetwork: Network = { fetch: (path, init) => fetch(path, init), gzip };

export function createTransport(account?: AccountId, network = browserNetwork): Transport {
  const send = async (path: string, init: RequestInit): Promise<Response | null> => {
    const headers = new Headers(init.headers);
    if (account) headers.set('x-xunge-account', account);
    try {
      return await network.fetch(path, {
        ...init,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs)
      });
    } catch {
      return null;
    }
  };
  const ask = async <Schema extends z.ZodMiniType>(
    path: string,
    init: RequestInit,
    reply: Schema
  ): Promise<Answer<z.infer<Schema>>> => read(await send(path, init), reply);
  /** Packed also where it is short: what carries a checksum is never half right. */
  const post = async <Schema extends z.ZodMiniType>(
    path: string,
    type: string,
    text: string,
    reply: Schema
  ): Promise<Answer<z.infer<Schema>>> => {
    const headers = { 'content-type': type, 'content-encoding': 'gzip' };
    return ask(path, { method: 'POST', headers, body: await network.gzip(text) }, reply);
  };
  return {
    getJson: (path, reply) => ask(path, {}, reply),
    postJson: (path, body, reply) => post(path, 'application/json', JSON.stringify(body), reply),
    postForm: (path, form, reply) => ask(path, { method: 'POST', body: form }, reply),
    postLines: (path, text, reply) => post(path, 'application/x-ndjson', text, reply),
    raw: (method, path, headers, body) => send(path, { method, headers, body })
  };
}

async function read<Schema extends z.ZodMiniType>(
  response: Response | null,
  reply: Schema
): Promise<Answer<z.infer<Schema>>> {
  if (!response) return { status: 'away' };
  if (response.status === 500) return { status: 'fault' };
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    return { status: 'away' };
  }
  const parsed = reply.safeParse(body);
  if (response.ok && parsed.success) return { status: 'answered', value: parsed.data };
  const problem = Problem.safeParse(body);
  if (problem.success && !response.ok && response.status < 500)
    return { status: 'refused', code: problem.data.code, details: problem.data.details };
  return { status: 'away' };
}

async function gzip(text: string): Promise<Blob> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(stream).blob();
}
