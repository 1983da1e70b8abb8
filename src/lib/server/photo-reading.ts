import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Actor } from '../domain/grant';
import { PhotoId, type RecordId } from '../domain/ids';
import type { Instant } from '../domain/instant';
import { isReport, visibilityOf, type AnyRecord } from '../domain/record';
import { mayDo } from '../domain/rights';
import { seenBy, withoutContacts } from '../domain/seen-record';
import { noteOpening, noteRefused } from './access-log';
import type { PhotoRow } from './database/schema';
import { lengthOfFile } from './durable-file-store';
import { mediaOf, placeOf } from './photo-store';
import { problem, problemWith } from './problem';
import { listPhotosById } from './records/photos';
import { loadRecords } from './records/records';
import type { Store } from './store';

/** What a browser shows or plays without running anything. All else, SVG and HTML above all, is only for saving. */
const shownTypes = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/avif',
  'image/gif',
  'audio/webm',
  'audio/ogg',
  'audio/mp4',
  'audio/aac',
  'audio/mpeg',
  'audio/wav'
]);

/** The picture or voice note with this id. Missing, not here yet and not for this actor are one answer. */
export async function readPhoto(
  store: Store,
  actor: Actor,
  id: string,
  rangeHeader: string | null,
  now: Instant
): Promise<Response> {
  const readable = await listReadable(store, actor, id, now);
  for (const photo of readable) {
    const file = placeOf(store, photo);
    const length = await lengthOfFile(file);
    if (length === undefined) continue;
    const { community, record_id } = photo;
    const recordId = record_id as RecordId;
    await noteOpening(store, { ...openingOf(actor), community, recordId, isRefused: false }, now);
    return sendFile(file, length, headersFor(photo.id, photo.mime), rangeHeader);
  }
  if (!readable.length) await noteRefusedMedia(store, actor, id, now);
  return problem({ code: 'not-found' });
}

/** Not a line each: who sees it has the record or its list open, of which there is one. */
export async function readThumbnail(store: Store, actor: Actor, id: string, now: Instant): Promise<Response> {
  const readable = await listReadable(store, actor, id, now);
  if (!readable.length) await noteRefusedMedia(store, actor, id, now);
  const photo = readable.find(({ thumbnail }) => thumbnail !== null);
  if (!photo?.thumbnail) return problem({ code: 'not-found' });
  return new Response(Buffer.from(photo.thumbnail, 'base64'), {
    headers: headersFor(photo.id, 'image/jpeg')
  });
}

const openingOf = ({ account }: Actor) => ({ account, what: 'media', purpose: 'picture' }) as const;

async function noteRefusedMedia(store: Store, actor: Actor, id: string, now: Instant): Promise<void> {
  for (const { record_id } of PhotoId.safeParse(id).success ? await listPhotosById(store, id) : [])
    await noteRefused(store, { ...openingOf(actor), recordId: record_id as RecordId }, now);
}

/** Several communities may know the id: only the rows whose record this actor may read count. */
async function listReadable(store: Store, actor: Actor, id: string, now: Instant): Promise<PhotoRow[]> {
  if (!PhotoId.safeParse(id).success) return [];
  const readable: PhotoRow[] = [];
  for (const photo of await listPhotosById(store, id)) {
    const [record, work] = await loadWithCase(store, photo);
    const maySee = (one: AnyRecord | undefined) =>
      one !== undefined && mayDo(actor, 'read', visibilityOf(one), now);
    if (!record || (!maySee(record) && !maySee(work))) continue;
    // Whoever must act on a case needs its pictures, but never hears the voice of who reported it.
    const seen = maySee(record) ? seenBy(actor, record, now) : withoutContacts(record);
    if (mediaOf(seen).some(({ id: shown }) => shown === photo.id)) readable.push(photo);
  }
  return readable;
}

/** The record that declared the picture, and the case opened from it. */
async function loadWithCase(store: Store, photo: PhotoRow): Promise<[AnyRecord?, AnyRecord?]> {
  const load = async (id: RecordId) => (await loadRecords(store.connection, photo.community, [id])).get(id);
  const record = await load(photo.record_id as RecordId);
  return [record, isReport(record) && record.caseId ? await load(record.caseId) : undefined];
}

function headersFor(id: string, mime: string): Record<string, string> {
  const isShown = shownTypes.has(mime.toLowerCase());
  return {
    'content-type': isShown ? mime.toLowerCase() : 'application/octet-stream',
    'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename="${id}"`,
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff'
  };
}

function sendFile(
  file: string,
  length: number,
  headers: Record<string, string>,
  rangeHeader: string | null
): Response | Promise<Response> {
  const range = parseRange(rangeHeader, length);
  if (range === 'outside')
    return problemWith(
      { code: 'malformed', details: { field: 'range' } },
      { 'content-range': `bytes */${length}` },
      416
    );
  const { start, end } = range ?? { start: 0, end: length - 1 };
  const body = Readable.toWeb(createReadStream(file, { start, end })) as ReadableStream<Uint8Array>;
  return new Response(body, {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      'accept-ranges': 'bytes',
      'content-length': String(end - start + 1),
      ...(range ? { 'content-range': `bytes ${start}-${end}/${length}` } : {})
    }
  });
}

/** First and last byte asked for; null for all of them: no range, several ranges, or none that makes sense (RFC 9110, 14.2). */
function parseRange(
  header: string | null,
  length: number
): { start: number; end: number } | 'outside' | null {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/i.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return null;
  if (first === '') {
    const count = Math.min(Number(last), length);
    return count === 0 ? 'outside' : { start: length - count, end: length - 1 };
  }
  const start = Number(first);
  const end = last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (last !== '' && Number(last) < start) return null;
  return start >= length ? 'outside' : { start, end };
}
