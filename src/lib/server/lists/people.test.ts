import { expect, test } from 'vitest';
import type { Role } from '../../domain/grant';
import type { UnitId } from '../../domain/ids';
import { parsePeople } from './people';

const community = '510108011007';
const unit = '01a1f151-4ed0-7065-9c87-81bfd9f69d4e' as UnitId;
const border = [[[0, 0]]] as never;
const place = {
  community,
  grids: [
    { code: `${community}001`, name: '机械厂片区', border },
    { code: `${community}012`, name: '松林片区', border },
    { code: `${community}00101`, name: '一号院', border }
  ],
  units: [{ id: unit, name: '锦和物业', kind: 'property' as const }],
  roleByWord: new Map<string, Role>([
    ['网格员', 'gridWorker'],
    ['微网格员', 'microGridWorker'],
    ['社区值班员', 'communityOfficer'],
    ['责任单位经办人', 'unitHandler'],
    ['街道值班员', 'streetOfficer'],
    ['grid worker', 'gridWorker']
  ]),
  names: new Set(['陈兰'])
};
const parse = (text: string) => parsePeople(text, place);

test('a table pasted from a spreadsheet becomes people, its headings do not', () => {
  const { people, troubles } = parse(
    '姓名\t角色\t网格\r\n李平\t网格员\t1\r\n李平\t网格员\t松林片区\r\n王丽\t社区值班员\t\r\n张师傅，责任单位经办人，锦和物业\n周孃孃 微网格员 一号院\n罗兵 街道值班员\nAnn Lee\tGrid worker\t1'
  );
  expect(troubles).toEqual([]);
  expect(people).toEqual([
    {
      name: '李平',
      grants: [
        { role: 'gridWorker', area: `${community}001` },
        { role: 'gridWorker', area: `${community}012` }
      ]
    },
    { name: '王丽', grants: [{ role: 'communityOfficer', area: community }] },
    { name: '张师傅', grants: [{ role: 'unitHandler', area: community, unit }] },
    { name: '周孃孃', grants: [{ role: 'microGridWorker', area: `${community}00101` }] },
    { name: '罗兵', grants: [{ role: 'streetOfficer', area: '510108011' }] },
    { name: 'Ann Lee', grants: [{ role: 'gridWorker', area: `${community}001` }] }
  ]);
});

test('a grid is found by its number, however it is written, by its name and by its code', () => {
  const area = `${community}012`;
  for (const where of ['12', '012', '第12网格', '12号网格', '松林片区', area, '１２'])
    expect(parse(`李平 网格员 ${where}`).people[0]?.grants).toEqual([{ role: 'gridWorker', area }]);
});

test.each([
  ['李平 网格员 99', { line: 1, what: 'grid', value: '99' }],
  ['李平 网格员', { line: 1, what: 'grid', value: '' }],
  ['李平 网格员 一号院', { line: 1, what: 'grid', value: '一号院' }],
  ['\n李平 保安 1', { line: 2, what: 'role', value: '保安' }],
  ['李平', { line: 1, what: 'role', value: '' }],
  ['陈兰 网格员 1', { line: 1, what: 'known', value: '陈兰' }],
  ['张师傅 责任单位经办人 没有的物业', { line: 1, what: 'unit', value: '没有的物业' }],
  [`${'长'.repeat(61)} 网格员 1`, { line: 1, what: 'name', value: '长'.repeat(61) }],
  ['李平 网格员 1\n李平 网格员 001', { line: 2, what: 'twice', value: '李平' }]
])('%j is told by its line', (text, trouble) => {
  expect(parse(text).troubles).toEqual([trouble]);
});
