import { expect, test } from 'vitest';
import type { Building } from '../domain/grid';
import { initialsOf, initialsOfBuilding } from './initials';

const oldFactory: Building = {
  code: '51010801100700101001',
  courtyard: '机械厂老院',
  name: '1栋',
  aliases: ['老厂院'],
  initials: [],
  position: { longitude: 104.12, latitude: 30.65 }
};

test('the courtyard 机械厂老院 is found by its own initials and by those of its alias', () => {
  expect(initialsOfBuilding(oldFactory)).toEqual(
    expect.arrayContaining(['jxcly', 'lcy', 'jxcly1d', 'lcy1d'])
  );
});

test('every reading stands once', () => {
  const initials = initialsOfBuilding({ ...oldFactory, name: '', aliases: ['机械厂老院'] });
  expect(initials).toEqual(['jxcly']);
});

test.each([
  ['石灰巷', ['shx', 'shh']],
  ['长天路', ['ctl', 'ztl']],
  ['重庆路', ['cql', 'zql']],
  ['沿河绿道', ['yhld']],
  ['青松苑 3栋', ['qsy3d']],
  ['Ａ座（东）', ['azd']],
  ['12号', ['12h']]
])('%s is read as %j, as spoken first', (name, initials) => {
  expect(initialsOf(name)).toEqual(initials);
});

test('what holds no letter, digit or character has no initials', () => {
  expect(initialsOf('')).toEqual([]);
  expect(initialsOf(' ——（）')).toEqual([]);
});

test('a name full of doubtful characters does not multiply', () => {
  expect(initialsOf('长行重乐朝单')).toHaveLength(1);
});
