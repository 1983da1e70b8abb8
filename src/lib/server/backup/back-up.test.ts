import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { issueFacts, newId, photoFacts } from '../../../../tests/support/changes';
import { act } from '../../../../tests/support/desk';
import { community, gridOne, hire, openOffice } from '../../../../tests/support/office';
import { canMountDisk, mountSmallDisk } from '../../../../tests/support/small-disk';
import type { PhotoId, RecordId, Sha256 } from '../../domain/ids';
import { hold } from '../database/copy';
import { eraseRecord } from '../erase';
import { placeIn, placeOf, storeWholePhoto } from '../photo-store';
import { loadHead } from '../restored';
import { sha256Hex } from '../seal';
import { closeStore, openStore } from '../store';
import { backUp } from './back-up';
import { databaseOf, listGenerations, picturesOf } from './generations';
import { loadLastBackup } from './last-backup';
import { restore } from './restore';

const betweenDatabaseAndPictures = vi.hoisted(() => vi.fn(async () => {}));
vi.mock('./copy-pictures', async (original) => {
  const { copyPictures } = await original<typeof import('./copy-pictures')>();
  return {
    copyPictures: async (...given: Parameters<typeof copyPictures>) => {
      await betweenDatabaseAndPictures();
      return copyPictures(...given);
    }
  };
});

let office: Awaited<ReturnType<typeof openOffice>>;
let li: Awaited<ReturnType<typeof hire>>;
let target: string;
let minutes: number;

beforeEach(async () => {
  office = await openOffice();
  li = await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]);
  target = mkdtempSync(join(tmpdir(), 'xunge-backup-'));
  minutes = 0;
});
afterEach(async () => {
  await office.close();
  rmSync(target, { recursive: true });
});

const now = () => new Date(Date.UTC(2026, 10, 20, 1, minutes++)).toISOString();
const backUpHere = (keep = 3, to = target) => backUp({ dataFolder: office.folder, target: to, keep }, now());

async function made(keep?: number): Promise<string> {
  const result = await backUpHere(keep);
  if ('trouble' in result) throw new Error(result.trouble, { cause: result.fault });
  return result.generation;
}

/** An issue with a picture that has arrived whole. */
async function report(text: string) {
  const bytes = Buffer.from(`the picture of ${text}`);
  const [recordId, id] = [newId<RecordId>(), newId<PhotoId>()];
  const photo = { ...photoFacts(id), bytes: bytes.length, sha256: sha256Hex(bytes) as Sha256 };
  await act(office.store, li, [
    { kind: 'issue-recorded', facts: issueFacts(recordId, { text }) },
    { kind: 'photo-attached', facts: { recordId, photo } }
  ]);
  expect(await storeWholePhoto(office.store, community, id, bytes)).toEqual({ stored: true });
  return { recordId, bytes, place: placeOf(office.store, { id, community }), kept: inBackup(id) };
}

const inBackup = (id: PhotoId) => placeIn(picturesOf(target), { id, community });

/** The backup in a folder of its own, as a store. */
async function restored(generation?: string) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'xunge-restored-'));
  const result = await restore({ from: target, dataFolder, generation, replace: false }, now());
  if ('trouble' in result) throw new Error(result.trouble, { cause: result.fault });
  const store = await openStore(dataFolder);
  const close = async () => {
    await closeStore(store);
    rmSync(dataFolder, { recursive: true });
  };
  return { store, result, close };
}

test('a generation has everything from before it, and a restored store knows that it is one', async () => {
  const { bytes, place } = await report('昨天');
  const head = await loadHead(office.store, community);
  await made();
  await report('今天');
  const { store, result, close } = await restored();
  expect(result).toMatchObject({ pictures: 1, picturesMissing: 0, movedTo: undefined });
  expect((await loadHead(store, community))?.sequence).toBe(head!.sequence);
  expect(readFileSync(place.replace(office.folder, store.folder))).toEqual(bytes);
  expect(store.epoch).not.toBe(office.store.epoch);
  expect(store.restoredAt).not.toBeNull();
  expect(readdirSync(store.folder).sort()).toEqual(
    ['backup.lock', 'photos', 'xunge.sqlite', 'xunge.sqlite-shm', 'xunge.sqlite-wal'].sort()
  );
  await close();
});

test('the oldest go, pictures are shared, and what was erased leaves with the last generation that names it', async () => {
  const erased = await report('要删除的');
  const other = await report('留下的');
  await made(2);
  await eraseRecord(office.store, community, erased.recordId, now());
  const second = await made(2);
  expect(existsSync(erased.kept)).toBe(true);
  const third = await made(2);
  expect(await listGenerations(target)).toEqual([second, third]);
  expect(existsSync(erased.kept)).toBe(false);
  expect(readFileSync(other.kept)).toEqual(other.bytes);
  expect(await made(1)).toEqual((await listGenerations(target))[0]);
});

test('whatever else lies in the folder stays', async () => {
  const strange = [
    'photos/list.txt',
    'photos/2019/holiday.jpg',
    `photos/${community}/holiday.jpg`,
    'notes.sqlite'
  ];
  for (const folder of ['2019', community]) mkdirSync(join(target, 'photos', folder), { recursive: true });
  for (const name of strange) writeFileSync(join(target, name), 'mine');
  await made();
  for (const name of strange) expect(existsSync(join(target, name))).toBe(true);
});

