import { expect, test } from 'vitest';
import { maxTextLength } from '$lib/domain/report';
import { actForms, actKeys, failureOf, fieldOf, parseActForm } from './act-form';

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

test('every act has a form and a key of its own', () => {
  expect(Object.keys(actKeys).sort()).toEqual(Object.keys(actForms).sort());
  const keys = Object.values(actKeys);
  expect(new Set([...keys, 'J', 'K']).size).toBe(keys.length + 2);
});

test('what is typed is read, without the blanks around it', () => {
  expect(parseActForm('reject', form({ words: ' 重复 ' }))).toEqual({ value: { words: '重复' } });
  expect(parseActForm('comment', form({ words: '好' }))).toEqual({ value: { words: '好', to: 'report' } });
  expect(parseActForm('accept', form({}))).toEqual({ value: {} });
});

test('what is missing is named, and what was typed comes back', () => {
  expect(parseActForm('dispatch', form({ unit: '', words: '请紧固' }))).toEqual({
    failure: { act: 'dispatch', missing: 'unit', words: '请紧固', unit: '' }
  });
  expect(parseActForm('fail', form({}))).toEqual({ failure: { act: 'fail', missing: 'words' } });
  expect(parseActForm('comment', form({ words: '好', to: 'everybody' }))).toMatchObject({
    failure: { code: 'malformed' }
  });
  const long = '长'.repeat(maxTextLength + 1);
  expect(parseActForm('tell', form({ words: long }))).toEqual({
    failure: { act: 'tell', code: 'text-too-long', details: { maximum: maxTextLength }, words: long }
  });
});

test('a refusal stands at the field it speaks of', () => {
  const act = 'handle' as const;
  expect(fieldOf({ act, missing: 'words' })).toBe('words');
  expect(fieldOf({ act, code: 'text-too-long' })).toBe('words');
  expect(fieldOf({ act, code: 'unknown-unit' })).toBe('unit');
  expect(fieldOf({ act, code: 'after-photo-required' })).toBe('photo');
  expect(fieldOf({ act, code: 'wrong-state' })).toBeUndefined();
});

test('only a refusal is one', () => {
  expect(failureOf(null)).toBeUndefined();
  expect(failureOf({ done: 'accept' })).toBeUndefined();
  expect(failureOf({ act: 'accept', code: 'wrong-state' })).toMatchObject({ code: 'wrong-state' });
});
