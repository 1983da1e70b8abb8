import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { beforeEach, describe, expect, it } from 'vitest';
import { v7 as uuidV7 } from 'uuid';
import type { AccountId, PhotoId, RecordId } from '../../domain/ids';
import { storeNameOf, TabletDatabase, type ShownRecord } from '../database';
import type { SignedIn } from '../signed-in';
import { makeSecret } from './pin-lock';
import { makeStoreKey, seal, unseal } from './seal';
import { sealStore } from './seal-store';
import {
  changePin,
  keepRecovery,
  listVaults,
  loadVault,
  makeVault,
  openWithPin,
  openWithSecrets
} from './vaults';

const account = () => uuidV7() as AccountId;

/** What a stranger with the disk reads: the rows as they lie there. */
async function readDisk(of: AccountId): Promise<Record<string, Record<string, unknown>[]>> {
  const disk = await new Dexie(storeNameOf(of)).open();
  const tables = await Promise.all(
    disk.tables.map(async (table) => [table.name, await table.toArray()] as const)
  );
  disk.close();
  return Object.fromEntries(tables);
}

const textOf = (disk: unknown) =>
  JSON.stringify(disk, (_, value: unknown) =>
    value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value
  );

const shown = (id: string, at: string, text: string): ShownRecord =>
  ({
    id,
    kind: 'issue',
    at,
    tags: ['promised'],
    record: { id, text },
    history: []
  }) as unknown as ShownRecord;

describe('sealed bytes', () => {
  const plain = new TextEncoder().encode('井盖松动');

  it('open with their key, in their place, and no other', () => {
    const key = makeStoreKey();
    const sealed = seal(key, 'records', plain);
    expect(unseal(key, 'records', sealed)).toEqual(plain);
    expect(() => unseal(makeStoreKey(), 'records', sealed)).toThrow();
    expect(() => unseal(key, 'drafts', sealed)).toThrow();
    new Uint8Array(sealed)[20]! ^= 1;
    expect(() => unseal(key, 'records', sealed)).toThrow();
  });

  it('are what WebCrypto makes of the same', async () => {
    const key = makeStoreKey();
    const sealed = new Uint8Array(seal(key, 'records', plain));
    const theirs = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: sealed.subarray(0, 12), additionalData: new TextEncoder().encode('records') },
      theirs,
      sealed.subarray(12)
    );
    expect(new Uint8Array(opened)).toEqual(plain);
  });
});

describe('a sealed store', () => {
  it('is read as it was written by its own, and says nothing to who has the disk', async () => {
    const [of, key] = [account(), makeStoreKey()];
    const database = new TabletDatabase(of, key);
    const photoId = uuidV7() as PhotoId;
    const bytes = new TextEncoder().encode('JFIF 井盖').buffer;
    await database.records.bulkPut([
      shown('a', '2026-11-20', '井盖松动'),
      shown('b', '2026-11-21', '路灯不亮')
    ]);
    await database.outbox.add({
      id: uuidV7(),
      recordIds: ['a'],
      body: '{"text":"井盖松动"}',
      sha256: 'f00d'
    } as never);
    await database.pictures.put({ photoId, bytes });

    expect((await database.records.get('a' as RecordId))?.record).toMatchObject({ text: '井盖松动' });
    expect((await database.outbox.toArray())[0]).toMatchObject({ order: 1, body: '{"text":"井盖松动"}' });
    expect(new Uint8Array((await database.pictures.get(photoId))!.bytes)).toEqual(new Uint8Array(bytes));
    // By an index, backwards, through a cursor.
    const last = await database.records
      .where('[kind+at]')
      .between(['issue', ''], ['issue', '\uffff'])
      .reverse()
      .filter(({ record }) => (record as { text?: string }).text === '路灯不亮')
      .first();
    expect(last?.id).toBe('b');
    await database.records.where('tags').equals('promised').modify({ history: [] });
    expect(await database.records.where('tags').equals('promised').count()).toBe(2);

    const disk = await readDisk(of);
    expect(Object.keys(disk.records![0]!).sort()).toEqual(['at', 'id', 'kind', 'sealed', 'tags']);
    expect(Object.keys(disk.outbox![0]!).sort()).toEqual(['id', 'order', 'recordIds', 'sealed']);
    expect(textOf(disk)).not.toMatch(/井盖|路灯|f00d|JFIF/);
    database.close();

    const stranger = new TabletDatabase(of, makeStoreKey());
    await expect(stranger.records.get('a' as RecordId)).rejects.toThrow();
    stranger.close();
  });

  it('takes over what was written before there was a key, and seals it without losing a row', async () => {
    const of = account();
    const versions = new TabletDatabase(of, makeStoreKey()).tables.map(
      ({ name, schema }) =>
        [name, [schema.primKey.src, ...schema.indexes.map(({ src }) => src)].join(',')] as const
    );
    const before = new Dexie(storeNameOf(of));
    before.version(2).stores(Object.fromEntries(versions));
    const rows = Array.from({ length: 45 }, (_, index) =>
      shown(`r${index}`, '2026-11-20', `井盖松动 ${index}`)
    );
    await before.table('records').bulkAdd(rows);
    await before.table('outbox').add({ id: 'c', recordIds: ['r1'], body: '井盖松动', sha256: 'f00d' });
    before.close();

    const database = new TabletDatabase(of, makeStoreKey());
    expect(await database.records.count()).toBe(45);
    expect(await database.records.get('r7' as RecordId)).toEqual(rows[7]);
    await sealStore(database);
    expect((await database.records.toArray()).sort((a, b) => a.id.localeCompare(b.id))).toEqual(
      [...rows].sort((a, b) => a.id.localeCompare(b.id))
    );
    expect(await database.outbox.toArray()).toEqual([
      { order: 1, id: 'c', recordIds: ['r1'], body: '井盖松动', sha256: 'f00d' }
    ]);
    database.close();
    expect(textOf(await readDisk(of))).not.toContain('井盖');
  });
});

