// The real code tree: every area of Taiyuan and Chenghua loads, and every child's prefix is its parent.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AreaCode, parentOf, type Area } from '../../src/lib/domain/area';
import { saveAreas } from '../../src/lib/server/records/reference';
import { closeStore, openStore } from '../../src/lib/server/store';

const codes = resolve(process.cwd(), '../shared/data/codes');
const has = existsSync(codes);

function rowsOf(file: string): string[][] {
  const [, ...lines] = readFileSync(join(codes, file), 'utf8').trim().split(/\r?\n/);
  return lines.map((line) => line.split(','));
}

/** Villages with the streets, counties and cities they lie in, each once. */
function treeOf(file: string): Map<string, Area> {
  const areasByCode = new Map<string, Area>();
  for (const [code, name, street, streetName, county, countyName] of rowsOf(file)) {
    const chain = [
      [code, name],
      [street, streetName],
      [county, countyName]
    ] as [string, string][];
    for (const [areaCode, areaName] of chain)
      areasByCode.set(areaCode, { code: AreaCode.parse(areaCode), name: areaName });
  }
  return areasByCode;
}

describe.skipIf(!has)(`real area codes${has ? '' : ' (skipped: ../shared/data is absent)'}`, () => {
  for (const [file, count] of [
    ['taiyuan_1401_villages_2023.csv', 1401],
    ['chengdu_chenghua_510108_villages_2023.csv', 83]
  ] as const)
    test(`all ${count} communities of ${file} load, each under its own street and county`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'xunge-areas-'));
      const store = await openStore(folder);
      const tree = treeOf(file);
      await saveAreas(store, [...tree.values()]);
      const loaded = await store.connection.selectFrom('area').selectAll().execute();
      await closeStore(store);
      rmSync(folder, { recursive: true });
      expect(loaded.filter(({ code }) => code.length === 12)).toHaveLength(count);
      for (const [code, name, street, , county] of rowsOf(file)) {
        expect(parentOf(code!)).toBe(street);
        expect(parentOf(street!)).toBe(county);
        expect(loaded.find((area) => area.code === code)?.name).toBe(name);
      }
    });
});
