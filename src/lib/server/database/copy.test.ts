import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkCopy, copyDatabase } from './copy';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xunge-copy-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a copy is not sound where a single letter differs between a table and its index', () => {
  const file = join(folder, 'copy.sqlite');
  const database = new DatabaseSync(file);
  database.exec(
    "CREATE TABLE line (words text); CREATE INDEX by_words ON line (words); INSERT INTO line VALUES ('issue')"
  );
  database.close();
  expect(checkCopy(file)).toBe(true);
  const bytes = readFileSync(file);
  bytes[bytes.lastIndexOf('issue')] = 'I'.charCodeAt(0);
  writeFileSync(file, bytes);
  expect(checkCopy(file)).toBe(false);
});

test('a copy comes to its end though somebody writes all the time', async () => {
  const file = join(folder, 'store.sqlite');
  const database = new DatabaseSync(file);
  database.exec(
    `PRAGMA journal_mode=wal; CREATE TABLE line (words text);
     WITH RECURSIVE count (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM count WHERE number < 10000)
     INSERT INTO line SELECT hex(randomblob(1000)) FROM count`
  );
  let isCopied = false;
  const copying = copyDatabase(file, join(folder, 'copy.sqlite')).then(() => (isCopied = true));
  let writes = 0;
  for (; !isCopied && writes < 3000; writes++) {
    database.exec("INSERT INTO line VALUES ('one more')");
    await turn();
  }
  expect(isCopied).toBe(true);
  await copying;
  database.close();
  expect(checkCopy(join(folder, 'copy.sqlite'))).toBe(true);
});
