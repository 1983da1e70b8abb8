import { createHash, randomBytes } from 'node:crypto';
import {
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  truncate,
  writeFile,
  type FileHandle
} from 'node:fs/promises';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequest, setResponse } from '@sveltejs/kit/node';
import { Upload } from 'tus-js-client';
import { v7 as uuidV7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Role } from '../domain/grant';
import type { AccountId, DeviceId, PhotoId, RecordId } from '../domain/ids';
import { maxPhotoBytes, maxThumbnailBytes } from '../domain/photo';
import type { Issue } from '../domain/report';
import { aheadHeader } from '../protocol/push';
import { isOtherAccount } from './account-check';
import { DurableFileStore } from './durable-file-store';
import { eraseRecord } from './erase';
import { readPhoto, readThumbnail } from './photo-reading';
import {
  finishPhoto,
  maxThumbnailsPerRequest,
  serverDevice,
  storeThumbnails,
  storeWholePhoto
} from './photo-store';
import { handleUpload } from './photo-upload';
import { receive } from './receive';
import { saveAccount } from './records/accounts';
import { listPhotosById } from './records/photos';
import { loadRecords } from './records/records';
import { saveAreas, saveCommunity } from './records/reference';
import { openSession, type Session } from './session';
import { closeStore, openStore, type Store } from './store';

const community = '510104020005';
const otherCommunity = '510104020006';
const grid = `${community}001`;
const now = '2026-11-20T08:30:00.000Z';

let folder: string;
let store: Store;
let worker: Session;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xunge-photos-'));
  store = await openStore(folder);
  await saveAreas(store, [{ code: '510104020', name: '街道' }]);
  await saveCommunity(store, community, '长天路社区居委会', false);
  await saveCommunity(store, otherCommunity, '望江路社区居委会', false);
  worker = await signedIn('gridWorker', grid);
});

afterEach(async () => {
  await closeStore(store);
  await rm(folder, { recursive: true, force: true });
});

async function signedIn(role: Role, area: string): Promise<Session> {
  const id = uuidV7() as AccountId;
  const account = { id, login: id, name: '李平', passwordHash: '', grants: [{ role, area }] };
  await saveAccount(store, account, now);
  return (await openSession(store, id, uuidV7() as DeviceId, Date.now())).session;
}

interface Declared {
  id: PhotoId;
  recordId: RecordId;
  bytes: Buffer;
}

/** A report of this author with one picture, both accepted; the bytes are still to come. */
async function declare(
  author: Session,
  bytes: Buffer,
  { id = uuidV7() as PhotoId, mime = 'image/jpeg', ownerGridCode = grid, communityOnly = false } = {}
): Promise<Declared> {
  const recordId = uuidV7() as RecordId;
  const head = {
    shape: 1,
    community: ownerGridCode.slice(0, 12),
    author: author.account,
    device: author.device,
    at: now
  };
  const issue = {
    recordId,
    number: '李平-1120-01',
    ownerGridCode,
    place: { source: 'none' },
    text: '螺丝松动',
    photoIds: [id],
    voiceIds: [],
    solvedOnSpot: false,
    communityOnly,
    categoryCode: 'C01',
    publicFacility: false,
    quickReport: false,
    answers: {}
  };
  const photo = { id, mime, bytes: bytes.length, sha256: sha256(bytes), source: 'camera', stage: 'before' };
  const changes = [
    { ...head, id: uuidV7(), kind: 'issue-recorded', baseVersion: 0, facts: issue },
    {
      ...head,
      id: uuidV7(),
      kind: 'photo-attached',
      baseVersion: 1,
      facts: { recordId, photo: { ...photo, previewable: true } }
    }
  ];
  const sender = { actor: author, device: author.device };
  const receipts = await receive(
    store,
    sender,
    changes.map((change) => JSON.stringify(change)),
    now
  );
  expect(receipts).toMatchObject([{ status: 'accepted', count: 2 }]);
  return { id, recordId, bytes };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const tus = { 'tus-resumable': '1.0.0' };
const patchHeaders = { ...tus, 'content-type': 'application/offset+octet-stream' };

interface Creation {
  session?: Session | null;
  length?: number;
  headers?: Record<string, string>;
  body?: Buffer;
}

function post(photo: Pick<Declared, 'id' | 'bytes'>, options: Creation = {}): Promise<Response> {
  const { session = worker, length = photo.bytes.length, body } = options;
  const own = { 'upload-length': String(length), 'upload-metadata': `id ${base64(photo.id)}` };
  const headers = { ...tus, ...own, ...options.headers };
  const init = { method: 'POST', headers, body: body && new Uint8Array(body) };
  return handleUpload(store, session, new Request('http://x/api/photos', init));
}

function head(id: string, session = worker): Promise<Response> {
  return handleUpload(
    store,
    session,
    new Request(`http://x/api/photos/${id}`, { method: 'HEAD', headers: tus })
  );
}

function patch(
  id: string,
  offset: number,
  body: Uint8Array | ReadableStream,
  session = worker
): Promise<Response> {
  const headers = { ...patchHeaders, 'upload-offset': String(offset) };
  const init = { method: 'PATCH', headers, body: body as BodyInit, duplex: 'half' };
  return handleUpload(store, session, new Request(`http://x/api/photos/${id}`, init));
}

const offsetOf = (response: Response) => Number(response.headers.get('upload-offset') ?? NaN);

async function codeOf(response: Response): Promise<unknown> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const body = (await response.json()) as { code: string; status: number };
  expect(body.status).toBe(response.status);
  return body.code;
}

