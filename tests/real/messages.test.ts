// Real citizen messages, recorded as issues and needs, come back byte for byte on another tablet.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/lib/domain/report';
import { community, gridOne, hire, openOffice } from '../support/office';
import { openTablet } from '../support/tablet';

const texts = resolve(process.cwd(), '../shared/data/text');
const has = existsSync(texts);

/** RFC 4180: quoted fields may hold commas, quotes and line breaks. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (row.length > 1 || row[0]) rows.push(row);
    row = [];
  }
  return rows;
}

function bodiesOf(file: string, column: string, encoding = 'utf-8'): string[] {
  const text = new TextDecoder(encoding).decode(readFileSync(join(texts, file)));
  const [head, ...rows] = parseCsv(text);
  const index = head!.indexOf(column);
  expect(index).toBeGreaterThanOrEqual(0);
  return rows.map((row) => row[index]!);
}

async function thereAndBack(bodies: readonly string[], kind: 'issue' | 'need'): Promise<string[]> {
  const office = await openOffice();
  let nowMs = Date.parse('2026-11-20T01:00:00.000Z');
  const now = () => (nowMs += 1_000);
  const li = await openTablet(
    office.store,
    await hire(office.store, '李平', [{ role: 'gridWorker', area: gridOne }]),
    now
  );
  const wang = await openTablet(
    office.store,
    await hire(office.store, '王丽', [{ role: 'communityOfficer', area: community }]),
    now
  );
  for (const text of bodies)
    expect(await li.save({ kind, text }, gridOne)).toMatchObject({ verdict: 'saved' });
  expect((await li.sync()).outcome).toBe('done');
  expect((await wang.sync()).outcome).toBe('done');
  const rows = await wang.database.records.where('[kind+at]').between([kind, ''], [kind, '\uffff']).toArray();
  await office.close();
  return rows.map((row) => (row.record as Report).text);
}

describe.skipIf(!has)(`real citizen messages${has ? '' : ' (skipped: ../shared/data is absent)'}`, () => {
  test('320 labelled messages as issues', async () => {
    const bodies = bodiesOf('citizen_messages_zh_labelled.csv', 'body');
    expect(bodies).toHaveLength(320);
    expect((await thereAndBack(bodies, 'issue')).sort()).toEqual([...bodies].sort());
  });

  test('300 answered messages as needs', async () => {
    const bodies = bodiesOf('citizen_messages_zh_with_reply.csv', 'body');
    expect(bodies).toHaveLength(300);
    expect((await thereAndBack(bodies, 'need')).sort()).toEqual([...bodies].sort());
  });

  test('30 messages with line breaks and tabs, and 60 in GBK', async () => {
    const raw = bodiesOf('citizen_messages_zh_raw_newlines_30.csv', '留言详情');
    expect(raw.some((body) => body.includes('\n') && body.includes('\t'))).toBe(true);
    expect((await thereAndBack(raw, 'issue')).sort()).toEqual([...raw].sort());
    const gbk = bodiesOf('citizen_messages_zh_gbk_60.csv', 'body', 'gb18030');
    expect(gbk).toHaveLength(60);
    expect((await thereAndBack(gbk, 'need')).sort()).toEqual([...gbk].sort());
  });
});
