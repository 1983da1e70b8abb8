import { expect, test } from 'vitest';
import { absoluteMoment, dayInWords, relativeMoment, spanInWords, stampMoment } from './moment';

const now = '2026-11-20T08:30:00.000Z';

test('on the desk a time is a date and a clock time in Shanghai', () => {
  expect(absoluteMoment('2026-11-20T08:05:00.000Z', now, 'zh')).toBe('11月20日 16:05');
  expect(absoluteMoment('2026-11-20T08:05:00.000Z', now, 'en')).toBe('Nov 20, 16:05');
  expect(absoluteMoment('2026-11-19T16:05:00.000Z', now, 'zh')).toBe('11月20日 00:05');
});

test('a time of another year says which', () => {
  expect(absoluteMoment('2025-12-31T15:59:00.000Z', now, 'zh')).toBe('2025年12月31日 23:59');
  expect(absoluteMoment('2025-12-31T15:59:00.000Z', now, 'en')).toBe('Dec 31, 2025, 23:59');
  expect(absoluteMoment('2025-12-31T16:00:00.000Z', now, 'zh')).toBe('1月1日 00:00');
});

test('in the field a time is how long ago', () => {
  expect(relativeMoment('2026-11-20T08:29:50.000Z', now, 'zh')).toBe('刚刚');
  expect(relativeMoment('2026-11-20T08:20:00.000Z', now, 'zh')).toBe('10分钟前');
  expect(relativeMoment('2026-11-20T05:20:00.000Z', now, 'en')).toBe('3 hours ago');
  expect(relativeMoment('2026-11-19T05:20:00.000Z', now, 'zh')).toBe('昨天');
  expect(relativeMoment('2026-11-18T10:00:00.000Z', now, 'zh')).toBe('2天前');
  expect(relativeMoment('2026-11-18T10:00:00.000Z', now, 'en')).toBe('2 days ago');
  expect(relativeMoment('2026-11-20T07:30:00.000Z', now, 'en')).toBe('1 hour ago');
  expect(relativeMoment('2026-11-20T09:00:00.000Z', now, 'zh')).toBe('11月20日 17:00');
  expect(relativeMoment('2026-11-01T05:20:00.000Z', now, 'zh')).toBe('11月1日 13:20');
});

test('a span is its two largest units', () => {
  expect(spanInWords(51 * 3_600_000, 'zh')).toBe('2 天 3 小时');
  expect(spanInWords(-90 * 60_000, 'en')).toBe('1 h 30 min');
  expect(spanInWords(10, 'zh')).toBe('1 分钟');
});

test('a day and a stamp', () => {
  expect(dayInWords('2026-11-22', 'zh')).toBe('11月22日');
  expect(stampMoment('2026-11-20T16:05:00.000Z')).toBe('2026-11-21 00:05');
});