const placeOf = ({ id }: Declared) => join(folder, 'photos', community, id);
const incomingOf = ({ id }: Declared) => join(folder, 'photos', 'incoming', `${community}-${id}`);

async function recordOf({ recordId }: Declared): Promise<Issue> {
  return (await loadRecords(store.connection, community, [recordId])).get(recordId) as Issue;
}

function storedChanges() {
  return store.connection.selectFrom('change').selectAll().where('kind', '=', 'photo-stored').execute();
}

async function expectStored(photo: Declared, times = 1): Promise<void> {
  expect((await readFile(placeOf(photo))).equals(photo.bytes)).toBe(true);
  const [row] = await listPhotosById(store, photo.id);
  expect(row?.stored_at).toBeTruthy();
  expect((await recordOf(photo)).photos[0]?.storedAt).toBe(row?.stored_at);
  expect(await storedChanges()).toHaveLength(times);
  expect(await readdir(join(folder, 'photos', 'incoming'))).toEqual([]);
}

/** A body whose sender is cut off after these bytes. */
function cutAfter(bytes: Buffer): ReadableStream {
  let sent = false;
  return new ReadableStream({
    async pull(controller) {
      if (!sent) controller.enqueue(new Uint8Array(bytes));
      else {
        await new Promise((resolve) => setTimeout(resolve, 50));
        controller.error(new Error('cut'));
      }
      sent = true;
    }
  });
}

