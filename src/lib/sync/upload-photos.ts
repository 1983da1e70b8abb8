import * as z from 'zod/mini';
import type { QueuedPhoto } from '../data/database';
import {
  listPhotosToUpload,
  listThumbnailsToSend,
  markThumbnailsSent,
  notePhotoFailure,
  postponePhotos
} from '../data/photo-queue';
import type { Outcome, SyncContext } from './context';
import { openUploadLink } from './upload-link';
import { beginUpload, type Sent } from './upload-photo';

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

/** That many pictures failing one after the other may be the office's fault: they wait for a while without blame. */
const maxFailed = 3;

/** While one upload waits for its answer, or for a new connection, the other uses the link. */
const lanes = 2;

/** Step 8: whole pictures, oldest first, each from the byte the office has. One it fails on does not keep the others. */
export async function uploadPhotos(context: SyncContext): Promise<Outcome> {
  const { database } = context.author;
  const waiting = await listPhotosToUpload(database, context.now());
  const link = openUploadLink();
  const failed: QueuedPhoto[] = [];
  let outcome: Outcome = 'done';
  const note = async (photo: QueuedPhoto, sent: Sent) => {
    if (sent === 'failed') failed.push(photo);
    else if (sent === 'done') await blame(failed.splice(0));
    else outcome = sent;
    if (failed.length < maxFailed) return;
    await postponePhotos(database, failed.splice(0), context.now());
    outcome = 'away';
  };
  /** The office takes others: what it fails on is itself to blame. */
  const blame = async (photos: readonly QueuedPhoto[]) => {
    for (const one of photos) await notePhotoFailure(database, one, context.now());
  };
  const begin = () => {
    const photo = outcome === 'done' ? waiting.shift() : undefined;
    return photo && { photo, upload: beginUpload(context, photo, link) };
  };
  const uploadInTurn = async () => {
    for (let current = begin(); current;) {
      await current.upload.made;
      // The next one is announced while the bytes of this one are on their way; texts go before it.
      const next = context.isWoken?.() ? undefined : begin();
      await note(current.photo, await current.upload.finish());
      current = next;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, uploadInTurn));
  // The store failed under one of them: said once none is under way any more.
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  // It answered texts and pages in this run: what it fails on stands alone.
  if (outcome === 'done') await blame(failed);
  return outcome;
}
