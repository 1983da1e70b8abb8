import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { v7 as uuidV7 } from 'uuid';
import { CommunityCode } from '../domain/area';
import type { Change } from '../domain/changes';
import type { Actor } from '../domain/grant';
import { AccountId, ChangeId, PhotoId, RecordId, type DeviceId } from '../domain/ids';
import { msToInstant, type Instant } from '../domain/instant';
import { isReportOrCase, type AnyRecord } from '../domain/record';
import { maxThumbnailBytes } from '../domain/photo';
import type { Refusal, RefusalCode } from '../domain/refusal';
import type { PhotoRow } from './database/schema';
import { DurableFileStore, lengthOfFile, syncFolder } from './durable-file-store';
import { receive } from './receive';
import { listPhotosById, loadPhoto, markPhotoStored, mayBring, saveThumbnails } from './records/photos';
import { loadRecords } from './records/records';
import type { Store } from './store';

/** The server among the devices: the sender of changes that no tablet made. */
export const serverDevice = '00000000-0000-7000-8000-000000000000' as DeviceId;

/**
 * `stored`: on disk, hash compared, and in the log · `underway`: bytes are missing · `differs`: all came, were others, and
 * are gone · `erased`: its record was erased meanwhile, and the bytes with it.
 */
type Progress = 'stored' | 'underway' | 'differs' | 'erased';

interface Unfinished {
  files: DurableFileStore;
  /** One run per photo at a time: a HEAD may come while the last PATCH is being finished. */
  running: Map<string, Promise<Progress>>;
}

const unfinishedByStore = new WeakMap<Store, Unfinished>();

function unfinishedOf(store: Store): Unfinished {
  const known = unfinishedByStore.get(store);
  if (known) return known;
  const unfinished = { files: new DurableFileStore(join(store.photoFolder, 'incoming')), running: new Map() };
  unfinishedByStore.set(store, unfinished);
  return unfinished;
}

/** Where the bytes of uploads under way lie, by `uploadKeyOf`. */
export function incomingOf(store: Store): DurableFileStore {
  return unfinishedOf(store).files;
}

/** The id alone is not enough: it is unique inside a community only. */
export function uploadKeyOf(photo: PhotoRow): string {
  return `${photo.community}-${photo.id}`;
}

/** Where the bytes lie for good. Both parts were checked on their way in; a path is not built on trust all the same. */
export function placeOf(store: Store, photo: Pick<PhotoRow, 'id' | 'community'>): string {
  return placeIn(store.photoFolder, photo);
}

/** The same in any folder of pictures, such as a backup's. */
export function placeIn(photoFolder: string, photo: Pick<PhotoRow, 'id' | 'community'>): string {
  return join(photoFolder, CommunityCode.parse(photo.community), PhotoId.parse(photo.id));
}

/**
 * Does what is still missing between the last byte and "stored": compare, move, tell. May be asked at any time and
 * any number of times; after a kill it goes on where it was. Throws where the disk or the store fails.
 */
export function finishPhoto(store: Store, photo: PhotoRow): Promise<Progress> {
  const { running } = unfinishedOf(store);
  const key = uploadKeyOf(photo);
  const known = running.get(key);
  if (known) return known;
  const run = finish(store, photo).finally(() => running.delete(key));
  running.set(key, run);
  return run;
}

async function finish(store: Store, photo: PhotoRow): Promise<Progress> {
  try {
    return await finishDeclared(store, photo);
  } catch (fault) {
    if (await loadPhoto(store, photo.community, PhotoId.parse(photo.id))) throw fault;
    // Its record is being erased: row and files go at any moment.
    await discardPhoto(store, photo);
    return 'erased';
  }
}

async function finishDeclared(store: Store, photo: PhotoRow): Promise<Progress> {
  const files = incomingOf(store);
  const key = uploadKeyOf(photo);
  const place = placeOf(store, photo);
  // Only the disk says whether the bytes are there: a restored database may know more than it has.
  if ((await lengthOfFile(place)) !== photo.bytes) {
    const length = await files.lengthOf(key);
    if (length === undefined || length < photo.bytes) return 'underway';
    if (length > photo.bytes || (await sha256OfFile(files.fileOf(key))) !== photo.sha256) {
      await files.discard(key);
      return 'differs';
    }
    await files.moveTo(key, place);
  } else if (photo.stored_at !== null) return 'stored';
  await files.discard(key);
  const storedAt = await tellStored(store, photo);
  // Marked last: a photo with the mark has nothing left to do.
  await markPhotoStored(store, photo, storedAt);
  return 'stored';
}