describe('uploading', () => {
  test('a whole photo is stored, and every other device learns of it', async () => {
    const photo = await declare(worker, randomBytes(300_000));
    const made = await post(photo);
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`/api/photos/${photo.id}`);
    expect(offsetOf(made)).toBe(0);
    const patched = await patch(photo.id, 0, photo.bytes);
    expect(patched.status).toBe(204);
    expect(offsetOf(patched)).toBe(300_000);
    expect(patched.headers.get('tus-resumable')).toBe('1.0.0');
    await expectStored(photo);
    const [change] = await storedChanges();
    expect(change).toMatchObject({ author: worker.account, device: serverDevice, version: 3 });
  });

  test('the answer that it is stored says how far the log has come', async () => {
    const photo = await declare(worker, randomBytes(1000));
    expect((await post(photo)).headers.get(aheadHeader)).toBeNull();
    const answers = [await patch(photo.id, 0, photo.bytes), await head(photo.id), await post(photo)];
    const [told] = await storedChanges();
    for (const { headers } of answers)
      expect(JSON.parse(headers.get(aheadHeader)!)).toMatchObject({
        [community]: {
          epoch: store.epoch,
          sequence: told!.sequence,
          mark: expect.stringContaining(told!.id) as string
        }
      });
  });

  test('in pieces, with HEAD between them', async () => {
    const photo = await declare(worker, randomBytes(250_000));
    await post(photo);
    for (let offset = 0; offset < 250_000; offset += 100_000) {
      const asked = await head(photo.id);
      expect(asked.status).toBe(200);
      expect(offsetOf(asked)).toBe(offset);
      expect(asked.headers.get('upload-length')).toBe('250000');
      expect(asked.headers.get('cache-control')).toBe('no-store');
      expect((await patch(photo.id, offset, photo.bytes.subarray(offset, offset + 100_000))).status).toBe(
        204
      );
    }
    await expectStored(photo);
  });

  test('a PATCH that is cut off keeps what arrived, and goes on from there', async () => {
    const photo = await declare(worker, randomBytes(200_000));
    await post(photo);
    const cut = await patch(photo.id, 0, cutAfter(photo.bytes.subarray(0, 120_000)));
    expect(cut.status).toBe(503);
    expect(await codeOf(cut)).toBe('not-ready');
    const offset = offsetOf(await head(photo.id));
    expect(offset).toBe(120_000);
    expect((await patch(photo.id, offset, photo.bytes.subarray(offset))).status).toBe(204);
    await expectStored(photo);
  });

  test('a creation asked for again answers the offset and empties nothing', async () => {
    const photo = await declare(worker, randomBytes(200_000));
    await post(photo);
    await patch(photo.id, 0, photo.bytes.subarray(0, 90_000));
    const again = await post(photo);
    expect(again.status).toBe(201);
    expect(again.headers.get('location')).toBe(`/api/photos/${photo.id}`);
    expect(offsetOf(again)).toBe(90_000);
    const withBody = await post(photo, { headers: patchHeaders, body: randomBytes(1_000) });
    expect(withBody.status).toBe(201);
    expect(offsetOf(withBody)).toBe(90_000);
    await patch(photo.id, 90_000, photo.bytes.subarray(90_000));
    await expectStored(photo);
  });

  test('a creation may carry the first bytes, or all of them', async () => {
    const photo = await declare(worker, randomBytes(50_000));
    const made = await post(photo, { headers: patchHeaders, body: photo.bytes.subarray(0, 20_000) });
    expect(made.status).toBe(201);
    expect(offsetOf(made)).toBe(20_000);
    await patch(photo.id, 20_000, photo.bytes.subarray(20_000));
    await expectStored(photo);
    const whole = await declare(worker, randomBytes(50_000));
    expect(offsetOf(await post(whole, { headers: patchHeaders, body: whole.bytes }))).toBe(50_000);
    await expectStored(whole, 2);
  });

  test('once stored, everything answers done and nothing happens twice', async () => {
    const photo = await declare(worker, randomBytes(10_000));
    await post(photo, { headers: patchHeaders, body: photo.bytes });
    const asked = await head(photo.id);
    expect(offsetOf(asked)).toBe(10_000);
    expect(asked.headers.get('upload-length')).toBe('10000');
    expect(offsetOf(await post(photo))).toBe(10_000);
    expect((await patch(photo.id, 10_000, new Uint8Array())).status).toBe(204);
    const other = await patch(photo.id, 0, randomBytes(10_000));
    expect(other.status).toBe(409);
    expect(await codeOf(other)).toBe('wrong-state');
    await expectStored(photo);
  });

  test('a wrong offset is 409, and its body is read away so that the connection stays usable', async () => {
    const photo = await declare(worker, randomBytes(20_000));
    await post(photo);
    await patch(photo.id, 0, photo.bytes.subarray(0, 5_000));
    let isRead = false;
    const body = new ReadableStream(
      {
        pull: (controller) => {
          isRead = true;
          controller.enqueue(new Uint8Array(15_000));
          controller.close();
        }
      },
      { highWaterMark: 0 }
    );
    const wrong = await patch(photo.id, 4_000, body);
    expect(wrong.status).toBe(409);
    expect(await codeOf(wrong)).toBe('wrong-state');
    expect(isRead).toBe(true);
    expect(offsetOf(await head(photo.id))).toBe(5_000);
  });

  test('more bytes than declared are refused and none of the excess is kept', async () => {
    const photo = await declare(worker, randomBytes(20_000));
    await post(photo);
    expect((await patch(photo.id, 0, randomBytes(20_001))).status).toBe(413);
    expect((await readFile(incomingOf(photo))).length).toBeLessThanOrEqual(20_000);
  });

  test('two PATCHes at the same time leave the photo whole', async () => {
    const photo = await declare(worker, randomBytes(3_000_000));
    await post(photo);
    const slow = new ReadableStream({
      async start(controller) {
        for (let offset = 0; offset < 3_000_000; offset += 500_000) {
          controller.enqueue(new Uint8Array(photo.bytes.subarray(offset, offset + 500_000)));
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        controller.close();
      }
    });
    const both = await Promise.all([patch(photo.id, 0, slow), patch(photo.id, 0, photo.bytes)]);
    const offset = offsetOf(await head(photo.id));
    expect(both.some(({ ok }) => ok)).toBe(true);
    if (offset < 3_000_000) await patch(photo.id, offset, photo.bytes.subarray(offset));
    await expectStored(photo);
  });

  test('two communities that know the same id get each its own bytes', async () => {
    const neighbour = await signedIn('gridWorker', `${otherCommunity}001`);
    const mine = await declare(worker, randomBytes(10_000));
    const ownerGridCode = `${otherCommunity}001`;
    const theirs = await declare(neighbour, randomBytes(10_000), { id: mine.id, ownerGridCode });
    await post(mine);
    await patch(mine.id, 0, mine.bytes.subarray(0, 4_000));
    expect(offsetOf(await post(theirs, { session: neighbour }))).toBe(0);
    expect((await patch(theirs.id, 0, theirs.bytes, neighbour)).status).toBe(204);
    expect((await patch(mine.id, 4_000, mine.bytes.subarray(4_000))).status).toBe(204);
    await expectStored(mine, 2);
    expect((await readFile(join(folder, 'photos', otherCommunity, mine.id))).equals(theirs.bytes)).toBe(true);
  });

  test('a PATCH whose sender hangs gives way to a HEAD, and what it sent is kept', async () => {
    const photo = await declare(worker, randomBytes(40_000));
    await post(photo);
    const hanging = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(photo.bytes.subarray(0, 30_000)))
    });
    const first = patch(photo.id, 0, hanging);
    await vi.waitFor(async () => expect((await readFile(incomingOf(photo))).length).toBe(30_000));
    const offset = offsetOf(await head(photo.id));
    expect(offset).toBe(30_000);
    await first;
    await patch(photo.id, offset, photo.bytes.subarray(offset));
    await expectStored(photo);
  });

  test('no byte is answered before it is on disk, and no photo before its place is', async () => {
    const photo = await declare(worker, randomBytes(20_000));
    const handle = await open(folder, 'r');
    const sync = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'sync');
    await handle.close();
    const second = await declare(worker, randomBytes(20_000));
    const syncsOf = async (step: Promise<Response>) => {
      sync.mockClear();
      await step;
      return sync.mock.calls.length;
    };
    try {
      // A power cut may take the beginning: the upload begins anew.
      expect(await syncsOf(post(photo))).toBe(0);
      expect(await syncsOf(patch(photo.id, 0, photo.bytes.subarray(0, 5_000)))).toBe(1);
      expect(await syncsOf(patch(photo.id, 5_000, cutAfter(photo.bytes.subarray(5_000, 9_000))))).toBe(1);
      expect(await syncsOf(patch(photo.id, 9_000, photo.bytes.subarray(9_000)))).toBe(1 + 3);
      // The community's folder is known to be on disk by now.
      expect(await syncsOf(post(second, { body: second.bytes, headers: patchHeaders }))).toBe(1 + 2);
    } finally {
      sync.mockRestore();
    }
    await expectStored(photo, 2);
  });

  test('OPTIONS names what is offered, and termination is not', async () => {
    const options = await handleUpload(
      store,
      worker,
      new Request('http://x/api/photos', { method: 'OPTIONS' })
    );
    expect(options.status).toBe(204);
    expect(options.headers.get('tus-extension')).toBe('creation,creation-with-upload');
    expect(options.headers.get('tus-max-size')).toBe(String(maxPhotoBytes));
    expect(options.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('DELETE is refused and takes nothing away', async () => {
    const photo = await declare(worker, randomBytes(10_000));
    await post(photo);
    await patch(photo.id, 0, photo.bytes.subarray(0, 5_000));
    const request = new Request(`http://x/api/photos/${photo.id}`, { method: 'DELETE', headers: tus });
    const refused = await handleUpload(store, worker, request);
    expect(refused.status).toBe(405);
    expect(refused.headers.get('allow')).not.toContain('DELETE');
    expect(await codeOf(refused)).toBe('malformed');
    expect(offsetOf(await head(photo.id))).toBe(5_000);
  });

  test('another version of tus is 412', async () => {
    const photo = await declare(worker, randomBytes(10));
    const other = await post(photo, { headers: { 'tus-resumable': '2.0.0' } });
    expect(other.status).toBe(412);
    expect(other.headers.get('tus-version')).toBe('1.0.0');
    expect(await codeOf(other)).toBe('upgrade-needed');
  });
});

describe('refused before the first byte', () => {
  const nothing = async () =>
    expect(await readdir(join(folder, 'photos', 'incoming')).catch(() => [])).toEqual([]);

  test('no session, or the session of another account', async () => {
    const photo = await declare(worker, randomBytes(10));
    const unknown = await post(photo, { session: null });
    expect(unknown.status).toBe(401);
    expect(await codeOf(unknown)).toBe('not-signed-in');
    const headers = { 'x-xunge-account': uuidV7() };
    expect(await codeOf(await post(photo, { headers }))).toBe('account-mismatch');
    expect((await post(photo, { headers: { 'x-xunge-account': worker.account } })).status).toBe(201);
    const request = (value?: string) =>
      new Request('http://x', value === undefined ? {} : { headers: { 'x-xunge-account': value } });
    expect([undefined, worker.account, ''].map((value) => isOtherAccount(request(value), worker))).toEqual([
      false,
      false,
      true
    ]);
  });

  test('a photo that no accepted change declared', async () => {
    const refused = await post({ id: uuidV7() as PhotoId, bytes: randomBytes(10) });
    expect(refused.status).toBe(409);
    expect(refused.headers.get('tus-resumable')).toBe('1.0.0');
    expect(await codeOf(refused)).toBe('photo-not-declared');
    await nothing();
  });

  test('a photo of another author, under way or stored', async () => {
    const other = await signedIn('gridWorker', grid);
    const photo = await declare(worker, randomBytes(10_000));
    expect(await codeOf(await post(photo, { session: other }))).toBe('photo-not-declared');
    await post(photo);
    expect((await head(photo.id, other)).status).toBe(404);
    expect(await codeOf(await patch(photo.id, 0, photo.bytes, other))).toBe('not-found');
    await patch(photo.id, 0, photo.bytes);
    expect((await head(photo.id, other)).status).toBe(404);
    expect(await codeOf(await post(photo, { session: other }))).toBe('photo-not-declared');
    await expectStored(photo);
  });

  test('too long, of another length, or without one', async () => {
    const photo = await declare(worker, randomBytes(100));
    const long = await post(photo, { length: maxPhotoBytes + 1 });
    expect(long.status).toBe(413);
    expect(await codeOf(long)).toBe('too-large');
    expect(await codeOf(await post(photo, { length: 101 }))).toBe('photo-length-differs');
    expect(await codeOf(await post(photo, { headers: { 'upload-length': 'many' } }))).toBe('malformed');
    await nothing();
  });

  test('metadata without a proper id, path tricks above all', async () => {
    const bytes = randomBytes(10);
    for (const id of ['', '..', '../../xunge.sqlite', `${community}/${uuidV7()}`, '%2e%2e', 'a\0b'])
      expect(await codeOf(await post({ id: id as PhotoId, bytes }))).toBe('malformed');
    expect(
      await codeOf(await post({ id: uuidV7() as PhotoId, bytes }, { headers: { 'upload-metadata': 'id !' } }))
    ).toBe('malformed');
    for (const id of ['..%2f..%2fxunge.sqlite', '%00', 'incoming']) {
      expect((await head(id)).status).toBe(404);
      expect(await codeOf(await patch(id, 0, bytes))).toBe('not-found');
      expect((await readPhoto(store, worker, id, null, now)).status).toBe(404);
    }
    for (const id of ['../xunge.sqlite', '../../etc/passwd'])
      expect((await readPhoto(store, worker, id, null, now)).status).toBe(404);
    await nothing();
  });

  test('a path is never built from an id that is none, not even from one in the store', async () => {
    const photo = await declare(worker, randomBytes(10));
    const [row] = await listPhotosById(store, photo.id);
    const id = '../../xunge.sqlite';
    await store.connection
      .insertInto('photo')
      .values({ ...row!, id })
      .execute();
    expect((await readPhoto(store, worker, id, null, now)).status).toBe(404);
    const files = new DurableFileStore(join(folder, 'photos', 'incoming'));
    for (const key of [id, `${community}/${photo.id}`, `${community}-${photo.id}/../../x`, `${community}-..`])
      expect(() => files.fileOf(key)).toThrow();
    expect(files.fileOf(`${community}-${photo.id}`)).toBe(incomingOf(photo));
  });
});

describe('other bytes than declared', () => {
  test('are thrown away, and the upload starts anew', async () => {
    const photo = await declare(worker, randomBytes(10_000));
    await post(photo);
    const refused = await patch(photo.id, 0, randomBytes(10_000));
    expect(refused.status).toBe(400);
    expect(await codeOf(refused)).toBe('photo-hash-differs');
    expect((await head(photo.id)).status).toBe(404);
    expect((await readPhoto(store, worker, photo.id, null, now)).status).toBe(404);
    expect(offsetOf(await post(photo))).toBe(0);
    await patch(photo.id, 0, photo.bytes);
    await expectStored(photo);
  });

  test('found after a power cut, make the upload start anew', async () => {
    const photo = await declare(worker, randomBytes(10_000));
    await post(photo);
    await patch(photo.id, 0, photo.bytes.subarray(0, 9_000));
    // Some file systems come back with the length of a write and zeros for its bytes.
    await truncate(incomingOf(photo), 10_000);
    expect((await head(photo.id)).status).toBe(404);
    expect(offsetOf(await post(photo))).toBe(0);
    await patch(photo.id, 0, photo.bytes);
    await expectStored(photo);
  });
});

describe('a server killed', () => {
  test('before the move: a HEAD compares, moves and tells', async () => {
    const photo = await declare(worker, randomBytes(10_000));
    await post(photo);
    await writeFile(incomingOf(photo), photo.bytes);
    expect(offsetOf(await head(photo.id))).toBe(10_000);
    await expectStored(photo);
  });

  test.each(['HEAD', 'POST'])('between move and photo-stored: the next %s tells', async (method) => {
    const photo = await declare(worker, randomBytes(10_000));
    await post(photo);
    await mkdir(join(folder, 'photos', community), { recursive: true });
    await writeFile(incomingOf(photo), photo.bytes);
    await rename(incomingOf(photo), placeOf(photo));
    expect(offsetOf(method === 'HEAD' ? await head(photo.id) : await post(photo))).toBe(10_000);
    await expectStored(photo);
  });

  test('between photo-stored and the mark: marked without telling twice', async () => {
    const photo = await declare(worker, randomBytes(10_000));
    await post(photo, { headers: patchHeaders, body: photo.bytes });
    await store.connection.updateTable('photo').set({ stored_at: null }).execute();
    expect(offsetOf(await head(photo.id))).toBe(10_000);
    await expectStored(photo);
  });

  test('while the upload was made: half of it is repaired by the next creation, no byte lost', async () => {
    const photo = await declare(worker, randomBytes(10_000));
    await post(photo);
    await patch(photo.id, 0, photo.bytes.subarray(0, 6_000));
    await writeFile(`${incomingOf(photo)}.json`, '');
    expect((await head(photo.id)).status).toBe(404);
    expect(offsetOf(await post(photo))).toBe(6_000);
    await patch(photo.id, 6_000, photo.bytes.subarray(6_000));
    await expectStored(photo);
  });

  test('and a disk that lost the photo: "stored" is not claimed, the bytes are taken again', async () => {
    const photo = await declare(worker, randomBytes(10_000));
    await post(photo, { headers: patchHeaders, body: photo.bytes });
    await rm(placeOf(photo));
    expect((await head(photo.id)).status).toBe(404);
    expect(offsetOf(await post(photo, { headers: patchHeaders, body: photo.bytes }))).toBe(10_000);
    await expectStored(photo);
  });

  test('bytes moved while their record was being erased do not stay', async () => {
    const photo = await declare(worker, randomBytes(2000));
    const [row] = await listPhotosById(store, photo.id);
    await eraseRecord(store, community, photo.recordId, now);
    await mkdir(join(folder, 'photos', community), { recursive: true });
    await writeFile(placeOf(photo), photo.bytes);
    expect(await finishPhoto(store, row!)).toBe('erased');
    expect(await readdir(join(folder, 'photos', community))).toEqual([]);
  });

  test('bytes that go while they are being moved were those of an erased record', async () => {
    const photo = await declare(worker, randomBytes(2000));
    const [row] = await listPhotosById(store, photo.id);
    await post(photo);
    await writeFile(incomingOf(photo), photo.bytes);
    vi.spyOn(DurableFileStore.prototype, 'moveTo').mockImplementationOnce(async () => {
      await eraseRecord(store, community, photo.recordId, now);
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    });
    expect(await finishPhoto(store, row!)).toBe('erased');
  });

  test('what the disk does not take is no erased record’s', async () => {
    const photo = await declare(worker, randomBytes(2000));
    const [row] = await listPhotosById(store, photo.id);
    await post(photo);
    await writeFile(incomingOf(photo), photo.bytes);
    vi.spyOn(DurableFileStore.prototype, 'moveTo').mockRejectedValueOnce(new Error('no space'));
    await expect(finishPhoto(store, row!)).rejects.toThrow('no space');
    expect(await finishPhoto(store, row!)).toBe('stored');
  });

  test('requests that finish the same photo together tell once', async () => {
    const photo = await declare(worker, randomBytes(500_000));
    await post(photo);
    await writeFile(incomingOf(photo), photo.bytes);
    const offsets = (await Promise.all([head(photo.id), post(photo), head(photo.id)])).map(offsetOf);
    expect(offsets).toEqual([500_000, 500_000, 500_000]);
    await expectStored(photo);
  });
});

describe('reading', () => {
  const read = (id: string, range: string | null = null, actor = worker) =>
    readPhoto(store, actor, id, range, now);
  const stored = async (bytes: Buffer, options: Parameters<typeof declare>[2] = {}, author = worker) => {
    const photo = await declare(author, bytes, options);
    const place = options.ownerGridCode?.slice(0, 12) ?? community;
    expect(await storeWholePhoto(store, place, photo.id, bytes)).toEqual({ stored: true });
    return photo;
  };
  const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

  test('a whole photo, private and only under its id', async () => {
    const photo = await stored(randomBytes(200_000));
    const response = await read(photo.id);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store',
      'content-disposition': `inline; filename="${photo.id}"`,
      'content-length': '200000',
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff'
    });
    expect((await bytesOf(response)).equals(photo.bytes)).toBe(true);
  });

  test.each([
    ['bytes=0-0', 0, 1],
    ['bytes=100-199', 100, 200],
    ['bytes=900-', 900, 1000],
    ['bytes=900-5000', 900, 1000],
    ['bytes=-10', 990, 1000],
    ['bytes=-5000', 0, 1000]
  ])('range %s', async (range, start, end) => {
    const photo = await stored(randomBytes(1000));
    const response = await read(photo.id, range);
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/1000`);
    expect(response.headers.get('content-length')).toBe(String(end - start));
    expect((await bytesOf(response)).equals(photo.bytes.subarray(start, end))).toBe(true);
  });

  test.each(['bytes=1000-', 'bytes=-0', 'bytes=5000-6000'])('range %s is 416', async (range) => {
    const photo = await stored(randomBytes(1000));
    const response = await read(photo.id, range);
    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe('bytes */1000');
    expect(await codeOf(response)).toBe('malformed');
  });

  test.each(['bytes=5-3', 'bytes=-', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=a-b'])(
    'range %s means the whole',
    async (range) => {
      const photo = await stored(randomBytes(1000));
      const response = await read(photo.id, range);
      expect(response.status).toBe(200);
      expect((await bytesOf(response)).length).toBe(1000);
    }
  );

  test('a reader who leaves in the middle does no harm', async () => {
    const photo = await stored(randomBytes(3_000_000));
    const reader = (await read(photo.id)).body!.getReader();
    await reader.read();
    await reader.cancel();
    expect((await bytesOf(await read(photo.id))).equals(photo.bytes)).toBe(true);
  });

  test('missing, not here yet and of another grid are one and the same answer', async () => {
    const otherGrid = await signedIn('gridWorker', `${community}002`);
    const photo = await stored(randomBytes(1000));
    const underWay = await declare(worker, randomBytes(1000));
    await post(underWay);
    await patch(underWay.id, 0, underWay.bytes.subarray(0, 500));
    const answers = [await read(photo.id, null, otherGrid), await read(underWay.id), await read(uuidV7())];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    const office = await signedIn('communityOfficer', community);
    expect((await read(photo.id, null, office)).status).toBe(200);
  });

  test('仅社区可见 stays with its author and the community', async () => {
    const colleague = await signedIn('gridWorker', grid);
    const office = await signedIn('communityOfficer', community);
    const photo = await stored(randomBytes(1000), { communityOnly: true });
    const statuses = await Promise.all(
      [worker, office, colleague].map(async (who) => (await read(photo.id, null, who)).status)
    );
    expect(statuses).toEqual([200, 200, 404]);
  });

  test('an id that two communities know opens each one its own', async () => {
    const neighbour = await signedIn('gridWorker', `${otherCommunity}001`);
    const mine = await stored(randomBytes(1000));
    const theirs = await stored(
      randomBytes(1000),
      { id: mine.id, ownerGridCode: `${otherCommunity}001` },
      neighbour
    );
    expect((await bytesOf(await read(mine.id))).equals(mine.bytes)).toBe(true);
    expect((await bytesOf(await read(mine.id, null, neighbour))).equals(theirs.bytes)).toBe(true);
  });

  test.each(['image/svg+xml', 'text/html', 'image/heic', 'application/pdf', 'image/SVG+xml'])(
    '%s is for saving only',
    async (mime) => {
      const photo = await stored(Buffer.from('<svg onload="alert(1)"/>'), { mime });
      const response = await read(photo.id);
      expect(response.headers.get('content-type')).toBe('application/octet-stream');
      expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${photo.id}"`);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      await response.body?.cancel();
    }
  );
});

