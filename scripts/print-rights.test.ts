import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import * as changes from '../src/lib/domain/changes';
import * as rights from '../src/lib/domain/rights';
import { printRights } from './print-rights.ts';

test('docs/rights.md is the table of rights as it is', () => {
  const page = readFileSync(path.join(import.meta.dirname, '../docs/rights.md'), 'utf8');
  expect(page, 'print it anew: npx node scripts/print-rights.ts > docs/rights.md').toBe(
    printRights(rights, changes)
  );
});
