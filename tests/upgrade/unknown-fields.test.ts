// A newer office says more than this build knows, in every place it can: all of it is kept, and handed back where it
// goes back.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReceiptRun } from '../../src/lib/data/database';
import { loadCursor } from '../../src/lib/data/pulled';
import type { RecordId } from '../../src/lib/domain/ids';
import { Cursor, type PullReply, type PullRequest } from '../../src/lib/protocol/pull';
import type { PushReply } from '../../src/lib/protocol/push';
import { beginNewLife } from '../../src/lib/server/restored';
import { community, gridOne } from '../support/codes';
import { openRecordedOffice, readRecording, versions, type RecordedOffice } from './recordings';
import type { Tablet } from './staff';

const newest = readRecording(versions.at(-1)!);
const news = { words: '此版本还不认识', since: 4 };
type News = { news?: typeof news };

let office: RecordedOffice;
let wang: Tablet;

beforeEach(async () => {
  office = await openRecordedOffice(newest);
  wang = await office.openTablet(newest.tablets.wang);
  const today = globalThis.fetch;
  globalThis.fetch = async (path, init) => {
    const response = await today(path, init);
    if (path !== '/api/sync/pull' && path !== '/api/sync/push') return response;
    const { status, headers } = response;
    const reply: unknown = await response.json();
    if (path === '/api/sync/pull') saysMoreInPages(reply as PullReply);
    else saysMoreInReceipts(reply as PushReply);
    return new Response(JSON.stringify(reply), { status, headers });
  };
});
afterEach(async () => {
  await wang.database.delete();
  await office.close();
});

function saysMoreInPages({ cursor, rows }: PullReply): void {
  const places: (object | undefined)[] = [cursor, cursor.backfill, ...rows.map(({ record }) => record)];
  for (const { history } of rows)
    places.push(...history, ...history.map(({ facts }) => facts), ...history.map(({ settled }) => settled));
  for (const place of places) if (place) Object.assign(place, { news });
}

function saysMoreInReceipts({ receipts, ahead }: PushReply): void {
  const places: (object | undefined)[] = Object.values(ahead ?? {});
  for (const receipt of receipts) {
    if (receipt.status !== 'accepted') continue;
    places.push(receipt, ...Object.values(receipt.settled ?? {}), ...receipt.records);
  }
  for (const place of places) if (place) Object.assign(place, { news });
}

/** What the tablet sent to this address, last. */
function lastSent(path: string): string {
  return office.weather.messages.filter((one) => one.path === path).at(-1)!.text!;
}

async function someReport(): Promise<RecordId> {
  const rows = wang.database.records.filter(({ kind, history }) => kind === 'issue' && !!history.length);
  return (await rows.first())!.id;
}

const shown = async (id: RecordId) => (await wang.database.records.get(id))!;

test('in a record and its history: below unsent work and above, and after the next page', async () => {
  expect(await wang.sync()).toBe('done');
  await wang.database.settings.delete(`cursor-${community}`);
  expect(await wang.sync()).toBe('done');
  const id = await someReport();
  const isWhole = async () => {
    const { record, history } = await shown(id);
    expect(record).toMatchObject({ news });
    expect(history.length).toBeGreaterThan(0);
    for (const entry of history) expect(entry).toMatchObject({ news, facts: { news } });
    for (const { settled } of history) if (settled) expect(settled).toMatchObject({ news });
  };
  await isWhole();
  await wang.act('comment-added', { recordId: id, text: '一句话' });
  await isWhole();
  expect(await wang.sync()).toBe('done');
  await isWhole();
});

test('in a cursor: it goes back as it came, also where a changed scope is being read', async () => {
  await wang.sync();
  expect(await loadCursor(wang.database, community)).toMatchObject({ news });
  await wang.sync();
  expect((JSON.parse(lastSent('/api/sync/pull')) as PullRequest).cursor).toMatchObject({ news });
  const cursor = (await loadCursor(wang.database, community))!;
  // What the office leaves in a cursor between two pages of a changed scope; this one needs one page only.
  const backfill = { after: '', through: cursor.sequence, before: [], news };
  expect(Cursor.parse({ ...cursor, backfill })).toEqual({ ...cursor, backfill });
});

test('in a receipt: it is kept with it, and told again to an office that was put back', async () => {
  await wang.save({ text: '新的一条' }, gridOne);
  await wang.sync();
  const last: ReceiptRun = (await wang.database.receipts.orderBy('from').last())!;
  expect(last.more).toEqual({ news });
  const settled = Object.values(last.settled ?? {}) as News[];
  expect(settled.length).toBeGreaterThan(0);
  for (const one of settled) expect(one.news).toEqual(news);
  await beginNewLife(office.store, new Date().toISOString());
  await wang.sync();
  const lines = lastSent('/api/sync/hand-back').split('\n').slice(1);
  const told = lines.map((line) => JSON.parse(line) as News & { settled?: News; sequence: number });
  const again = told.filter(({ sequence }) => sequence >= last.sequence);
  expect(again.length).toBeGreaterThan(0);
  for (const line of again) expect(line.news).toEqual(news);
  expect(again.some((line) => line.settled?.news)).toBe(true);
});
