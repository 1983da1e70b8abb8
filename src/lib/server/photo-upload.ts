import { Metadata } from '@tus/server';
import { PhotoId } from '../domain/ids';
import { maxPhotoBytes } from '../domain/photo';
import type { Refusal } from '../domain/refusal';
import { aheadHeader, type Ahead } from '../protocol/push';
import { isOtherAccount } from './account-check';
import type { PhotoRow } from './database/schema';
import { discardBody } from './discard-body';
import { finishPhoto, incomingOf, uploadKeyOf } from './photo-store';
import { problemWith } from './problem';
import { takesPart } from './records/accounts';
import { listPhotosById, mayBring } from './records/photos';
import { loadHead } from './restored';
import type { Session } from './session';
import type { Store } from './store';
import { askTus, lastPart, tusVersion } from './tus-server';

/**
 * Step 8: POST and OPTIONS /api/photos, HEAD and PATCH /api/photos/<id>, as tus 1.0 with creation and
 * creation-with-upload. A refusal is a problem document; 500 and above mean "again, later".
 */
export async function handleUpload(
  store: Store,
  session: Session | null,
  request: Request
): Promise<Response> {
  try {
    const answer = await answerUpload(store, session, request);
    // The sender wants what follows to have a connection of its own: browsers send a body again on one that broke.
    if (request.headers.get('x-xunge-connection') === 'close') answer.headers.set('connection', 'close');
    return answer;
  } finally {
    await discardBody(request);
  }
}

async function answerUpload(store: Store, session: Session | null, request: Request): Promise<Response> {
  const { method } = request;
  if (!session) return refuse({ code: 'not-signed-in' });
  if (isOtherAccount(request, session)) return refuse({ code: 'account-mismatch' });
  if (method === 'OPTIONS') return done(204, (await askTus(store, '', request)).headers);
  if (method !== 'POST' && method !== 'HEAD' && method !== 'PATCH')
    return refuse({ code: 'malformed' }, { allow: 'POST, HEAD, PATCH, OPTIONS' }, 405);
  if (request.headers.get('tus-resumable') !== tusVersion)
    return refuse({ code: 'upgrade-needed' }, { 'tus-version': tusVersion }, 412);
  const declared = await (method === 'POST' ? declaredBy : namedBy)(store, session, request);
  if ('refusal' in declared) return refuse(declared.refusal);
  const { photo } = declared;
  // What a killed process left undone is done now. Bytes that differ are gone then, and the upload starts anew.
  const progress = await finishPhoto(store, photo);
  if (progress === 'erased') return refuse({ code: 'photo-not-declared' });
  return progress === 'stored'
    ? withAhead(store, session, photo, await answerStored(photo, request))
    : upload(store, session, photo, request);
}

async function upload(store: Store, session: Session, photo: PhotoRow, request: Request): Promise<Response> {
  const { method } = request;
  const key = uploadKeyOf(photo);
  const { status, headers, code } = await askTus(store, key, request);
  const isThere = method === 'POST' && status === 409;
  // Where tus stopped reading in the middle of a body, it asks to close the connection.
  if (code && !isThere) return refuse({ code }, headers);
  // Also for a HEAD: that every byte is here is said only once they were compared and moved.
  const progress = await finishPhoto(store, photo);
  if (progress === 'erased') return refuse({ code: 'photo-not-declared' });
  const offset = progress === 'stored' ? String(photo.bytes) : headers['upload-offset'];
  const isGone = progress !== 'stored' && offset === String(photo.bytes);
  if (progress === 'differs' || isGone)
    return refuse({ code: method === 'HEAD' ? 'not-found' : 'photo-hash-differs' });
  const answer =
    method === 'POST'
      ? created(photo, offset ?? String((await incomingOf(store).lengthOf(key)) ?? 0))
      : done(status, { ...headers, 'upload-offset': offset! });
  return progress === 'stored' ? withAhead(store, session, photo, answer) : answer;
}

/** A store put back from a backup may have lost this picture alone: the tablet can then say so (step 11). */
async function withAhead(
  store: Store,
  { grants }: Session,
  { community }: PhotoRow,
  answer: Response
): Promise<Response> {
  if (!(await takesPart(store, grants, community, new Date().toISOString()))) return answer;
  const head = await loadHead(store, community);
  if (head && answer.ok)
    answer.headers.set(aheadHeader, JSON.stringify({ [community]: head } satisfies Ahead));
  return answer;
}

function answerStored(photo: PhotoRow, request: Request): Response | Promise<Response> {
  const length = String(photo.bytes);
  if (request.method === 'POST') return created(photo, length);
  if (request.method === 'HEAD') return done(200, { 'upload-offset': length, 'upload-length': length });
  const isAtEnd = request.headers.get('upload-offset') === length;
  return isAtEnd ? done(204, { 'upload-offset': length }) : refuse({ code: 'wrong-state' });
}

type Found = { photo: PhotoRow } | { refusal: Refusal };

/** The photo a creation is for, by its metadata. All that can be refused is refused here, before the first byte. */
async function declaredBy(store: Store, session: Session, request: Request): Promise<Found> {
  const metadata = parseMetadata(request.headers.get('upload-metadata'));
  const id = PhotoId.safeParse(metadata.id);
  if (!id.success) return { refusal: { code: 'malformed', details: { field: 'id' } } };
  const length = Number(request.headers.get('upload-length') ?? NaN);
  if (!Number.isInteger(length))
    return { refusal: { code: 'malformed', details: { field: 'upload-length' } } };
  if (length > maxPhotoBytes) return { refusal: { code: 'too-large', details: { maximum: maxPhotoBytes } } };
  const photo = await findOwn(store, session, id.data, metadata.community ?? undefined);
  if (!photo) return { refusal: { code: 'photo-not-declared' } };
  return photo.bytes === length ? { photo } : { refusal: { code: 'photo-length-differs' } };
}

async function namedBy(store: Store, session: Session, request: Request): Promise<Found> {
  const id = PhotoId.safeParse(lastPart(request.url));
  const photo = id.success ? await findOwn(store, session, id.data) : undefined;
  return photo ? { photo } : { refusal: { code: 'not-found' } };
}

/** Somebody else's photo is as good as none: nobody adds to it, and nobody learns that it is here. */
async function findOwn(
  store: Store,
  session: Session,
  id: PhotoId,
  community?: string
): Promise<PhotoRow | undefined> {
  const photos = (await listPhotosById(store, id)).filter(
    (photo) => mayBring(photo, session.account) && (community === undefined || photo.community === community)
  );
  return photos.find((photo) => photo.stored_at === null) ?? photos[0];
}

function parseMetadata(header: string | null): Record<string, string | null> {
  try {
    return Metadata.parse(header ?? '');
  } catch {
    return {};
  }
}

function created(photo: PhotoRow, offset: string): Response {
  return done(201, { location: `/api/photos/${photo.id}`, 'upload-offset': offset });
}

function done(status: number, headers: Record<string, string>): Response {
  const all = { ...headers, 'tus-resumable': tusVersion, 'cache-control': 'no-store' };
  return new Response(null, { status, headers: all });
}

function refuse(refusal: Refusal, headers: Record<string, string> = {}, status?: number): Promise<Response> {
  return problemWith(refusal, { ...headers, 'tus-resumable': tusVersion }, status);
}
