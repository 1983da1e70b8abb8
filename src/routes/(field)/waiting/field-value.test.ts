import { expect, test } from 'vitest';
import type { Reference } from '$lib/domain/reference';
import { fieldValue } from './field-value';

const both = (zh: string) => ({ zh, en: `in English ${zh}` });
const reference = {
  categories: [
    {
      code: 'C01',
      words: both('公共设施损坏'),
      questions: [
        {
          key: 'danger',
          words: both('有危险吗'),
          answer: { kind: 'choice', options: [{ key: 'y', words: both('有') }] }
        },
        { key: 'count', words: both('几处'), answer: { kind: 'number' } }
      ]
    }
  ],
  needTypes: [{ code: 'N01', words: both('代取药') }],
  buildings: [],
  grids: [{ code: '510108011007001', name: '第1网格' }]
} as unknown as Reference;
const say = (field: string, value: unknown) =>
  fieldValue(field, value, {
    reference,
    categoryCode: 'C01',
    language: 'zh',
    now: '2026-11-20T08:00:00.000Z'
  });

test.each([
  ['text', '漏水', '漏水'],
  ['text', '', '（空）'],
  ['wishedAt', null, '（空）'],
  ['wishedAt', '2026-11-20T08:05:00.000Z', '11月20日 16:05'],
  ['categoryCode', 'C01', '公共设施损坏'],
  ['needTypeCode', 'N01', '代取药'],
  ['communityOnly', true, '是'],
  ['solvedOnSpot', false, '否'],
  ['answers', { danger: 'y', count: 3 }, '有危险吗：有\n几处：3'],
  ['answers', {}, '（空）'],
  ['place', { source: 'none' }, '没有位置'],
  [
    'place',
    {
      source: 'gps',
      gridCode: '51010801100700102',
      position: { latitude: 30.654321, longitude: 104.1 },
      accuracyMetres: 11.6
    },
    '第1网格 · 定位 · 30.65432, 104.10000 · 精度约 12 米'
  ]
])('%s %j is said as %s', (field, value, said) => {
  expect(say(field, value)).toBe(said);
});