/** Puts `photo-stored` into the log, unless it is there already, so that every device learns of it. */
async function tellStored(store: Store, photo: PhotoRow): Promise<Instant> {
  const community = CommunityCode.parse(photo.community);
  const recordId = RecordId.parse(photo.record_id);
  const photoId = PhotoId.parse(photo.id);
  const record = (await loadRecords(store.connection, community, [recordId])).get(recordId);
  const told = record && mediaOf(record).find((medium) => medium.id === photoId)?.storedAt;
  if (told) return told;
  const now = msToInstant(Date.now());
  const change: Change<'photo-stored'> = {
    id: ChangeId.parse(uuidV7()),
    kind: 'photo-stored',
    shape: 1,
    community,
    author: AccountId.parse(photo.author),
    device: serverDevice,
    at: now,
    baseVersion: record?.version ?? 0,
    facts: { recordId, photoId, storedAt: now }
  };
  const [receipt] = await receive(
    store,
    { actor: 'server', device: serverDevice },
    [JSON.stringify(change)],
    now
  );
  if (receipt?.status === 'accepted') return now;
  throw new Error(`photo-stored was not accepted: ${receipt?.status}`);
}

/** The pictures and voice notes of a record. */
export function mediaOf(record: AnyRecord): { id: PhotoId; storedAt?: Instant }[] {
  if (!isReportOrCase(record)) return [];
  return record.kind === 'case' ? record.photos : [...record.photos, ...record.voices];
}

/** Removes every byte of a photo, also of an upload under way. The caller has removed its row. */
export async function discardPhoto(store: Store, photo: PhotoRow): Promise<void> {
  const files = incomingOf(store);
  await files.discard(uploadKeyOf(photo));
  await syncFolder(files.directory);
  const place = placeOf(store, photo);
  await rm(place, { force: true });
  await syncFolder(dirname(place)).catch((fault: NodeJS.ErrnoException) => {
    // No picture of this community ever came.
    if (fault.code !== 'ENOENT') throw fault;
  });
}

async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Uint8Array);
  return hash.digest('hex');
}

/** For office pages, which hold every byte: call it once their change that declares the photo was accepted. */
export async function storeWholePhoto(
  store: Store,
  community: CommunityCode,
  photoId: PhotoId,
  bytes: Uint8Array
): Promise<{ stored: true } | { refusal: Refusal }> {
  const photo = await loadPhoto(store, community, photoId);
  if (!photo) return { refusal: { code: 'photo-not-declared' } };
  if (bytes.length !== photo.bytes) return { refusal: { code: 'photo-length-differs' } };
  if ((await finishPhoto(store, photo)) === 'stored') return { stored: true };
  await incomingOf(store).put(uploadKeyOf(photo), bytes);
  const progress = await finishPhoto(store, photo);
  if (progress === 'stored') return { stored: true };
  return { refusal: { code: progress === 'erased' ? 'photo-not-declared' : 'photo-hash-differs' } };
}

/** More than this in one request would hold the store too long (step 4). */
export const maxThumbnailsPerRequest = 200;
/** With a kilobyte of form around each. */
export const maxThumbnailFormBytes = maxThumbnailsPerRequest * (maxThumbnailBytes + 1024);

interface ThumbnailReply {
  stored: PhotoId[];
  refused: { id: string; code: RefusalCode }[];
}

/** Step 3: small JPEGs, each under the id of its photo. Only who may bring its bytes gives a photo one. */
export async function storeThumbnails(store: Store, session: Actor, form: FormData): Promise<ThumbnailReply> {
  const refused: ThumbnailReply['refused'] = [];
  const accepted: { photo: PhotoRow; jpeg: Uint8Array }[] = [];
  for (const [id, value] of form) {
    if (accepted.length === maxThumbnailsPerRequest) refused.push({ id, code: 'too-large' });
    else {
      const read = await readThumbnailPart(store, session, id, value);
      if ('photo' in read) accepted.push(read);
      else refused.push({ id, code: read.code });
    }
  }
  await saveThumbnails(store, accepted);
  return { stored: accepted.map(({ photo }) => PhotoId.parse(photo.id)), refused };
}

async function readThumbnailPart(
  store: Store,
  session: Actor,
  id: string,
  value: FormDataEntryValue
): Promise<{ photo: PhotoRow; jpeg: Uint8Array } | Refusal> {
  if (!PhotoId.safeParse(id).success || typeof value === 'string') return { code: 'malformed' };
  if (value.size > maxThumbnailBytes) return { code: 'too-large' };
  const jpeg = new Uint8Array(await value.arrayBuffer());
  if (jpeg[0] !== 0xff || jpeg[1] !== 0xd8 || jpeg[2] !== 0xff) return { code: 'malformed' };
  const photo = (await listPhotosById(store, id)).find((one) => mayBring(one, session.account));
  return photo ? { photo, jpeg } : { code: 'photo-not-declared' };
}
