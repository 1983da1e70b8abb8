import { describe, expect, test } from 'vitest';
import { undrawn, type Grid } from '../../domain/grid';
import type { UnitId } from '../../domain/ids';
import type { Phone, Unit } from '../../domain/reference';
import { parseAreas } from './areas';
import { formatGrids, parseGrids } from './grids';
import { formatPhones, parsePhones } from './phones';
import { formatUnits, parseUnits } from './units';

const community = '510108011007';

describe('areas', () => {
  test('come out of the official table, whatever its columns, and out of typed lines', () => {
    const table =
      'code12,name,streetCode9,streetName,areaCode6,areaName\r\n510108011007,长天路社区居委会,510108011,万年场街道,510108,成华区';
    const all = [
      { code: '510108011007', name: '长天路社区居委会' },
      { code: '510108011', name: '万年场街道' },
      { code: '510108', name: '成华区' }
    ];
    expect(parseAreas(table)).toEqual(all);
    expect(parseAreas('510108011007 长天路社区居委会\n510108011\t万年场街道\n"510108","成华区"')).toEqual(
      all
    );
  });

  test('are not what has no name, or a code of another length', () => {
    expect(parseAreas('510108011007\n5101080110 某地\n510108011007001 一个网格\n510108011,510108')).toEqual(
      []
    );
  });
});

describe('grids', () => {
  const border: Grid['border'] = { type: 'Polygon', coordinates: [[[0, 0]]] };
  const grids = [
    { code: `${community}001`, name: '机械厂片区', border },
    { code: `${community}00101`, name: '一号院', border: undrawn }
  ];
  const parse = (text: string) => parseGrids(text, { community, grids });

  test('come back from their own text with their borders', () => {
    expect(parse(formatGrids(grids))).toEqual({ items: grids, troubles: [] });
  });

  test('are renamed by their number, and new ones have no border yet', () => {
    expect(parse('12号 新的\n1 老厂').troubles).toEqual([{ line: 1, what: 'number', value: '12号' }]);
    expect(parse('12 新的\n1 老厂').items).toEqual([
      { code: `${community}001`, name: '老厂', border },
      { code: `${community}012`, name: '新的', border: undrawn }
    ]);
  });

  test.each([
    ['1 一\n001 二', { line: 2, what: 'twice', value: '001' }],
    ['0 零', { line: 1, what: 'number', value: '0' }],
    ['140109011005001 别处', { line: 1, what: 'number', value: '140109011005001' }],
    ['1', { line: 1, what: 'name', value: '1' }],
    ['2-01 院子', { line: 1, what: 'parent', value: '院子' }]
  ])('%j is told by its line', (text, trouble) => {
    expect(parse(text).troubles).toEqual([trouble]);
  });
});

describe('units', () => {
  const id = '01a1f151-4ed0-7065-9c87-81bfd9f69d4e' as UnitId;
  const units: Unit[] = [{ id, name: '锦和物业', kind: 'property' }];
  const kinds = { property: '物业', department: '部门', police: '公安', other: '其他' };
  const kindByWord = new Map(
    Object.entries(kinds).map(([kind, word]) => [word, kind as Unit['kind']] as const)
  );
  const parse = (text: string) => parseUnits(text, { units, kindByWord });

  test('come back from their own text as the same', () => {
    expect(parse(formatUnits(units, kinds))).toEqual({ items: units, troubles: [] });
  });

  test('keep who they are under a new name', () => {
    expect(parse('金和物业 物业 锦和物业').items).toEqual([{ id, name: '金和物业', kind: 'property' }]);
    expect(parse('新物业\t物业').items.map((unit) => [unit.name, unit.id === id])).toEqual([
      ['新物业', false]
    ]);
  });

  test.each([
    ['环卫所 局', { line: 1, what: 'kind', value: '局' }],
    ['环卫所\n环卫所', { line: 2, what: 'twice', value: '环卫所' }],
    ['新 物业 没有的', { line: 1, what: 'before', value: '没有的' }]
  ])('%j is told by its line', (text, trouble) => {
    expect(parse(text).troubles).toEqual([trouble]);
  });

  test('of two lines that name one before, the second is told', () => {
    expect(parse('甲 物业 锦和物业\n乙 物业 锦和物业').troubles).toEqual([
      { line: 2, what: 'twice', value: '锦和物业' }
    ]);
  });
});

describe('phones', () => {
  const phones: Phone[] = [
    { zh: '报警', en: 'Police', number: '110', urgent: true },
    { zh: '社区值班室', en: '社区值班室', number: '028-8430-0000', urgent: false },
    { zh: '物业', en: 'Property desk', number: '028 8430 0001', urgent: false }
  ];
  const parse = (text: string) => parsePhones(text, { urgentWords: new Set(['紧急', 'urgent']) });

  test('come back from their own text as the same', () => {
    expect(parse(formatPhones(phones, '紧急'))).toEqual({ items: phones, troubles: [] });
  });

  test('without a number are told by their line', () => {
    expect(parse('报警 110 紧急\n社区值班室').troubles).toEqual([
      { line: 2, what: 'number', value: '社区值班室' }
    ]);
    expect(parse('社区值班室 找小王').troubles).toEqual([{ line: 1, what: 'number', value: '找小王' }]);
  });
});
