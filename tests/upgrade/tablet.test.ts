// Every tablet ever recorded, opened by today's app and handed in at today's office.
import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TabletDatabase, type OutboxChange, type QueuedPhoto } from '../../src/lib/data/database';
import type { Draft } from '../../src/lib/data/draft';
import { listDrafts } from '../../src/lib/data/drafts';
import { listUnsent } from '../../src/lib/data/outbox';
import { listUnsentPhotos } from '../../src/lib/data/photo-queue';
import { listPatrols } from '../../src/lib/data/patrols';
import { listReports } from '../../src/lib/data/reads';
import { loadReport } from '../../src/lib/data/report-view';
import { changeKinds } from '../../src/lib/domain/changes';
import type { AnyRecord } from '../../src/lib/domain/record';
import { protocolVersion } from '../../src/lib/protocol/version';
import { community } from '../support/codes';
import { onePlaceEach, placesOf, type Place } from '../support/places';
import { officeViewFor, tabletView } from '../support/views';
import { fromJson } from './bytes';
import {
  openRecordedOffice,
  readRecording,
  rowsOf,
  tabletNames,
  versions,
  type RecordedOffice
} from './recordings';
import type { Tablet } from './staff';
import { readStores } from './tablet-recording';
import { storeKey } from '../support/store-key';

/** The office has said so, or the person has: time changes nothing about it. */
const final: readonly Place[] = ['accepted', 'refused', 'conflict', 'withdrawn'];

test('there is a recording of every version, and of this one', () => {
  expect(versions).toEqual(Array.from({ length: protocolVersion }, (_, index) => index + 1));
});

const recorded = versions.flatMap((version) => tabletNames.map((name) => ({ version, name })));

