import * as z from 'zod/mini';
import type { QueuedPhoto } from '../data/database';
import {
  listThumbnailsToSend,
  loadPicture,
  markPhotoRefused,
  markPhotoStored,
  markThumbnailsSent,
  nextPhotoToUpload,
  notePhotoFailure,
  postponePhotos
} from '../data/photo-queue';
import type { PhotoId } from '../domain/ids';
import { msToInstant } from '../domain/instant';
import { Problem } from '../protocol/problem';
import type { Outcome, SyncContext } from './context';

const tus = { 'tus-resumable': '1.0.0' };
const ThumbnailReply = z.object({ stored: z.array(z.string()) });

/** About half a second on the thinnest link; a request that is cut is sent again whole. */
const thumbnailsPerRequest = 8;

/** Step 3: small pictures first, many in one request, so that the office sees something before the photos arrive. */
export async function uploadThumbnails(context: SyncContext): Promise<Outcome> {
  const { database } = context.author;
  for (;;) {
    const waiting = await listThumbnailsToSend(database, thumbnailsPerRequest);
    if (!waiting.length) return 'done';
    const form = new FormData();
    for (const { id, bytes } of waiting)
      form.append(id, new Blob([bytes], { type: 'image/jpeg' }), `${id}.jpg`);
    const answer = await context.transport.postForm('/api/photos/thumbnails', form, ThumbnailReply);
    if (answer.status === 'away') return 'away';
    if (answer.status === 'refused' && answer.code === 'not-signed-in') return 'signed-out';
    if (answer.status === 'refused' && answer.code === 'account-mismatch') return answer.code;
    // The pictures themselves follow all the same.
    if (answer.status !== 'answered') return 'done';
    // One that the office would not take is not offered again.
    await markThumbnailsSent(
      database,
      waiting.map((thumbnail) => thumbnail.id)
    );
  }
}

/** What came of one picture; `failed` is the office's fault with this one, which says nothing about the others yet. */
type Sent = Outcome | 'failed';

/** That many pictures failing one after the other may be the office's fault: they wait for a while without blame. */
const maxFailed = 3;

/** Step 8: whole pictures, one at a time, each from the byte the office has. One it fails on does not keep the others. */
export async function uploadPhotos(context: SyncContext): Promise<Outcome> {
  const { database } = context.author;
  let failed: QueuedPhoto[] = [];
  const tried = new Set<PhotoId>();
  const piece = { bytes: firstPieceBytes };
  for (;;) {
    const photo = await nextPhotoToUpload(database, context.now(), tried);
    if (!photo) break;
    tried.add(photo.id);
    const sent = await uploadOne(context, photo, piece);
    if (sent === 'failed') failed.push(photo);
    else if (sent !== 'done') return sent;
    else {
      for (const one of failed) await notePhotoFailure(database, one, context.now());
      failed = [];
    }
    if (failed.length < maxFailed) continue;
    await postponePhotos(database, failed, context.now());
    return 'away';
  }
  // The office answered texts and pages in this run: what it fails on stands alone.
  for (const one of failed) await notePhotoFailure(database, one, context.now());
  return 'done';
}

/**
 * A request carries so much that its answer comes within about a second: what is confirmed can be shown while a long
 * upload goes on, and a quick link is not kept waiting between requests.
 */
const firstPieceBytes = 128 * 1024;
const comfortableMs = 1_000;
const smallestPieceBytes = 32 * 1024;
const largestPieceBytes = 2 * 1024 * 1024;

function nextPieceBytes(bytes: number, tookMs: number): number {
  const factor = Math.max(0.5, Math.min(4, comfortableMs / Math.max(1, tookMs)));
  return Math.round(Math.max(smallestPieceBytes, Math.min(largestPieceBytes, bytes * factor)));
}

async function uploadOne(context: SyncContext, photo: QueuedPhoto, piece: { bytes: number }): Promise<Sent> {
  const { transport, author } = context;
  const bytes = await loadPicture(author.database, photo.id).catch(() => 'unreadable' as const);
  if (bytes === 'unreadable') return 'failed';
  if (!bytes) {
    await markPhotoRefused(author.database, photo.id, { code: 'malformed', details: { field: 'photo' } });
    return 'done';
  }
  const created = await transport.raw('POST', '/api/photos', {
    ...tus,
    'upload-length': String(bytes.byteLength),
    'upload-metadata': `id ${btoa(photo.id)}`
  });
  if (created?.status !== 201) return unfinished(context, photo, created);
  const path = `/api/photos/${photo.id}`;
  let offset = offsetOf(created) ?? 0;
  let cuts = 0;
  context.onConfirmed?.(photo.id, offset);
  while (offset < bytes.byteLength) {
    const started = context.now();
    const patched = await transport.raw(
      'PATCH',
      path,
      { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      new Blob([bytes.slice(offset, offset + piece.bytes)])
    );
    const reached = patched?.status === 204 ? offsetOf(patched) : null;
    if (reached !== null) {
      offset = reached;
      piece.bytes = nextPieceBytes(piece.bytes, context.now() - started);
      context.onConfirmed?.(photo.id, offset);
      continue;
    }
    if (patched && patched.status >= 400 && patched.status !== 409)
      return unfinished(context, photo, patched);
    // Cut: ask how far it came, and go on from there while there is progress.
    const asked = await transport.raw('HEAD', path, tus);
    const known = asked?.ok ? offsetOf(asked) : null;
    if (known === null) return 'away';
    cuts = known > offset ? 0 : cuts + 1;
    if (cuts >= 3) return 'failed';
    offset = known;
    piece.bytes = nextPieceBytes(piece.bytes, Infinity);
    context.onConfirmed?.(photo.id, offset);
  }
  await markPhotoStored(author.database, photo.id, msToInstant(context.now()));
  return 'done';
}

function offsetOf(response: Response): number | null {
  const text = response.headers.get('upload-offset');
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

/** The server said no to this picture: shown with the reason, its bytes kept. Anything else: again, later. */
async function unfinished(
  context: SyncContext,
  photo: QueuedPhoto,
  response: Response | null
): Promise<Sent> {
  if (!response) return 'away';
  // In no words of ours: something on the way says no, and it may say so to this picture alone.
  const body: unknown = await response.json().catch(() => null);
  const problem = Problem.safeParse(body);
  if (response.status >= 500 || !problem.success) return 'failed';
  const { code, details } = problem.data;
  if (code === 'not-signed-in') return 'signed-out';
  if (code === 'account-mismatch') return 'account-mismatch';
  // Damaged on the way: the office has thrown the bytes away, the next try starts anew.
  if (code === 'photo-hash-differs' || code === 'not-found') return 'failed';
  await markPhotoRefused(context.author.database, photo.id, { code, details });
  return 'done';
}
