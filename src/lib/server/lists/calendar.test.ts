import { expect, test } from 'vitest';
import { formatCalendar, parseCalendar } from './calendar';

const words = { worked: '上班', off: '休息' };
const workedByWord = new Map([
  ['上班', 'worked' as const],
  ['休息', 'off' as const]
]);
const parse = (text: string) => parseCalendar(text, { workedByWord });
const days = [
  { day: '2027-02-05', isWorked: false },
  { day: '2027-02-14', isWorked: true }
];

test('days come back from their own text as the same', () => {
  expect(parse(formatCalendar(days, words))).toEqual({ items: days, troubles: [] });
});

test('dates are read as people write them, and sorted', () => {
  for (const date of ['2027/2/5', '2027.2.5', '2027年2月5日', '2027-02-05'])
    expect(parse(`日期\t安排\n2027-02-14 上班\n${date},休息`)).toEqual({ items: days, troubles: [] });
});

test.each([
  ['2月5日 休息', { line: 1, what: 'date', value: '2月5日' }],
  ['2027-02-30 休息', { line: 1, what: 'date', value: '2027-02-30' }],
  ['2027-02-05', { line: 1, what: 'worked', value: '' }],
  ['2027-02-05 放假', { line: 1, what: 'worked', value: '放假' }],
  ['2027-02-05 休息\n2027/2/5 上班', { line: 2, what: 'twice', value: '2027/2/5' }]
])('%j is told by its line', (text, trouble) => {
  expect(parse(text).troubles).toEqual([trouble]);
});
