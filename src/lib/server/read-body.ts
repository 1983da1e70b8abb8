import { promisify } from 'node:util';
import { brotliCompress, constants, gunzip, gzip } from 'node:zlib';
import type { z } from 'zod/mini';
import type { Refusal } from '../domain/refusal';
import { discardBody, maxDiscardedBytes } from './discard-body';

const inflate = promisify(gunzip);
const deflate = promisify(gzip);
const shrink = promisify(brotliCompress);

/** A request body as text, gunzipped where it says so, or why not. Never more than the limits in memory. */
export async function readText(
  request: Request,
  limit: { bytes: number; inflated: number }
): Promise<{ text: string } | { refusal: Refusal }> {
  const tooLarge: { refusal: Refusal } = {
    refusal: { code: 'too-large', details: { maximum: limit.bytes } }
  };
  if (Number(request.headers.get('content-length') ?? 0) > limit.bytes) {
    await discardBody(request);
    return tooLarge;
  }
  const bytes = await readAtMost(request.body, limit.bytes);
  if (!bytes) return tooLarge;
  if (request.headers.get('content-encoding') !== 'gzip') return { text: bytes.toString('utf8') };
  try {
    return { text: (await inflate(bytes, { maxOutputLength: limit.inflated })).toString('utf8') };
  } catch (fault) {
    const isBomb = (fault as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    return isBomb ? tooLarge : { refusal: { code: 'malformed', details: { field: 'content-encoding' } } };
  }
}

/** Null where it is longer: the rest is read away, since a body left in the middle cuts the answer off as well. */
async function readAtMost(body: ReadableStream<Uint8Array> | null, maximum: number): Promise<Buffer | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of body ?? []) {
      length += piece.length;
      if (length <= maximum) pieces.push(piece);
      else if (length > maxDiscardedBytes) break;
      else pieces.length = 0;
    }
  } catch (fault) {
    // The framework ends what is longer than anything we take; a sender that went away is nobody's answer.
    if (length <= maximum) throw fault;
  }
  return length > maximum ? null : Buffer.concat(pieces);
}

/** A small JSON body that fits its schema, or a refusal naming the first field that does not. */
export async function readJson<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema
): Promise<{ value: z.infer<Schema> } | { refusal: Refusal }> {
  const body = await readText(request, { bytes: 64 * 1024, inflated: 256 * 1024 });
  if ('refusal' in body) return body;
  return parseJson(body.text, schema);
}

export function parseJson<Schema extends z.ZodMiniType>(
  text: string,
  schema: Schema
): { value: z.infer<Schema> } | { refusal: Refusal } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { refusal: { code: 'malformed' } };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data };
  const field = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  return { refusal: { code: 'malformed', details: { field } } };
}

/**
 * Compressed wherever the client takes it, however short: gzip carries a checksum, so what a plain connection spoils on the
 * way is no answer instead of a false one. adapter-node compresses nothing by itself.
 */
export async function jsonReply(request: Request, value: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'cache-control': 'private, no-store' };
  const text = JSON.stringify(value);
  const accepted = request.headers.get('accept-encoding') ?? '';
  const encoding = encodings.find((known) => accepted.includes(known));
  if (!encoding) return new Response(text, { headers });
  return new Response(new Uint8Array(await compress(encoding, text)), {
    headers: { ...headers, 'content-encoding': encoding, vary: 'accept-encoding' }
  });
}

/** The better first. Browsers take brotli over https only. */
const encodings = ['br', 'gzip'] as const;

/** Quality 5 makes records a sixth smaller than gzip does, in less than twice the time; above that it only gets slower. */
function compress(encoding: (typeof encodings)[number], text: string): Promise<Buffer> {
  if (encoding === 'gzip') return deflate(text);
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  return shrink(text, { params: { [BROTLI_PARAM_QUALITY]: 5, [BROTLI_PARAM_SIZE_HINT]: text.length } });
}
