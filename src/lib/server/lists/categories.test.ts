import { describe, expect, test } from 'vitest';
import { businessLines, offered, type Category, type Limit } from '../../domain/category';
import { starterCategories } from '../starter/categories';
import { starterNeedTypes } from '../starter/need-types';
import { formatCategories, formatNeedTypes, parseCategories, parseNeedTypes } from './categories';

const units = { 小时: 'hour', 天: 'day', 工作时: 'workHour', 工作日: 'workDay' } as const;
const lineWords = ['党建', '综治', '民政', '城管', '信访', '市场监管', '卫健', '应急'];
const afterPhotos = { no: '不需要', suggested: '建议', required: '需要' };
const words = {
  lines: Object.fromEntries(businessLines.map((line, at) => [line, lineWords[at]])) as Record<
    Category['line'],
    string
  >,
  afterPhotos,
  limit: ({ count, unit }: Limit) => `${count} ${Object.entries(units).find(([, one]) => one === unit)![0]}`
};
const reading = {
  lineByWord: new Map(lineWords.map((word, at) => [word, businessLines[at]!])),
  afterPhotoByWord: new Map([
    ['不需要', 'no' as const],
    ['建议', 'suggested' as const],
    ['需要', 'required' as const]
  ]),
  limitOf: (text: string) => {
    const [, count, word] = /^([\d.]+) ?(小时|天|工作时|工作日)$/.exec(text) ?? [];
    return count ? { count: Number(count), unit: units[word as keyof typeof units] } : undefined;
  }
};
const parse = (text: string) => parseCategories(text, starterCategories, reading);
const parseNeeds = (text: string) => parseNeedTypes(text, starterNeedTypes, reading);

test('what a community starts with comes back from its own text as the same', () => {
  const categories = formatCategories(starterCategories, words);
  expect(parse(categories)).toEqual({ items: starterCategories, troubles: [] });
  const needs = formatNeedTypes(starterNeedTypes, words);
  expect(parseNeeds(needs)).toEqual({ items: starterNeedTypes, troubles: [] });
});

describe('categories', () => {
  test('keep by their code what is not on the line, in the order of the lines', () => {
    const { items } = parse(
      '代码\t名称\nc13\t窨井盖\t公共设施\t2小时\t应急\nC12\t其他\t杂项\t0.5 工作日\t信访\t需要\tOther'
    );
    expect(offered(items)).toEqual([
      {
        ...starterCategories.find(({ code }) => code === 'C13'),
        words: { zh: '窨井盖', en: '窨井盖' },
        line: 'emergency',
        limit: { count: 2, unit: 'hour' },
        afterPhoto: 'suggested'
      },
      {
        ...starterCategories.find(({ code }) => code === 'C12'),
        group: { zh: '杂项', en: '杂项' },
        limit: { count: 0.5, unit: 'workDay' },
        afterPhoto: 'required'
      }
    ]);
  });

  test('without a line are retired, and come back with their code as they were', () => {
    const { items } = parse('C12\t其他\t其他\t3 工作日\t信访\t建议\tOther');
    expect(offered(items).map(({ code }) => code)).toEqual(['C12']);
    expect(items).toHaveLength(starterCategories.length);
    expect(formatCategories(items, words)).not.toContain('C13');
    const line = formatCategories(starterCategories, words)
      .split('\n')
      .find((line) => line.startsWith('C13'));
    const again = parseCategories(`${line}\n${formatCategories(items, words)}`, items, reading);
    expect(again.items[0]).toEqual(starterCategories.find(({ code }) => code === 'C13'));
  });

  test('that every community needs are not retired: they are missed on the list', () => {
    expect(parse('C13\t窨井盖\t公共设施\t2 小时\t应急').items.map(({ code }) => code)).not.toContain('C12');
    expect(parseNeeds('N01\t代取药\t1 工作日').items.map(({ code }) => code)).not.toContain('N10');
  });

  test('that are new get the codes after the last', () => {
    const { items } = parse(
      '\t积雪\t公共设施\t1 工作日\t城管\n结冰,公共设施,1 工作日,城管\nC40\t旗杆\t公共设施\t7 天\t党建'
    );
    expect(offered(items).map(({ code, words, group }) => [code, words.zh, group.en])).toEqual([
      ['C41', '积雪', 'Public facilities'],
      ['C42', '结冰', 'Public facilities'],
      ['C40', '旗杆', 'Public facilities']
    ]);
    expect(items[0]).toMatchObject({ publicFacility: false, quickReport: false, questions: [] });
  });

  test.each([
    ['C13', { line: 1, what: 'name', value: 'C13' }],
    ['C13\t井盖\t\t1 工作日\t城管', { line: 1, what: 'group', value: '井盖' }],
    ['C13\t井盖\t公共设施\t三天\t城管', { line: 1, what: 'limit', value: '三天' }],
    ['C13\t井盖\t公共设施\t1 天\t城建', { line: 1, what: 'line', value: '城建' }],
    ['C13\t井盖\t公共设施\t1 天\t城管\t要', { line: 1, what: 'afterPhoto', value: '要' }],
    ['C13\t井盖\t设施\t1 天\t城管\nC13\t盖\t设施\t1 天\t城管', { line: 2, what: 'twice', value: 'C13' }],
    ['C999\t旗杆\t设施\t1 天\t城管\n\t盖\t设施\t1 天\t城管', { line: 2, what: 'codes', value: '盖' }]
  ])('%j are told by their line', (text, trouble) => {
    expect(parse(text).troubles).toEqual([trouble]);
  });
});

describe('types of need', () => {
  test('that are new get the next code', () => {
    expect(offered(parseNeeds('N01\t代取药\t2 小时\tFetch medicine\n送餐\t1 工作日').items)).toEqual([
      { code: 'N01', words: { zh: '代取药', en: 'Fetch medicine' }, limit: { count: 2, unit: 'hour' } },
      { code: 'N11', words: { zh: '送餐', en: '送餐' }, limit: { count: 1, unit: 'workDay' } }
    ]);
  });

  test('without a limit are told by their line', () => {
    expect(parseNeeds('N01\t代取药').troubles).toEqual([{ line: 1, what: 'limit', value: '' }]);
  });
});