describe.each(recorded)('$name with a tablet of protocol $version', ({ version, name }) => {
  const recording = readRecording(version);
  const old = recording.tablets[name];
  const outbox = rowsOf<OutboxChange>(old, 'outbox');
  const photos = rowsOf<QueuedPhoto>(old, 'photos');
  let office: RecordedOffice;
  let tablet: Tablet;

  beforeEach(async () => {
    office = await openRecordedOffice(recording);
    tablet = await office.openTablet(old);
  });
  afterEach(async () => {
    await tablet.database.delete();
    await office.close();
  });

  /** As often as anything may still be waiting for something else. */
  async function handIn() {
    for (let run = 0; run < 3; run++) expect(await tablet.sync()).toBe('done');
  }

  test('opens with every row it had', async () => {
    await tablet.database.open();
    const now = await readStores(tablet.database.name);
    expect(now.version).toBe(new TabletDatabase(tablet.author.account, storeKey).verno * 10);
    expect(now.version).toBeGreaterThanOrEqual(old.version);
    for (const { name: store, rows } of old.stores)
      expect(now.stores.find((one) => one.name === store)?.rows, store).toEqual(rows);
  });

  test('shows every record, with what was done to it', async () => {
    const { database, author } = tablet;
    const records = rowsOf<{ record: AnyRecord; history: { id: string }[] }>(old, 'records');
    const reports = await listReports(database, 100, () => true);
    const patrols = await listPatrols(database, author.account, 100);
    const shown = [...reports.map(({ report }) => report), ...patrols].map(({ id }) => id);
    const expected = records.map(({ record }) => record).filter(({ kind }) => kind !== 'case');
    expect(shown.sort()).toEqual(expected.map(({ id }) => id).sort());
    for (const { record, history } of records) {
      if (record.kind !== 'issue' && record.kind !== 'need') continue;
      const view = JSON.stringify(await loadReport(database, record.id));
      for (const entry of history) expect(view).toContain(entry.id);
    }
    const unsent = (await listUnsent(database)).flatMap(({ changes }) => changes.map(({ body }) => body));
    const places = await placesOf(database);
    const open = outbox.filter(({ order }) => !['accepted', 'withdrawn'].includes(places.get(order)![0]!));
    expect(unsent.sort()).toEqual(open.map(({ body }) => body).sort());
  });

  test('hands in all its work as the bytes it made', async () => {
    const before = await onePlaceEach(tablet.database);
    expect(before).toContain('outbox');
    await handIn();
    const after = await onePlaceEach(tablet.database);
    expect(after).toEqual(before.map((place) => (final.includes(place) ? place : 'accepted')));
    expect(await tablet.database.outbox.toArray()).toEqual(outbox);
    const accepted = outbox.filter((_, index) => after[index] === 'accepted');
    const log = await office.store.connection.selectFrom('change').select(['id', 'body', 'sha256']).execute();
    const logged = new Map(log.map(({ id, body, sha256 }) => [id, { body, sha256 }]));
    for (const { id, body, sha256 } of accepted) expect(logged.get(id)).toEqual({ body, sha256 });
    const others = outbox.filter((_, index) => after[index] !== 'accepted');
    for (const { id } of others) expect(logged.has(id)).toBe(false);
  });

  test('ends with what the office shows, and its own refused work', async () => {
    await handIn();
    const view = await tabletView(tablet.database);
    const atOffice = await officeViewFor(office.store, office.sessionOf(old), new Date().toISOString());
    const troubles = await tablet.database.troubles.toArray();
    const kept = new Set(troubles.flatMap(({ recordIds }) => recordIds as string[]));
    const common = Object.entries(view).filter(([id]) => id in atOffice || !kept.has(id));
    expect(Object.fromEntries(common)).toEqual(atOffice);
  });

  // The office's tablet took no picture and left no form.
  if (!photos.length) return;

  test('brings its pictures and voices, whole', async () => {
    const waiting = photos.filter(({ state, declared }) => state === 'ready' && declared);
    await handIn();
    const bytesOf = new Map(
      rowsOf<{ photoId: string; bytes: unknown }>(old, 'pictures').map((row) => [
        row.photoId,
        Buffer.from(fromJson(row.bytes) as ArrayBuffer)
      ])
    );
    for (const { id } of waiting) {
      expect(await tablet.database.photos.get(id)).toMatchObject({ state: 'stored' });
      const lying = readFileSync(join(office.place, 'photos', community, id));
      expect(lying.equals(bytesOf.get(id)!)).toBe(true);
    }
    expect((await listUnsentPhotos(tablet.database)).map(({ id }) => id)).toEqual([]);
  });

  test('keeps its drafts, with what belongs to them', async () => {
    const drafts = rowsOf<Draft>(old, 'drafts');
    await handIn();
    const kept = await listDrafts(tablet.database);
    expect(kept.map(({ id }) => id).sort()).toEqual(drafts.map(({ id }) => id).sort());
    expect(await tablet.database.drafts.toArray()).toEqual(drafts);
    const own = photos.filter(({ recordId }) => drafts.some(({ id }) => id === recordId));
    for (const photo of own) {
      expect(await tablet.database.photos.get(photo.id)).toEqual(photo);
      const pieces = tablet.database.originals.where('[photoId+piece]').between([photo.id, 0], [photo.id, 9]);
      const picture = await tablet.database.pictures.get(photo.id);
      expect((await pieces.count()) + (picture ? 1 : 0)).toBeGreaterThan(0);
    }
  });
});

test.each(versions)('the recording of protocol %i holds what there was to record', (version) => {
  const { tablets, kinds } = readRecording(version);
  const kindOf = ({ body }: OutboxChange) => (JSON.parse(body) as { kind: string }).kind;
  const all = tabletNames.flatMap((name) => rowsOf<OutboxChange>(tablets[name], 'outbox'));
  // The server alone says that a picture is stored.
  const made = kinds.filter((kind) => kind !== 'photo-stored');
  expect([...new Set(all.map(kindOf))].sort()).toEqual(made.sort());
  expect(Object.keys(changeKinds)).toEqual(expect.arrayContaining(kinds));
  const statuses = rowsOf<{ status: string }>(tablets.li, 'troubles').map(({ status }) => status);
  const expected = ['refused', 'withdrawn', 'conflict', 'upgrade-needed', 'depends-on', 'deferred'];
  expect(statuses).toEqual(expected);
  const states = rowsOf<QueuedPhoto>(tablets.li, 'photos').map(
    ({ state, declared }) => `${state} ${declared}`
  );
  expect(new Set(states)).toEqual(new Set(['stored true', 'ready true', 'ready false', 'raw false']));
});
