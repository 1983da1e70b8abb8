import { describe, expect, test } from 'vitest';
import { demoBuildings, demoCommunityCode, demoGrids } from '../../../../demo/community';
import { undrawn, type Building, type Grid } from '../../domain/grid';
import { initialsOfBuilding } from '../initials';
import { formatBuildings, parseBuildings } from './buildings';

const community = '510108011007';
const square = (west: number): Grid['border'] => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, 30.6],
      [west + 0.01, 30.6],
      [west + 0.01, 30.7],
      [west, 30.7],
      [west, 30.6]
    ]
  ]
});
const grids: Grid[] = [
  { code: `${community}001`, name: '机械厂片区', border: square(104.1) },
  { code: `${community}00101`, name: '一号院', border: square(104.1) },
  { code: `${community}002`, name: '向阳片区', border: undrawn }
];
const known: Building[] = [
  {
    code: `${community}00101001`,
    courtyard: '机械厂老院',
    name: '1栋',
    stairwells: ['1', '2', '3'],
    floors: 6,
    aliases: ['老厂院', '东院'],
    initials: ['jxcly', 'jxcly1d', 'lcy', 'lcy1d', 'dy', 'dy1d', '1d'],
    position: { longitude: 104.105, latitude: 30.65 },
    outline: square(104.105),
    hasLift: false,
    note: '地下室没有信号'
  },
  {
    code: `${community}00200001`,
    courtyard: '向阳菜市场',
    name: '',
    aliases: [],
    initials: ['xycsc'],
    gridCode: `${community}002`
  }
];
const parse = (text: string, buildings: readonly Building[] = known) =>
  parseBuildings(text, { community, grids, buildings });

describe('buildings', () => {
  test('come back from their own text as the same, with what is not on a line', () => {
    expect(formatBuildings(known)).toBe(
      '机械厂老院\t1栋\t3\t6\t老厂院、东院\t\t104.105,30.65\n向阳菜市场\t\t\t\t\t2'
    );
    expect(parse(formatBuildings(known))).toEqual({ items: known, troubles: [] });
  });

  test('of the demo come back as the same', () => {
    const buildings = demoBuildings.map((one) => ({ ...one, initials: initialsOfBuilding(one) }));
    const place = { community: demoCommunityCode, grids: demoGrids, buildings };
    expect(parseBuildings(formatBuildings(buildings), place)).toEqual({ items: buildings, troubles: [] });
  });

  test('that are new get codes in their grid, and initials', () => {
    const { items, troubles } = parse(
      '院落\t楼栋\n机械厂老院,2栋,东,6\n机械厂老院\t3栋\t东、西单元\t18层\t\t\t104.105\t30.65\t1987-05-01\n二号院\t1栋\t2单元\t\t\t第2网格\n二号院\t2栋\t\t\t\t1-01',
      []
    );
    expect(troubles).toEqual([{ line: 2, what: 'stairwells', value: '东' }]);
    expect(items).toMatchObject([
      {
        code: `${community}00101001`,
        stairwells: ['东', '西'],
        floors: 18,
        initials: expect.arrayContaining(['jxcly3d']) as string[]
      },
      { code: `${community}00200001`, stairwells: ['1', '2'], gridCode: `${community}002` },
      { code: `${community}00101002`, gridCode: `${community}00101` }
    ]);
  });

  test('keep their code in another grid, and under another name where the former one is an alias', () => {
    expect(parse('机械厂老院 1栋 3 6 老厂院 2').items).toMatchObject([
      { code: known[0]!.code, gridCode: `${community}002`, note: '地下室没有信号' }
    ]);
    expect(parse('锦和苑\t1栋\t3\t6\t机械厂老院\t1').items).toMatchObject([{ code: known[0]!.code }]);
    expect(parse('锦和苑\tA座\t3\t6\t机械厂老院 1栋\t1').items).toMatchObject([{ code: known[0]!.code }]);
    // Both are there: an alias alone makes no second one of it.
    const both = parse('锦和苑\t1栋\t\t\t机械厂老院\t1\n机械厂老院\t1栋\t\t\t\t1').items;
    expect(both.map(({ code }) => code)).toEqual([`${community}00100001`, known[0]!.code]);
  });

  test.each([
    ['\t1栋\t\t\t\t1', { line: 1, what: 'courtyard', value: '1栋' }],
    ['甲院\t1栋\t\t六\t\t1', { line: 1, what: 'floors', value: '六' }],
    ['甲院\t1栋\t\t\t\t9', { line: 1, what: 'grid', value: '9' }],
    ['甲院\t1栋\t\t\t\t1\t30.65,104.105', { line: 1, what: 'position', value: '30.65,104.105' }],
    ['甲院\t1栋\t\t\t\t\t104.2,30.65', { line: 1, what: 'where', value: '甲院 1栋' }],
    ['甲院\t1栋', { line: 1, what: 'where', value: '甲院 1栋' }],
    ['甲院\t1栋\t\t\t\t1\n甲院\t1 栋\t\t\t\t1', { line: 2, what: 'twice', value: '甲院 1 栋' }]
  ])('%j are told by their line', (text, trouble) => {
    expect(parse(text).troubles).toEqual([trouble]);
  });

  test('more than there are numbers in a grid are told', () => {
    const last = { ...known[0]!, code: `${community}00200999` };
    expect(parse('甲院\t1栋\t\t\t\t2', [last]).troubles).toEqual([{ line: 1, what: 'full', value: '2' }]);
  });
});