describe('a photo the office holds whole', () => {
  test('is stored and told', async () => {
    const photo = await declare(worker, randomBytes(5_000));
    expect(await storeWholePhoto(store, community, photo.id, photo.bytes)).toEqual({ stored: true });
    expect(await storeWholePhoto(store, community, photo.id, photo.bytes)).toEqual({ stored: true });
    await expectStored(photo);
  });

  test('must be declared and be what was declared', async () => {
    const photo = await declare(worker, randomBytes(5_000));
    const code = async (place: string, bytes: Buffer) => {
      const answer = await storeWholePhoto(store, place, photo.id, bytes);
      return 'refusal' in answer ? answer.refusal.code : 'stored';
    };
    expect(await code(otherCommunity, photo.bytes)).toBe('photo-not-declared');
    expect(await code(community, randomBytes(4_999))).toBe('photo-length-differs');
    expect(await code(community, randomBytes(5_000))).toBe('photo-hash-differs');
    expect((await readPhoto(store, worker, photo.id, null, now)).status).toBe(404);
  });
});

describe('thumbnails', () => {
  const jpeg = (length: number) =>
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(length - 4)]);
  const formOf = (...parts: [string, Buffer | string][]) => {
    const form = new FormData();
    for (const [id, value] of parts)
      form.append(id, typeof value === 'string' ? value : new Blob([new Uint8Array(value)]));
    return form;
  };

  test('many at once; each by its author, small and really JPEG', async () => {
    const first = await declare(worker, randomBytes(100));
    const second = await declare(worker, randomBytes(100));
    const other = await declare(await signedIn('gridWorker', grid), randomBytes(100));
    const largest = jpeg(maxThumbnailBytes);
    const unknown = uuidV7();
    const reply = await storeThumbnails(
      store,
      worker,
      formOf(
        [first.id, largest],
        [second.id, jpeg(maxThumbnailBytes + 1)],
        [second.id, Buffer.from('<svg/>')],
        [second.id, Buffer.from([0xff, 0xd8, 0, 0])],
        [second.id, 'text'],
        [other.id, jpeg(50)],
        [unknown, jpeg(50)],
        ['../../x', jpeg(50)]
      )
    );
    expect(reply).toEqual({
      stored: [first.id],
      refused: [
        { id: second.id, code: 'too-large' },
        { id: second.id, code: 'malformed' },
        { id: second.id, code: 'malformed' },
        { id: second.id, code: 'malformed' },
        { id: other.id, code: 'photo-not-declared' },
        { id: unknown, code: 'photo-not-declared' },
        { id: '../../x', code: 'malformed' }
      ]
    });
    const shown = await readThumbnail(store, worker, first.id, now);
    expect(shown.headers.get('content-type')).toBe('image/jpeg');
    expect(shown.headers.get('cache-control')).toBe('private, no-store');
    expect(Buffer.from(await shown.arrayBuffer()).equals(largest)).toBe(true);
    expect((await readThumbnail(store, worker, second.id, now)).status).toBe(404);
    const otherGrid = await signedIn('gridWorker', `${community}002`);
    expect((await readThumbnail(store, otherGrid, first.id, now)).status).toBe(404);
  });

  test('a request of too many keeps the first ones', async () => {
    const photo = await declare(worker, randomBytes(100));
    const parts = Array.from({ length: maxThumbnailsPerRequest + 2 }, (): [string, Buffer] => [
      photo.id,
      jpeg(20)
    ]);
    const reply = await storeThumbnails(store, worker, formOf(...parts));
    expect(reply.stored).toHaveLength(maxThumbnailsPerRequest);
    expect(reply.refused.map(({ code }) => code)).toEqual(['too-large', 'too-large']);
  });
});

