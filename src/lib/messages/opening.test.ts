import { expect, test } from 'vitest';
import { limitUnits } from '../domain/category';
import { languages } from './language';
import { afterPhotoByWord, limitInWords, limitOf, lineByWord } from './opening';

test.each(languages)('a limit is read as it is written (%s)', (language) => {
  for (const unit of limitUnits)
    for (const count of [0.5, 1, 15])
      expect(limitOf(limitInWords({ count, unit }, language))).toEqual({ count, unit });
});

test('a limit is read however it is spaced, and nothing else is one', () => {
  expect(limitOf('3工作日')).toEqual({ count: 3, unit: 'workDay' });
  expect(limitOf('3 Working Days')).toEqual({ count: 3, unit: 'workDay' });
  for (const text of ['', '三天', '0 天', '-1 天', '3', '3 周', '3 天后', '1000 天'])
    expect(limitOf(text)).toBeUndefined();
});

test('words on a line are understood in both languages', () => {
  expect(['城管', 'city management'].map((word) => lineByWord.get(word))).toEqual([
    'cityManagement',
    'cityManagement'
  ]);
  expect(['需要', 'required'].map((word) => afterPhotoByWord.get(word))).toEqual(['required', 'required']);
});
