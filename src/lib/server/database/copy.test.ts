import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkCopy } from './copy';

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