describe('over real connections', () => {
  let server: Server;
  let address: string;
  /** Called with every PATCH before it is handled. */
  let onPatch: (destroy: () => void, count: number) => void;
  let methods: string[];

  beforeEach(async () => {
    onPatch = () => {};
    methods = [];
    server = createServer((incoming, outgoing) => {
      methods.push(incoming.method ?? '');
      if (incoming.method === 'PATCH')
        onPatch(() => incoming.destroy(), methods.filter((method) => method === 'PATCH').length);
      void (async () => {
        const request = await getRequest({ request: incoming, base: address, bodySizeLimit: 20_000_000 });
        await setResponse(outgoing, await handleUpload(store, worker, request));
      })();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  function uploadWithTus(photo: Declared, options: object = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      new Upload(photo.bytes, {
        endpoint: `${address}/api/photos`,
        metadata: { id: photo.id, community },
        retryDelays: [10, 10, 10],
        onSuccess: () => resolve(),
        onError: reject,
        ...options
      }).start();
    });
  }

  test('tus-js-client uploads whole, in chunks, and with the creation', async () => {
    let count = 0;
    for (const options of [
      {},
      { chunkSize: 70_000 },
      { uploadDataDuringCreation: true, chunkSize: 90_000 }
    ]) {
      const photo = await declare(worker, randomBytes(300_000));
      await uploadWithTus(photo, options);

      await expectStored(photo, ++count);
    }
  });

  test('tus-js-client goes on after cut connections', async () => {
    const photo = await declare(worker, randomBytes(4_000_000));
    onPatch = (destroy, count) => {
      if (count <= 3) setImmediate(destroy);
    };
    await uploadWithTus(photo, { chunkSize: 2_000_000 });
    expect(methods).toContain('HEAD');
    await expectStored(photo);
  });

  test('tus-js-client that lost its place starts over and is led to the bytes that are here', async () => {
    const photo = await declare(worker, randomBytes(300_000));
    await post(photo);
    await patch(photo.id, 0, photo.bytes.subarray(0, 200_000));
    await uploadWithTus(photo);
    expect(methods).toEqual(['POST', 'PATCH', 'HEAD', 'PATCH']);
    await expectStored(photo);
  });

  test('what a client sent before its socket died is where the next one goes on', async () => {
    const photo = await declare(worker, randomBytes(1_000_000));
    await post(photo);
    const headers = { ...patchHeaders, 'upload-offset': '0', 'content-length': '1000000' };
    const sending = httpRequest(`${address}/api/photos/${photo.id}`, { method: 'PATCH', headers });
    sending.on('error', () => {});
    sending.write(photo.bytes.subarray(0, 600_000));
    await vi.waitFor(async () => expect((await readFile(incomingOf(photo))).length).toBe(600_000));
    sending.destroy();
    const offset = offsetOf(await head(photo.id));
    expect(offset).toBe(600_000);
    await patch(photo.id, offset, photo.bytes.subarray(offset));
    await expectStored(photo);
  });
});
