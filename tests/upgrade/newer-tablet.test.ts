// Today's tablet meets an office of each earlier version: it must wait, and lose nothing over it.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadUnsentSummary } from '../../src/lib/data/reads';
import { onePlaceEach } from '../support/places';
import { openRecordedOffice, readRecording, versions, type RecordedOffice } from './recordings';
import type { Tablet } from './staff';
import { readStores } from './tablet-recording';

const newest = readRecording(versions.at(-1)!);

describe.each(versions)('an office of protocol %i that is older than the tablet', (version) => {
  /** In its own words, as they were recorded. */
  const refusals = readRecording(version).messages.filter(({ reply }) => reply.status >= 400);
  let office: RecordedOffice;
  let tablet: Tablet;

  beforeEach(async () => {
    office = await openRecordedOffice(newest);
    tablet = await office.openTablet(newest.tablets.li);
  });
  afterEach(async () => {
    await tablet.database.delete();
    await office.close();
  });

  test('is asked to update; all work is kept, and handed in once it has', async () => {
    expect(refusals.map(({ path }) => path)).toEqual(['/api/sync/push', '/api/sync/pull']);
    const today = globalThis.fetch;
    let asked = 0;
    globalThis.fetch = (path) => {
      asked++;
      const { status, headers, text } = refusals.find((one) => one.path === path)!.reply;
      return Promise.resolve(new Response(text, { status, headers }));
    };
    const before = await workOn(tablet);
    const summary = await loadUnsentSummary(tablet.database);
    for (let run = 0; run < 3; run++) expect(await tablet.sync()).toBe('upgrade-needed');
    expect(asked).toBe(3);
    expect(await workOn(tablet)).toEqual(before);
    expect(await loadUnsentSummary(tablet.database)).toEqual(summary);
    globalThis.fetch = today;
    for (let run = 0; run < 3; run++) expect(await tablet.sync()).toBe('done');
    const places = await onePlaceEach(tablet.database);
    expect(new Set(places)).toEqual(new Set(['accepted', 'refused', 'conflict', 'withdrawn']));
  });
});

/** Every row but what the tablet notes of its own runs. */
async function workOn({ database }: Tablet) {
  const { stores } = await readStores(database.name);
  return stores.filter(({ name }) => name !== 'settings').map(({ name, rows }) => ({ name, rows }));
}
