import type { QueuedPhoto } from '../data/database';
import { loadPicture, markPhotoRefused, markPhotoStored, notePhotoFailure } from '../data/photo-queue';
import { msToInstant } from '../domain/instant';
import { Problem } from '../protocol/problem';
import { Ahead, aheadHeader } from '../protocol/push';
import type { Outcome, SyncContext } from './context';
import type { UploadLink } from './upload-link';

/** What came of one picture; `failed` is the office's fault with this one, which says nothing about the others yet. */
export type Sent = Outcome | 'failed';

/** How far a request brought the upload, and the log by then. `unsure`: cut, or somebody else was quicker: the office must be asked. */
type Step = { offset: number; ahead: Ahead } | { refused: Response } | 'unsure';
type Read = Step | 'unreadable' | 'missing';

const tus = { 'tus-resumable': '1.0.0' };
const bytesOfUpload = { 'content-type': 'application/offset+octet-stream' };
/**
 * A browser silently sends a body again, whole, when a connection breaks that carried something before. So on a slow
 * or breaking link every answer closes its connection, and the next bytes have one of their own (step 8).
 */
const lastOfConnection = { 'x-xunge-connection': 'close' };

/** So many cuts in a row without one byte of progress. */
const maxStuck = 3;

export interface Upload {
  /** The office knows of it, or said why not: its bytes may follow. */
  made: Promise<unknown>;
  /** A cut costs what was on the way, and nothing is sent twice. */
  finish: () => Promise<Sent>;
}

/** Step 8: one picture, from the byte the office has. Where the link carries it at once, it goes with its creation. */
export function beginUpload(context: SyncContext, photo: QueuedPhoto, link: UploadLink): Upload {
  const upload = openUpload(context, photo, link);
  const made = upload.create();
  return { made, finish: () => finishUpload(context, photo, upload, made) };
}

async function finishUpload(
  context: SyncContext,
  photo: QueuedPhoto,
  upload: ReturnType<typeof openUpload>,
  made: Promise<Read>
): Promise<Sent> {
  const { database } = context.author;
  let offset = 0;
  let step = await made;
  let stuck = 0;
  for (;;) {
    if (step === 'unreadable') return 'failed';
    if (step === 'missing') {
      await markPhotoRefused(database, photo.id, { code: 'malformed', details: { field: 'photo' } });
      return 'done';
    }
    if (step === 'unsure') {
      if (stuck++ === maxStuck) return 'away';
      step = await upload.ask();
    } else if ('refused' in step) return unfinished(context, photo, step.refused);
    else if (step.offset === photo.bytes) {
      await markPhotoStored(database, photo.id, msToInstant(context.now()), step.ahead);
      context.onConfirmed?.(photo.id, photo.bytes);
      return 'done';
    } else {
      if (step.offset > offset) stuck = 0;
      // The office answers, and yet no byte of this one comes through.
      if (stuck === maxStuck) return 'failed';
      offset = step.offset;
      context.onConfirmed?.(photo.id, offset);
      step = await upload.send(offset);
    }
  }
}

function openUpload(context: SyncContext, photo: QueuedPhoto, link: UploadLink) {
  const { id, bytes: length } = photo;
  const path = `/api/photos/${id}`;
  const naming = { 'upload-length': String(length), 'upload-metadata': `id ${btoa(id)}` };
  let isMade = false;
  const request = async (...request: Parameters<SyncContext['transport']['raw']>): Promise<Step> => {
    const [method, address, headers, body] = request;
    const started = context.now();
    const closing = link.isQuick(length) ? {} : lastOfConnection;
    const response = await context.transport.raw(method, address, { ...tus, ...headers, ...closing }, body);
    const step = stepOf(method, response);
    if (body) link.note(step === 'unsure' ? null : body.size, context.now() - started);
    isMade ||= step !== 'unsure';
    return step;
  };
  /** Read as late as possible: a picture takes up to 10 MB of memory. */
  const withBytes = async (offset: number, send: (bytes: Blob) => Promise<Step>): Promise<Read> => {
    const bytes = await loadPicture(context.author.database, id).catch(() => 'unreadable' as const);
    if (bytes === 'unreadable') return bytes;
    const until = offset + link.pieceBytes();
    return bytes ? send(new Blob([bytes.slice(offset, until)])) : 'missing';
  };
  return {
    create: () =>
      link.isQuick(length)
        ? withBytes(0, (bytes) => request('POST', '/api/photos', { ...naming, ...bytesOfUpload }, bytes))
        : request('POST', '/api/photos', naming),
    ask: async () => {
      if (!isMade) return request('POST', '/api/photos', naming);
      const step = await request('HEAD', path, {});
      if (typeof step === 'string' || 'offset' in step) return step;
      // An answer without words: asked as a creation, the office says why.
      isMade = false;
      return 'unsure';
    },
    send: async (offset: number) => {
      const headers = { ...bytesOfUpload, 'upload-offset': String(offset) };
      const giveBack = await link.turn();
      return withBytes(offset, (bytes) => request('PATCH', path, headers, bytes)).finally(giveBack);
    }
  };
}

/** Of bytes, 409 says that they do not begin where the office is; of a creation, that there is none to be made. */
function stepOf(method: string, response: Response | null): Step {
  if (!response || (method === 'PATCH' && response.status === 409)) return 'unsure';
  const text = response.ok ? response.headers.get('upload-offset') : null;
  if (text === null || !/^\d+$/.test(text)) return { refused: response };
  return { offset: Number(text), ahead: aheadOf(response) };
}

function aheadOf({ headers }: Response): Ahead {
  try {
    return Ahead.safeParse(JSON.parse(headers.get(aheadHeader) ?? '{}')).data ?? {};
  } catch {
    return {};
  }
}

/** The server said no to this picture: shown with the reason, its bytes kept. Anything else: again, later. */
async function unfinished(context: SyncContext, photo: QueuedPhoto, response: Response): Promise<Sent> {
  // In no words of ours: something on the way says no, and it may say so to this picture alone.
  const body: unknown = await response.json().catch(() => null);
  const problem = Problem.safeParse(body);
  if (response.status >= 500 || !problem.success) return 'failed';
  const { code, details } = problem.data;
  if (code === 'not-signed-in') return 'signed-out';
  if (code === 'account-mismatch') return 'account-mismatch';
  // Damaged on the way: the office has thrown the bytes away, the next try starts anew.
  if (code === 'photo-hash-differs' || code === 'not-found') return 'failed';
  const { database } = context.author;
  // Its declaration has a receipt: the office may be an older one by now, or have erased the record, and a pull will tell.
  if (code === 'photo-not-declared') await notePhotoFailure(database, photo, context.now());
  else await markPhotoRefused(database, photo.id, { code, details });
  return 'done';
}
