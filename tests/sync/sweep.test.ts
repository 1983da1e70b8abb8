import { afterEach, beforeEach, expect, test } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import { keepOriginal, keepProcessed } from '../../src/lib/data/photos';
import { loadReport } from '../../src/lib/data/report-view';
import { recordAct } from '../../src/lib/data/record';
import { sweep } from '../../src/lib/data/sweep';
import type { PhotoId, RecordId } from '../../src/lib/domain/ids';
import { uploadPhotos } from '../../src/lib/sync/upload-photos';
import { gridOne, gridTwo, hire, openOffice } from '../support/office';
import { onePlaceEach } from '../support/places';
import { openTablet } from '../support/tablet';

let office: Awaited<ReturnType<typeof openOffice>>;
let li: Awaited<ReturnType<typeof openTablet>>;
const start = Date.parse('2026-11-20T01:00:00.000Z');
let nowMs = start;
const days = (count: number) => (nowMs = start + count * 86_400_000);

beforeEach(async () => {
  days(0);
  office = await openOffice();
  const person = await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]);
  li = await openTablet(office.store, person, () => (nowMs += 10));
  li.context.transport.raw = (method, _path, _headers, body) =>
    Promise.resolve(
      method === 'POST'
        ? new Response(null, { status: 201, headers: { 'upload-offset': '0' } })
        : new Response(null, { status: 204, headers: { 'upload-offset': String(body?.size ?? 0) } })
    );
});
afterEach(() => office.close());

async function reportedWithPhoto(): Promise<{ id: RecordId; photoId: PhotoId }> {
  // From here on the office does not tell this tablet its own changes back.
  await li.save({ text: '第一条' }, gridOne);
  await li.sync();
  const id = uuidV7() as RecordId;
  const photoId = uuidV7() as PhotoId;
  const photo = { id: photoId, recordId: id, stage: 'before', source: 'camera', mime: 'image/jpeg' } as const;
  await keepOriginal(li.database, photo, new ArrayBuffer(8));
  await keepProcessed(li.database, photoId, {
    bytes: new ArrayBuffer(4),
    mime: 'image/jpeg',
    sha256: 'a'.repeat(64),
    thumbnail: new ArrayBuffer(2),
    previewable: true
  });
  await li.save({ id, photoIds: [photoId] }, gridOne);
  await recordAct(li.author, 'comment-added', { recordId: id, text: '已经说过' }, li.at());
  await li.sync();
  await uploadPhotos(li.context);
  return { id, photoId };
}
const here = async ({ photoId }: { photoId: PhotoId }) => ({
  changes: await li.database.outbox.count(),
  picture: (await li.database.pictures.get(photoId)) !== undefined,
  thumbnail: (await li.database.thumbnails.get(photoId)) !== undefined
});

test('what the office has is kept for a fortnight, then only what the screens show', async () => {
  const report = await reportedWithPhoto();
  days(13);
  await sweep(li.database, nowMs, false);
  expect(await here(report)).toEqual({ changes: 4, picture: true, thumbnail: true });
  const before = await loadReport(li.database, report.id);
  days(15);
  await sweep(li.database, nowMs, false);
  expect(await here(report)).toEqual({ changes: 0, picture: false, thumbnail: true });
  const after = await loadReport(li.database, report.id);
  expect(after?.report).toEqual(before?.report);
  expect(after?.history.map(({ kind }) => kind)).toEqual(['photo-attached', 'comment-added']);
  await li.sync();
  expect((await loadReport(li.database, report.id))?.marks).toEqual(before?.marks);
});

test('where nobody knows the office’s time, nothing is old', async () => {
  const report = await reportedWithPhoto();
  await sweep(li.database, null, false);
  expect(await here(report)).toEqual({ changes: 4, picture: true, thumbnail: true });
  await sweep(li.database, null, true);
  expect(await here(report)).toEqual({ changes: 4, picture: false, thumbnail: true });
});

test('the fortnight begins when the office takes a change, however long it waited here', async () => {
  await li.save({ text: '存了三周才有信号' }, gridOne);
  days(21);
  await li.sync();
  await sweep(li.database, nowMs, false);
  expect(await onePlaceEach(li.database)).toEqual(['accepted']);
  days(36);
  await sweep(li.database, nowMs, false);
  expect(await onePlaceEach(li.database)).toEqual([]);
});

test('the points of a track leave the tablet for good', async () => {
  const recordId = uuidV7() as RecordId;
  await recordAct(li.author, 'patrol-started', { recordId, ownerGridCode: gridOne }, li.at());
  const points = [[li.at(), 104.1248, 30.654, 12] as [string, number, number, number]];
  const track = { recordId, points, gaps: [], metres: 0 };
  expect(await recordAct(li.author, 'track-recorded', track, li.at())).toEqual({ verdict: 'allowed' });
  await li.sync();
  expect(await onePlaceEach(li.database)).toEqual(['accepted', 'accepted']);
  days(15);
  await sweep(li.database, nowMs, false);
  expect(await onePlaceEach(li.database)).toEqual([]);
  expect(JSON.stringify(await li.database.records.toArray())).not.toContain('104.1248');
});

test('where storage is short, pictures that the office has go at once; changes stay', async () => {
  const report = await reportedWithPhoto();
  days(1);
  await sweep(li.database, nowMs, true);
  expect(await here(report)).toEqual({ changes: 4, picture: false, thumbnail: true });
});

test('what waits or was refused stays for as long as it takes', async () => {
  await li.save({ text: '不是我的网格' }, gridTwo);
  await li.sync();
  await li.save({ text: '还没报' }, gridOne);
  days(100);
  await sweep(li.database, nowMs, true);
  expect(await onePlaceEach(li.database)).toEqual(['refused', 'outbox']);
  await li.sync();
  expect(await onePlaceEach(li.database)).toEqual(['refused', 'accepted']);
});

test('hundreds of receipted changes go in portions, and none of the refused between them', async () => {
  for (let index = 0; index < 450; index++)
    await li.save({ text: `第 ${index} 条` }, index % 150 === 7 ? gridTwo : gridOne);
  await li.sync();
  days(20);
  await sweep(li.database, nowMs, false);
  expect(await onePlaceEach(li.database)).toEqual(['refused', 'refused', 'refused']);
});