test('what a killed backup left is no generation, and goes with the next', async () => {
  const first = await made();
  const torn = [`${databaseOf(target, '2026-11-20T05-00-00.000Z')}.partial`, inBackup(newId()) + '.partial'];
  mkdirSync(join(target, 'photos', community), { recursive: true });
  for (const file of [...torn, `${torn[0]}-journal`]) writeFileSync(file, 'half');
  expect(await listGenerations(target)).toEqual([first]);
  expect((await restored()).result.generation).toBe(first);
  await made();
  for (const file of torn) expect(existsSync(file)).toBe(false);
  expect(existsSync(`${torn[0]}-journal`)).toBe(false);
});

test('a picture the store has lost is told, and comes from an earlier generation where there is one', async () => {
  const known = await report('早就有的');
  await made();
  rmSync(known.place);
  await made();
  const lost = await report('刚来的');
  truncateSync(lost.place, 3);
  expect(await backUpHere()).toEqual({ trouble: 'pictures-missing' });
  const { result, store, close } = await restored();
  expect(result).toMatchObject({ pictures: 1, picturesMissing: 1 });
  expect(readFileSync(known.place.replace(office.folder, store.folder))).toEqual(known.bytes);
  await close();
});

test('a record erased between database and pictures is no lost picture', async () => {
  const { recordId } = await report('正要删除');
  betweenDatabaseAndPictures.mockImplementationOnce(
    async () => void (await eraseRecord(office.store, community, recordId, now()))
  );
  expect(await backUpHere()).toMatchObject({ pictures: 0 });
});

describe('says why not, leaves the earlier generations, and notes it for the administrator:', () => {
  let first: string;
  beforeEach(async () => {
    await report('昨天');
    first = await made();
  });

  const noted = async () => (await loadLastBackup(office.folder)).failed?.trouble;

  test('no folder, or one inside the data folder', async () => {
    for (const [to, trouble] of [
      [join(target, 'not-mounted'), 'target-missing'],
      [databaseOf(target, first), 'target-missing'],
      [office.folder, 'target-inside-store'],
      [office.store.photoFolder, 'target-inside-store']
    ] as const) {
      expect(await backUpHere(3, to)).toEqual({ trouble });
      expect(await noted()).toBe(trouble);
    }
    expect((await loadLastBackup(office.folder)).succeeded?.at.replaceAll(':', '-')).toBe(first);
    await made();
    expect(await noted()).toBeUndefined();
  });

  test('the backups of another store, which an empty one would push out night by night', async () => {
    const empty = await openOffice();
    const result = await backUp({ dataFolder: empty.folder, target, keep: 1 }, now());
    expect(result).toEqual({ trouble: 'other-store' });
    expect(await listGenerations(target)).toEqual([first]);
    await empty.close();
  });

  test('no store at all', async () => {
    const dataFolder = join(target, 'nowhere');
    expect(await backUp({ dataFolder, target, keep: 1 }, now())).toEqual({ trouble: 'store-missing' });
    expect(existsSync(dataFolder)).toBe(false);
  });

  test('another backup is running', async () => {
    const lock = hold(join(office.folder, 'backup.lock'))!;
    expect(await backUpHere()).toEqual({ trouble: 'already-running' });
    lock.close();
    await made();
  });

  test('that it cannot be noted', async () => {
    rmSync(join(office.folder, 'last-backup.json'));
    mkdirSync(join(office.folder, 'last-backup.json'));
    expect(await backUpHere()).toMatchObject({ trouble: 'failed', fault: { code: 'EISDIR' } });
  });

  test('a damaged database', async () => {
    await office.store.compact();
    const file = join(office.folder, 'xunge.sqlite');
    const bytes = readFileSync(file);
    bytes.fill(0x5a, bytes.length / 2);
    writeFileSync(file, bytes);
    expect(await backUpHere()).toMatchObject({ trouble: 'damaged' });
    expect(await listGenerations(target)).toEqual([first]);
    expect(await noted()).toBe('damaged');
  });

  test.skipIf(!canMountDisk())('a full disk, for the database as for a picture', async () => {
    const disk = mountSmallDisk(4)!;
    try {
      expect(await backUpHere(3, disk.folder)).toHaveProperty('generation');
      disk.fill();
      expect(await backUpHere(3, disk.folder)).toMatchObject({ trouble: 'disk-full' });
      disk.free();
      const picture = Buffer.alloc(4 * 2 ** 20, 7);
      const [recordId, id] = [newId<RecordId>(), newId<PhotoId>()];
      const photo = { ...photoFacts(id), bytes: picture.length, sha256: sha256Hex(picture) as Sha256 };
      await act(office.store, li, [
        { kind: 'issue-recorded', facts: issueFacts(recordId) },
        { kind: 'photo-attached', facts: { recordId, photo } }
      ]);
      await storeWholePhoto(office.store, community, id, picture);
      expect(await backUpHere(3, disk.folder)).toMatchObject({ trouble: 'disk-full' });
      expect(await listGenerations(disk.folder)).toHaveLength(1);
      expect(await noted()).toBe('disk-full');
    } finally {
      disk.close();
    }
  });
});
