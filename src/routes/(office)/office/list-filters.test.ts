import { expect, test } from 'vitest';
import type { Reference } from '$lib/domain/reference';
import { starterCategories } from '$lib/server/starter/categories';
import {
  pageMarkText,
  parseCasesQuery,
  parseInboxQuery,
  parsePageMark,
  sharedFilters,
  withFilter
} from './list-filters';

const address = (search: string) => new URL(`http://office/office/inbox?${search}`);
const id = '01930000-0000-7000-8000-000000000001';

test('what stands in the address is read; what makes no sense there is left out', () => {
  expect(parseInboxQuery(address('grid=510108011007001&line=market&kind=need&state=all&q= 井盖 '))).toEqual({
    grid: '510108011007001',
    line: 'market',
    kind: 'need',
    state: 'all',
    q: '井盖'
  });
  expect(parseInboxQuery(address('grid=%27--&line=war&kind=2&state=&q=&quick=yes&view=globe'))).toEqual({});
  expect(parseCasesQuery(address('state=rework&overdue=1&unit=nobody'))).toEqual({
    state: 'rework',
    overdue: '1'
  });
});

test('a filter is set and taken off without touching the others, and starts at the first page', () => {
  const query = { line: 'market', after: `x~${id}` };
  expect(withFilter('/office/cases', query, { state: 'closed' })).toBe(
    '/office/cases?line=market&state=closed'
  );
  expect(withFilter('/office/cases', query, { line: undefined })).toBe('/office/cases');
  expect(withFilter('/office/cases', {}, { after: '2026~1' })).toBe('/office/cases?after=2026%7E1');
});

test('a page mark comes back as it was; anything else is the first page', () => {
  const mark = { value: '2026-11-20T01:00:00.000Z', id };
  expect(parsePageMark(pageMarkText(mark))).toEqual(mark);
  for (const text of [undefined, '', '~', id, `2026~${id}x`, "'; drop table record"])
    expect(parsePageMark(text)).toBeUndefined();
});

test('a business line, a category and quick reports narrow together', () => {
  const reference = { categories: starterCategories, buildings: [] } as unknown as Reference;
  const codes = (query: Parameters<typeof sharedFilters>[0]) => sharedFilters(query, reference).categories;
  expect(codes({})).toBeUndefined();
  expect(codes({ line: 'market' })).toEqual(
    starterCategories.filter(({ line }) => line === 'market').map(({ code }) => code)
  );
  expect(codes({ quick: '1' })).toHaveLength(4);
  expect(codes({ category: 'C07', line: 'market' })).toEqual([]);
  expect(codes({ category: 'N01' })).toEqual(['N01']);
});

test('a place is searched by its initials as well', () => {
  const code = '51010801100700101001';
  const building = { code, courtyard: '幸福里', name: '1栋', aliases: ['老厂院'], initials: ['xfl', 'lcy'] };
  const reference = { categories: [], buildings: [building] } as unknown as Reference;
  for (const q of ['xfl', '幸福里', 'lcy'])
    expect(sharedFilters({ q }, reference).namedBuildings).toEqual([code]);
  expect(sharedFilters({ q: 'xyy' }, reference).namedBuildings).toEqual([]);
});

test.each([
  'party',
  'security',
  'civilAffairs',
  'cityManagement',
  'petitions',
  'market',
  'health',
  'emergency'
] as const)('the line %s is a filter of the one list', (line) =>
  expect(parseInboxQuery(address(`line=${line}`))).toEqual({ line })
);
