import { expect, test } from 'vitest';
import { withoutAnyNumbers, withoutNumbers } from './hidden-numbers';

test.each([
  '13987650421',
  '139 8765 0421',
  '139-8765-0421',
  '139－8765－0421',
  '１３９８７６５０４２１',
  '+86 13987650421',
  '86-13987650421',
  '028-84512345',
  '（028）84512345',
  '(028) 8451 2345',
  '02884512345',
  '0830-1234567',
  '510108198001011234',
  '51010819800101123X'
])('%s is not told', (number) => {
  for (const words of [`漏水，电话${number}。`, `${number}`, `call ${number} now`])
    expect(withoutNumbers(words).replaceAll(/\+?86[ -]?/g, '')).toBe(words.replace(number, '***'));
});

test.each([
  '2026-11-27T16:59:01.331Z',
  '长天路-2026-0123',
  '李平-1120-03',
  '510108011007',
  '510108011007001',
  '51010801100700101',
  '51010801100700101003',
  '104.13987650421',
  'a'.repeat(20) + '13987650421' + 'b'.repeat(33),
  '01a21df2-1b37-7354-a95c-013987650421',
  '电表 20231127',
  '3 栋 1 单元 1401',
  '12345'
])('%s stays as it is', (words) => expect(withoutNumbers(words)).toBe(words));

test('every word of a value is gone through, and nothing else is touched', () => {
  const value = { id: 13987650421, words: ['电话 13987650421', { place: '门口' }], none: null };
  expect(withoutAnyNumbers(value)).toEqual({ ...value, words: ['电话 ***', { place: '门口' }] });
});
