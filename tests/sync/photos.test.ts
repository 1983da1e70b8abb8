import { afterEach, beforeEach, expect, test } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import { withdrawTrouble } from '../../src/lib/data/give-up';
import { declarePhotos, keepOriginal, keepProcessed } from '../../src/lib/data/photos';
import { loadUnsentSummary } from '../../src/lib/data/reads';
import { listUnsentPhotos, markPhotoRefused, withdrawPhoto } from '../../src/lib/data/photo-queue';
import { saveDraft, newDraft } from '../../src/lib/data/drafts';
import type { PhotoId, RecordId } from '../../src/lib/domain/ids';
import { rebase } from '../../src/lib/sync/rebase';
import { gridOne, gridTwo, hire, openOffice } from '../support/office';
import { openTablet } from '../support/tablet';

let office: Awaited<ReturnType<typeof openOffice>>;
let li: Awaited<ReturnType<typeof openTablet>>;
let nowMs = Date.parse('2026-11-20T01:00:00.000Z');

beforeEach(async () => {
  office = await openOffice();
  const person = await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]);
  li = await openTablet(office.store, person, () => (nowMs += 10));
});
afterEach(() => office.close());

/** The shutter, before anything was made of what the camera gave. */
async function shoot(recordId: RecordId): Promise<PhotoId> {
  const id = uuidV7() as PhotoId;
  const photo = { id, recordId, stage: 'before', source: 'camera', mime: 'image/jpeg' } as const;
  await keepOriginal(li.database, photo, new ArrayBuffer(8));
  return id;
}
const process = (id: PhotoId) =>
  keepProcessed(li.database, id, {
    bytes: new ArrayBuffer(4),
    mime: 'image/jpeg',
    sha256: 'a'.repeat(64),
    originalSha256: 'b'.repeat(64),
    width: 4,
    height: 3,
    previewable: true
  });
const unsentIds = async () => (await listUnsentPhotos(li.database)).map(({ id }) => id);

test('a photo that is still being processed keeps its saved record from looking safe', async () => {
  const id = uuidV7() as RecordId;
  await saveDraft(li.database, { ...newDraft('issue', li.at()), id });
  const photoId = await shoot(id);
  expect(await unsentIds()).toEqual([]);
  await li.save({ id, photoIds: [photoId] }, gridOne);
  await li.sync();
  expect(await unsentIds()).toEqual([photoId]);
  expect(await loadUnsentSummary(li.database)).toMatchObject({ records: 0, photos: 1 });
});

test('a photo that is finished after its record was given up stays given up', async () => {
  const id = uuidV7() as RecordId;
  const photoId = await shoot(id);
  await li.save({ id, photoIds: [photoId] }, gridTwo);
  await li.sync();
  const [row] = await li.database.outbox.toArray();
  await withdrawTrouble(li.database, row!.id, (bases, unsent) => rebase(bases, unsent, li.author.rulesOf));
  await process(photoId);
  await declarePhotos(li.author, li.at());
  expect(await unsentIds()).toEqual([]);
  expect(await li.database.photos.get(photoId)).toMatchObject({ state: 'withdrawn' });
  expect(await loadUnsentSummary(li.database)).toMatchObject({ records: 0, photos: 0, troubled: 0 });
});

test('a photo that the office refused is a trouble until the person gives it up', async () => {
  const id = uuidV7() as RecordId;
  const photoId = await shoot(id);
  await li.save({ id, photoIds: [photoId] }, gridOne);
  await li.sync();
  await markPhotoRefused(li.database, photoId, { code: 'too-large' });
  expect(await loadUnsentSummary(li.database)).toMatchObject({ photos: 0, troubled: 1 });
  await withdrawPhoto(li.database, photoId);
  expect(await loadUnsentSummary(li.database)).toMatchObject({ photos: 0, troubled: 0 });
});