describe('a vault', () => {
  const now = '2026-11-27T01:00:00.000Z';
  const later = (minutes: number) => new Date(Date.parse(now) + minutes * 60_000).toISOString();
  let li: SignedIn;
  beforeEach(() => {
    li = { account: account(), name: '李平', grants: [], communities: [], deviceMark: '' };
  });

  it('opens with its PIN and no other, and with a new one after that was changed', async () => {
    const key = await makeVault(li, '271828', now);
    expect(await openWithPin(li.account, '271829', now)).toEqual({ status: 'wrong', waitMs: 0 });
    expect(await openWithPin(li.account, '271828', now)).toEqual({ status: 'open', key });
    await changePin(li.account, key, '314159');
    expect(await openWithPin(li.account, '271828', now)).toMatchObject({ status: 'wrong' });
    expect(await openWithPin(li.account, '314159', now)).toEqual({ status: 'open', key });
    expect((await listVaults()).map((vault) => vault.account)).toContain(li.account);
  });

  it('slows down after five wrong PINs, and asks for the office after ten', async () => {
    const key = await makeVault(li, '271828', now);
    const secret = makeSecret();
    await keepRecovery(li.account, key, secret);
    for (let tries = 1; tries < 5; tries++)
      expect(await openWithPin(li.account, '000000', now)).toEqual({ status: 'wrong', waitMs: 0 });
    expect(await openWithPin(li.account, '000000', now)).toEqual({ status: 'wrong', waitMs: 60_000 });
    // Not even the right one.
    expect(await openWithPin(li.account, '271828', later(0.5))).toEqual({ status: 'wait', waitMs: 30_000 });
    for (const minutes of [10, 20, 30, 50]) await openWithPin(li.account, '000000', later(minutes));
    expect(await openWithPin(li.account, '000000', later(200))).toEqual({ status: 'ask-office' });
    expect(await openWithPin(li.account, '271828', later(300))).toEqual({ status: 'ask-office' });
    expect(await openWithSecrets(li.account, [makeSecret()])).toBeNull();
    expect(await openWithSecrets(li.account, [makeSecret(), secret])).toEqual(key);
    await changePin(li.account, key, '314159');
    expect(await openWithPin(li.account, '314159', later(301))).toEqual({ status: 'open', key });
  });

  it('is never closed for good where the office could not open it', async () => {
    const key = await makeVault(li, '271828', now);
    for (let tries = 0; tries < 14; tries++) await openWithPin(li.account, '000000', later(tries * 61));
    expect(await openWithPin(li.account, '271828', later(15 * 61))).toEqual({ status: 'open', key });
  });

  it('opens no more once the office was not heard of for too long', async () => {
    const { tabletFacts, updateSignedIn } = await import('../tablet-facts');
    const key = await makeVault(li, '271828', now);
    await keepRecovery(li.account, key, makeSecret());
    await updateSignedIn(li, now, 14);
    expect(await openWithPin(li.account, '271828', later(14 * 1440))).toEqual({ status: 'open', key });
    expect(await openWithPin(li.account, '271828', later(14 * 1440 + 1))).toEqual({ status: 'ask-office' });
    expect((await loadVault(li.account))?.pin).toBeUndefined();
    expect(textOf(await tabletFacts().vaults.toArray())).not.toContain('271828');
  });
});
