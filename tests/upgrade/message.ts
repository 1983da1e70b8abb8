// A request and its reply as they crossed the network, in a form that can be read, compared and sent again.
import { gunzipSync, gzipSync } from 'node:zlib';
import { origin } from './office-door';

export interface Message {
  /** Whose session. */
  account: string;
  at: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  /** Inflated where it travelled packed. */
  text?: string;
  base64?: string;
  reply: { status: number; headers: Record<string, string>; text?: string; base64?: string };
}

const told = [
  'content-encoding',
  'content-type',
  'tus-resumable',
  'upload-length',
  'upload-metadata',
  'upload-offset'
];
const formBoundary = 'xunge-form-boundary';

function headersOf(headers: Headers): Record<string, string> {
  return Object.fromEntries(told.flatMap((name) => (headers.has(name) ? [[name, headers.get(name)!]] : [])));
}

/** The boundary between the parts of a form is made by chance: all have the same one here. */
function withFixedBoundary(headers: Record<string, string>, bytes: Buffer): Buffer {
  const type = headers['content-type'] ?? '';
  const boundary = /boundary=(.+)$/.exec(type)?.[1];
  if (!boundary) return bytes;
  headers['content-type'] = type.replace(boundary, formBoundary);
  return Buffer.from(bytes.toString('latin1').replaceAll(boundary, formBoundary), 'latin1');
}

const isText = (type: string) => /json/.test(type);

function bodyOf(type: string, bytes: Buffer): { text?: string; base64?: string } {
  if (!bytes.length) return {};
  return isText(type) ? { text: bytes.toString('utf8') } : { base64: bytes.toString('base64') };
}

/** The request as it will cross: with all its bytes at hand. */
export async function noteRequest(account: string, request: Request): Promise<Omit<Message, 'reply'>> {
  const headers = headersOf(request.headers);
  const sent = withFixedBoundary(headers, Buffer.from(await request.arrayBuffer()));
  const bytes = headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
  const { pathname, search } = new URL(request.url);
  const body = bodyOf(headers['content-type'] ?? '', bytes);
  const at = new Date().toISOString();
  return { account, at, method: request.method, path: pathname + search, headers, ...body };
}

export async function noteReply(response: Response): Promise<Message['reply']> {
  const headers = headersOf(response.headers);
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers, ...bodyOf(headers['content-type'] ?? '', bytes) };
}

/** The recorded request, to be sent (again). */
export function requestOf(message: Omit<Message, 'reply'>): Request {
  const { method, path, text, base64 } = message;
  const headers: Record<string, string> = { ...message.headers, 'x-xunge-account': message.account };
  const plain = Buffer.from(text ?? base64 ?? '', text === undefined ? 'base64' : 'utf8');
  const bytes = headers['content-encoding'] === 'gzip' ? gzipSync(plain) : plain;
  const length = { 'content-length': String(bytes.length) };
  return new Request(origin + path, {
    method,
    headers: bytes.length ? { ...headers, ...length } : headers,
    ...(bytes.length ? { body: bytes } : {})
  });
}
